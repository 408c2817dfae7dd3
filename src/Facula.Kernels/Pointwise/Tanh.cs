using System.Numerics;

namespace Facula.Kernels;

/// <summary>The hyperbolic tangent of each element.</summary>
public readonly struct TanhKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "tanh";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Tanh(x);
    public static Complex Invoke(Complex x) => Complex.Tanh(x);
}
