namespace Facula.Kernels;

/// <summary>Input·ln(1 + other), 0 where input is zero.</summary>
public readonly struct Xlog1pyKernel : IFloatBinary
{
    public static string Name => "xlog1py";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        T.CreateTruncating(SpecialFunctions.XLog1PY(double.CreateTruncating(x), double.CreateTruncating(y)));
}
