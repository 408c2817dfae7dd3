namespace Facula.Kernels;

/// <summary>The logarithm of the normal distribution function.</summary>
public readonly struct LogNdtrKernel : IFloatUnary
{
    public static string Name => "special_log_ndtr";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.LogNdtr(double.CreateTruncating(x)));
}
