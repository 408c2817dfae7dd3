using System.Numerics;

namespace Facula.Kernels;

/// <summary>The natural logarithm of each element.</summary>
public readonly struct LogKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "log";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log(x);
    public static Complex Invoke(Complex x) => ComplexMath.Log(x);
}
