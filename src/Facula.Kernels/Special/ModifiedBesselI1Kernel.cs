namespace Facula.Kernels;

/// <summary>The modified Bessel function of the first kind of order 1.</summary>
public readonly struct ModifiedBesselI1Kernel : IFloatUnary
{
    public static string Name => "special_modified_bessel_i1";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselI1(double.CreateTruncating(x)));
}
