namespace Facula.Kernels;

/// <summary>The modified Bessel function of the second kind of order 1, scaled by eˣ.</summary>
public readonly struct ScaledModifiedBesselK1Kernel : IFloatUnary
{
    public static string Name => "special_scaled_modified_bessel_k1";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselK1e(double.CreateTruncating(x)));
}
