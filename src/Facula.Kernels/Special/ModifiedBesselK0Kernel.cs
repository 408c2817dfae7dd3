namespace Facula.Kernels;

/// <summary>The modified Bessel function of the second kind of order 0.</summary>
public readonly struct ModifiedBesselK0Kernel : IFloatUnary
{
    public static string Name => "special_modified_bessel_k0";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselK0(double.CreateTruncating(x)));
}
