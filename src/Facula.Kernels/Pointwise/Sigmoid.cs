using System.Numerics;

namespace Facula.Kernels;

/// <summary>The logistic function 1 / (1 + e⁻ˣ) of each element.</summary>
public readonly struct SigmoidKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sigmoid";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));
    public static Complex Invoke(Complex x) => Complex.One / (Complex.One + Complex.Exp(-x));
}
