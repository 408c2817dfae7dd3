namespace Facula.Kernels;

/// <summary>The Hurwitz zeta function.</summary>
public readonly struct ZetaKernel : IFloatBinary
{
    public static string Name => "zeta";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        T.CreateTruncating(SpecialFunctions.Zeta(double.CreateTruncating(x), double.CreateTruncating(y)));
}
