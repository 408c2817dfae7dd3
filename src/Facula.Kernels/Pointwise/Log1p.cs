using System.Numerics;

namespace Facula.Kernels;

/// <summary>Ln(1 + x) of each element, exact near zero.</summary>
public readonly struct Log1pKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "log1p";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Log1P(double.CreateTruncating(x)));
    public static Complex Invoke(Complex x) => ComplexMath.Log(x + Complex.One);
}
