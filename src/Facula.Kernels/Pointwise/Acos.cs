using System.Numerics;

namespace Facula.Kernels;

/// <summary>The inverse cosine of each element.</summary>
public readonly struct AcosKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "acos";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acos(x);
    public static Complex Invoke(Complex x) => ComplexMath.Acos(x);
}
