using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The reciprocal of each element.</summary>
public readonly struct ReciprocalKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "reciprocal";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => Vector512<float>.One / x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => Vector512<double>.One / x;
    public static Complex Invoke(Complex x) => ComplexMath.Reciprocal(x);
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => VectorMath.ReciprocalParts(ref real, ref imaginary);
}
