using System.Numerics;

namespace Facula.Kernels;

/// <summary>eˣ.</summary>
public readonly struct ExpKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "exp";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Exp(x);
    public static Complex Invoke(Complex x) => Complex.Exp(x);
}
