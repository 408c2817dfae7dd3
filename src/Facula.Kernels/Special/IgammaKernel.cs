namespace Facula.Kernels;

/// <summary>The regularised lower incomplete gamma function.</summary>
public readonly struct IgammaKernel : IFloatBinary
{
    public static string Name => "igamma";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        T.CreateTruncating(SpecialFunctions.Igamma(double.CreateTruncating(x), double.CreateTruncating(y)));
}
