namespace Facula.Kernels;

/// <summary>The Legendre polynomial of degree y at x.</summary>
public readonly struct LegendrePolynomialPKernel : IFloatBinary
{
    public static string Name => "special_legendre_polynomial_p";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.LegendreP(x, T.ConvertToIntegerNative<long>(y));
}
