namespace Facula.Kernels;

/// <summary>The modified Bessel function of order 1, scaled by e^(−|x|).</summary>
public readonly struct I1eKernel : IFloatUnary
{
    public static string Name => "special_i1e";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.BesselI1e(double.CreateTruncating(x)));
}
