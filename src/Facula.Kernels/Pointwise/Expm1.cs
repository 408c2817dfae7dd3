using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Eˣ − 1 of each element, exact near zero.</summary>
public readonly struct Expm1Kernel : IFloatUnary, IComplexUnary
{
    public static string Name => "expm1";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.ExpM1(double.CreateTruncating(x)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.ExpM1(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.ExpM1(x);
    public static Complex Invoke(Complex x) => Complex.Exp(x) - Complex.One;
}
