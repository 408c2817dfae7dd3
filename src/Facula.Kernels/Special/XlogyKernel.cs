namespace Facula.Kernels;

/// <summary>Input·ln(other), 0 where input is zero.</summary>
public readonly struct XlogyKernel : IFloatBinary
{
    public static string Name => "xlogy";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        T.CreateTruncating(SpecialFunctions.XLogY(double.CreateTruncating(x), double.CreateTruncating(y)));
}
