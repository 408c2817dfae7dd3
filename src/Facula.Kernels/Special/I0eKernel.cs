namespace Facula.Kernels;

/// <summary>The modified Bessel function of order 0, scaled by e^(−|x|).</summary>
public readonly struct I0eKernel : IFloatUnary
{
    public static string Name => "special_i0e";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselI0e(double.CreateTruncating(x)));
}
