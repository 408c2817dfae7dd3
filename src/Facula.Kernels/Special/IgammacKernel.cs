namespace Facula.Kernels;

/// <summary>The regularised upper incomplete gamma function.</summary>
public readonly struct IgammacKernel : IFloatBinary
{
    public static string Name => "igammac";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        T.CreateTruncating(SpecialFunctions.Igammac(double.CreateTruncating(x), double.CreateTruncating(y)));
}
