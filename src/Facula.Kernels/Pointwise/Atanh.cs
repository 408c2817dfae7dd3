using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The inverse hyperbolic tangent of each element.</summary>
public readonly struct AtanhKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "atanh";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atanh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Atanh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Atanh(x);
    public static Complex Invoke(Complex x) => ComplexMath.Atanh(x);
}
