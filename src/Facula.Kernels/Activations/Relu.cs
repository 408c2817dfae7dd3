using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>max(x, 0); NaN stays.</summary>
public readonly struct ReluKernel : IRealUnary
{
    public static string Name => "relu";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x) where T : unmanaged, INumber<T> => T.Max(x, T.Zero);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => Vector512.Max(x, Vector512<T>.Zero);
}

/// <summary>x above the threshold, else the value.</summary>
public readonly struct ThresholdBody(double threshold, double value) : IFloatBody
{
    // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
    private readonly float _threshold = (float)threshold, _value = (float)value;

    public static bool IsVectorized => true;
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x <= T.CreateTruncating(threshold) ? T.CreateTruncating(value) : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512.Create(_threshold)), Vector512.Create(_value), x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512.Create(threshold)), Vector512.Create(value), x);
}

/// <summary>The gradient x where y is above the threshold.</summary>
public readonly struct ThresholdBackwardBody(double threshold) : IFloatBody2
{
    private readonly float _threshold = (float)threshold;

    public static bool IsVectorized => true;
    public T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => y <= T.CreateTruncating(threshold) ? T.Zero : x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => Vector512.AndNot(x, Vector512.LessThanOrEqual(y, Vector512.Create(_threshold)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => Vector512.AndNot(x, Vector512.LessThanOrEqual(y, Vector512.Create(threshold)));
}

/// <summary>Integers above the threshold, else the value.</summary>
public readonly struct ThresholdIntegerMap(long threshold, long value) : IMap<long, long>
{
    public static bool IsVectorized => false;
    public long Invoke(long x) => x <= threshold ? value : x;
    public Vector512<long> Invoke(Vector512<long> x) => throw new InvalidOperationException();
}
