namespace Facula.Kernels;

/// <summary>The Bessel function of the second kind of order 0.</summary>
public readonly struct BesselY0Kernel : IFloatUnary
{
    public static string Name => "special_bessel_y0";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselY0(double.CreateTruncating(x)));
}
