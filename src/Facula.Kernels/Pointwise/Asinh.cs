using System.Numerics;

namespace Facula.Kernels;

/// <summary>The inverse hyperbolic sine of each element.</summary>
public readonly struct AsinhKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "asinh";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Asinh(x);
    public static Complex Invoke(Complex x) => ComplexMath.Asinh(x);
}
