using System.Numerics;

namespace Facula.Kernels;

/// <summary>Eˣ − 1 of each element, exact near zero.</summary>
public readonly struct Expm1Kernel : IFloatUnary, IComplexUnary
{
    public static string Name => "expm1";
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.ExpM1(double.CreateTruncating(x)));
    public static Complex Invoke(Complex x) => Complex.Exp(x) - Complex.One;
}
