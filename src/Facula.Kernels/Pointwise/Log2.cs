using System.Numerics;

namespace Facula.Kernels;

/// <summary>The logarithm to base 2 of each element.</summary>
public readonly struct Log2Kernel : IFloatUnary, IComplexUnary
{
    public static string Name => "log2";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log2(x);
    public static Complex Invoke(Complex x) => ComplexMath.Log2(x);
}
