namespace Facula.Kernels;

/// <summary>The shifted Chebyshev polynomial of the first kind of degree y at x.</summary>
public readonly struct ShiftedChebyshevPolynomialTKernel : IFloatBinary
{
    public static string Name => "special_shifted_chebyshev_polynomial_t";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ShiftedChebyshevT(x, T.ConvertToIntegerNative<long>(y));
}
