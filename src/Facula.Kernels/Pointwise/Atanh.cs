using System.Numerics;

namespace Facula.Kernels;

/// <summary>The inverse hyperbolic tangent of each element.</summary>
public readonly struct AtanhKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "atanh";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atanh(x);
    public static Complex Invoke(Complex x) => ComplexMath.Atanh(x);
}
