namespace Facula.Kernels;

/// <summary>The Laguerre polynomial of degree y at x.</summary>
public readonly struct LaguerrePolynomialLKernel : IFloatBinary
{
    public static string Name => "special_laguerre_polynomial_l";
    public static T Invoke<T>(T x, T y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => SpecialFunctions.LaguerreL(x, T.ConvertToIntegerNative<long>(y));
}
