using System.Numerics;

namespace Facula.Kernels;

/// <summary>The inverse sine of each element.</summary>
public readonly struct AsinKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "asin";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Asin(x);
    public static Complex Invoke(Complex x) => ComplexMath.Asin(x);
}
