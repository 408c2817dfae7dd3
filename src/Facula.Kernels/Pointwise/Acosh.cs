using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The inverse hyperbolic cosine of each element.</summary>
public readonly struct AcoshKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "acosh";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acosh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Acosh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Acosh(x);
    public static Complex Invoke(Complex x) => ComplexMath.Acosh(x);
}
