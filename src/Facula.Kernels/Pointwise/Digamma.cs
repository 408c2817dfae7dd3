namespace Facula.Kernels;

/// <summary>The logarithmic derivative of the gamma function of each element.</summary>
public readonly struct DigammaKernel : IFloatUnary
{
    public static string Name => "digamma";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Digamma(double.CreateTruncating(x)));
}
