namespace Facula.Kernels;

/// <summary>The shifted Chebyshev polynomial of the third kind of degree y at x.</summary>
public readonly struct ShiftedChebyshevPolynomialVKernel : IFloatBinary
{
    public static string Name => "special_shifted_chebyshev_polynomial_v";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.ShiftedChebyshevV(x, T.ConvertToIntegerNative<long>(y));
}
