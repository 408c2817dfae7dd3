using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The reciprocal of the square root of each element.</summary>
public readonly struct RsqrtKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "rsqrt";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / T.Sqrt(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512<float>.One / Vector512.Sqrt(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.ReciprocalSqrt(x);
    public static Complex Invoke(Complex x) => Complex.One / ComplexMath.Sqrt(x);
}
