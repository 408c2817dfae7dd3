namespace Facula.Kernels;

/// <summary>The Chebyshev polynomial of the fourth kind of degree y at x.</summary>
public readonly struct ChebyshevPolynomialWKernel : IFloatBinary
{
    public static string Name => "special_chebyshev_polynomial_w";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ChebyshevW(x, T.ConvertToIntegerNative<long>(y));
}
