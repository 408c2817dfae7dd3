using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Two raised to the power of each element.</summary>
public readonly struct Exp2Kernel : IFloatUnary, IComplexUnary
{
    public static string Name => "exp2";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Exp2(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Exp2(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Exp2(x);
    public static Complex Invoke(Complex x) => Complex.Exp(x * Math.Log(2));
}
