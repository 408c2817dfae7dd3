using System.Numerics;

namespace Facula.Kernels;

/// <summary>The hyperbolic sine of each element.</summary>
public readonly struct SinhKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sinh";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sinh(x);
    public static Complex Invoke(Complex x) => Complex.Sinh(x);
}
