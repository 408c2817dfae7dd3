namespace Facula.Kernels;

/// <summary>The Bessel function of the first kind of order 0.</summary>
public readonly struct BesselJ0Kernel : IFloatUnary
{
    public static string Name => "special_bessel_j0";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselJ0(double.CreateTruncating(x)));
}
