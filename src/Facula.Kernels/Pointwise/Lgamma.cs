namespace Facula.Kernels;

/// <summary>The logarithm of |Γ(x)| of each element.</summary>
public readonly struct LgammaKernel : IFloatUnary
{
    public static string Name => "lgamma";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.LogGamma(double.CreateTruncating(x)));
}
