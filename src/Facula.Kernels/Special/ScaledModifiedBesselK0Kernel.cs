namespace Facula.Kernels;

/// <summary>The modified Bessel function of the second kind of order 0, scaled by eˣ.</summary>
public readonly struct ScaledModifiedBesselK0Kernel : IFloatUnary
{
    public static string Name => "special_scaled_modified_bessel_k0";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselK0e(double.CreateTruncating(x)));
}
