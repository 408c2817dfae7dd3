namespace Facula.Kernels;

/// <summary>The spherical Bessel function of the first kind of order 0.</summary>
public readonly struct SphericalBesselJ0Kernel : IFloatUnary
{
    public static string Name => "special_spherical_bessel_j0";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.SphericalBesselJ0(double.CreateTruncating(x)));
}
