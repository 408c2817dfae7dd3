namespace Facula.Kernels;

/// <summary>The inverse error function of each element.</summary>
public readonly struct ErfinvKernel : IFloatUnary
{
    public static string Name => "erfinv";
    public static T Invoke<T>(T x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfinv(double.CreateTruncating(x)));
}
