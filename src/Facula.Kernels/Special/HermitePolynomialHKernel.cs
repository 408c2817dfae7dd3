namespace Facula.Kernels;

/// <summary>The physicist's Hermite polynomial of degree y at x.</summary>
public readonly struct HermitePolynomialHKernel : IFloatBinary
{
    public static string Name => "special_hermite_polynomial_h";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.HermiteH(x, T.ConvertToIntegerNative<long>(y));
}
