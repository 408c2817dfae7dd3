using System.Numerics;

namespace Facula.Kernels;

/// <summary>The tangent of each element.</summary>
public readonly struct TanKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "tan";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Tan(x);
    public static Complex Invoke(Complex x) => Complex.Tan(x);
}
