using System.Numerics;

namespace Facula.Kernels;

/// <summary>The logarithm to base 10 of each element.</summary>
public readonly struct Log10Kernel : IFloatUnary, IComplexUnary
{
    public static string Name => "log10";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log10(x);
    public static Complex Invoke(Complex x) => ComplexMath.Log10(x);
}
