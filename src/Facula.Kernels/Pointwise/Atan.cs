using System.Numerics;

namespace Facula.Kernels;

/// <summary>The inverse tangent of each element.</summary>
public readonly struct AtanKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "atan";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atan(x);
    public static Complex Invoke(Complex x) => ComplexMath.Atan(x);
}
