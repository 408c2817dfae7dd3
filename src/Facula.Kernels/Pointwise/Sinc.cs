using System.Numerics;

namespace Facula.Kernels;

/// <summary>Sin(πx) / (πx) of each element, 1 at zero.</summary>
public readonly struct SincKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sinc";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Sinc(double.CreateTruncating(x)));
    public static Complex Invoke(Complex x) => ComplexMath.Sinc(x);
}
