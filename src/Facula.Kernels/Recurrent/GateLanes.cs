using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The functions of gates in lanes of either precision.</summary>
internal static class GateLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? VectorMath.Sigmoid(x.AsSingle()).As<float, T>() : VectorMath.Sigmoid(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? VectorMath.Tanh(x.AsSingle()).As<float, T>() : VectorMath.Tanh(x.AsDouble()).As<double, T>();
}
