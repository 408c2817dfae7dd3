namespace Facula.Kernels;

/// <summary>The Bessel function of the first kind of order 1.</summary>
public readonly struct BesselJ1Kernel : IFloatUnary
{
    public static string Name => "special_bessel_j1";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselJ1(double.CreateTruncating(x)));
}
