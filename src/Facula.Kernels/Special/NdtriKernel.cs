namespace Facula.Kernels;

/// <summary>The argument at which the normal distribution function has the given value.</summary>
public readonly struct NdtriKernel : IFloatUnary
{
    public static string Name => "special_ndtri";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Ndtri(double.CreateTruncating(x)));
}
