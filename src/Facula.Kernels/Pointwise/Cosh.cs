using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The hyperbolic cosine of each element.</summary>
public readonly struct CoshKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "cosh";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cosh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Cosh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Cosh(x);
    public static Complex Invoke(Complex x) => Complex.Cosh(x);
}
