namespace Facula.Kernels;

/// <summary>The modified Bessel function of the first kind of order 0.</summary>
public readonly struct ModifiedBesselI0Kernel : IFloatUnary
{
    public static string Name => "special_modified_bessel_i0";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselI0(double.CreateTruncating(x)));
}
