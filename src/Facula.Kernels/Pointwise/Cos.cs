using System.Numerics;

namespace Facula.Kernels;

/// <summary>The cosine of each element.</summary>
public readonly struct CosKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "cos";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cos(x);
    public static Complex Invoke(Complex x) => Complex.Cos(x);
}
