namespace Facula.Kernels;

/// <summary>The Chebyshev polynomial of the first kind of degree y at x.</summary>
public readonly struct ChebyshevPolynomialTKernel : IFloatBinary
{
    public static string Name => "special_chebyshev_polynomial_t";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ChebyshevT(x, T.ConvertToIntegerNative<long>(y));
}
