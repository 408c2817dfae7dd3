using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The activations of recurrent cells in lanes of either precision.</summary>
internal static unsafe class RecurrentLanes
{
    /// <summary>The state's part of a gate, its bias, then the input's part: PyTorch's order of addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sum<T>(T* input, T* state, T* bias, long at) where T : unmanaged =>
        bias == null ? Vector512.Load(state + at) + Vector512.Load(input + at) : Vector512.Load(state + at) + Vector512.Load(bias + at) + Vector512.Load(input + at);

    /// <summary>The same for one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T SumOne<T>(T* input, T* state, T* bias, long at) where T : unmanaged, INumberBase<T> =>
        bias == null ? state[at] + input[at] : state[at] + bias[at] + input[at];

    /// <summary>A gradient that stands, and what comes from outside where anything does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Total<T>(T* own, T* outside, long at) where T : unmanaged =>
        outside == null ? Vector512.Load(own + at) : Vector512.Load(own + at) + Vector512.Load(outside + at);

    /// <summary>The same for one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T TotalOne<T>(T* own, T* outside, long at) where T : unmanaged, INumberBase<T> =>
        outside == null ? own[at] : own[at] + outside[at];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sigmoid<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? VectorMath.Sigmoid(x.AsSingle()).As<float, T>() : VectorMath.Sigmoid(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Tanh<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? VectorMath.Tanh(x.AsSingle()).As<float, T>() : VectorMath.Tanh(x.AsDouble()).As<double, T>();
}
