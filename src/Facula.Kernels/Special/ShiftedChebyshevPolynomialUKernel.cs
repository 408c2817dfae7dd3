namespace Facula.Kernels;

/// <summary>The shifted Chebyshev polynomial of the second kind of degree y at x.</summary>
public readonly struct ShiftedChebyshevPolynomialUKernel : IFloatBinary
{
    public static string Name => "special_shifted_chebyshev_polynomial_u";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ShiftedChebyshevU(x, T.ConvertToIntegerNative<long>(y));
}
