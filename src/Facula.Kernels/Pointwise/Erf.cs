namespace Facula.Kernels;

/// <summary>The error function of each element.</summary>
public readonly struct ErfKernel : IFloatUnary
{
    public static string Name => "erf";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erf(double.CreateTruncating(x)));
}
