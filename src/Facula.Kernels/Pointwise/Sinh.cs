using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The hyperbolic sine of each element.</summary>
public readonly struct SinhKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "sinh";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sinh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sinh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Sinh(x);
    public static Complex Invoke(Complex x) => Complex.Sinh(x);
}
