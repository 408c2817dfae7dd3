namespace Facula.Kernels;

/// <summary>The Chebyshev polynomial of the second kind of degree y at x.</summary>
public readonly struct ChebyshevPolynomialUKernel : IFloatBinary
{
    public static string Name => "special_chebyshev_polynomial_u";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ChebyshevU(x, T.ConvertToIntegerNative<long>(y));
}
