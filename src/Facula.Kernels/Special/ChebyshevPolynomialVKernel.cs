namespace Facula.Kernels;

/// <summary>The Chebyshev polynomial of the third kind of degree y at x.</summary>
public readonly struct ChebyshevPolynomialVKernel : IFloatBinary
{
    public static string Name => "special_chebyshev_polynomial_v";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ChebyshevV(x, T.ConvertToIntegerNative<long>(y));
}
