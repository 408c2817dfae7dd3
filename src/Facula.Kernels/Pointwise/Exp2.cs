using System.Numerics;

namespace Facula.Kernels;

/// <summary>Two raised to the power of each element.</summary>
public readonly struct Exp2Kernel : IFloatUnary, IComplexUnary
{
    public static string Name => "exp2";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Exp2(x);
    public static Complex Invoke(Complex x) => Complex.Exp(x * Math.Log(2));
}
