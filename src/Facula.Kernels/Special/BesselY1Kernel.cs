namespace Facula.Kernels;

/// <summary>The Bessel function of the second kind of order 1.</summary>
public readonly struct BesselY1Kernel : IFloatUnary
{
    public static string Name => "special_bessel_y1";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselY1(double.CreateTruncating(x)));
}
