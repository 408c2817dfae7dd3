namespace Facula.Kernels;

/// <summary>The probabilist's Hermite polynomial of degree y at x.</summary>
public readonly struct HermitePolynomialHeKernel : IFloatBinary
{
    public static string Name => "special_hermite_polynomial_he";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.HermiteHe(x, T.ConvertToIntegerNative<long>(y));
}
