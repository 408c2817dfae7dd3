using System.Numerics;

namespace Facula.Kernels;

/// <summary>The inverse hyperbolic cosine of each element.</summary>
public readonly struct AcoshKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "acosh";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acosh(x);
    public static Complex Invoke(Complex x) => ComplexMath.Acosh(x);
}
