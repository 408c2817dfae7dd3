using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The natural logarithm of each element.</summary>
public readonly struct LogKernel : IFloatUnary, IComplexUnary
{
    public static string Name => "log";
    public static bool IsVectorized => true;
    public static T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Log(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Log(x);
    public static Complex Invoke(Complex x) => ComplexMath.Log(x);
    public static bool HasParts => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Parts(ref Vector512<float> real, ref Vector512<float> imaginary) => VectorMath.LogParts(ref real, ref imaginary);
}
