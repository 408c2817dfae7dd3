namespace Facula.Kernels;

/// <summary>The shifted Chebyshev polynomial of the fourth kind of degree y at x.</summary>
public readonly struct ShiftedChebyshevPolynomialWKernel : IFloatBinary
{
    public static string Name => "special_shifted_chebyshev_polynomial_w";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ShiftedChebyshevW(x, T.ConvertToIntegerNative<long>(y));
}
