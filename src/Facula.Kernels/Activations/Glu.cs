using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>x · sigmoid(y).</summary>
public readonly struct GluKernel : IFloatBinary
{
    public static string Name => "glu_cpu";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x * VectorMath.Sigmoid(y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x * VectorMath.Sigmoid(y);
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x / (T.One + T.Exp(-y));
}
