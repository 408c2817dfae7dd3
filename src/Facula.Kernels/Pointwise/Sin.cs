using System.Numerics;

namespace Facula.Kernels;

/// <summary>The sine of each element.</summary>
public readonly struct SinKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sin";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sin(x);
    public static Complex Invoke(Complex x) => Complex.Sin(x);
}
