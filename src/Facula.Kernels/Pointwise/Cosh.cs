using System.Numerics;

namespace Facula.Kernels;

/// <summary>The hyperbolic cosine of each element.</summary>
public readonly struct CoshKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "cosh";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cosh(x);
    public static Complex Invoke(Complex x) => Complex.Cosh(x);
}
