using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The cross entropy of probabilities x with y: −(y · ln x + (1 − y) · ln(1 − x)), logarithms not below −100.</summary>
public readonly struct BinaryCrossEntropy<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_lowest = T.CreateTruncating(-100), s_least = T.CreateTruncating(1e-12);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T x, T y) => (y - T.One) * T.Max(T.Log(T.One - x), s_lowest) - y * T.Max(T.Log(x), s_lowest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T x, T y) => (x - y) / T.Max((T.One - x) * x, s_least);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> x, Vector512<T> y) => (y - Vector512<T>.One) * Log(Vector512<T>.One - x) - y * Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => (x - y) / Vector512.MaxNative(Vector512.Create(s_least), (Vector512<T>.One - x) * x);

    // What is no number stands second, where the hardware's maximum lets it through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Log(Vector512<T> x) => Vector512.MaxNative(Vector512.Create(s_lowest), SoftmaxLanes.Log(x));
}

/// <summary>The same of scores, the probability being sigmoid(x): (1 − y) · x + ln(1 + e^−|x|) + max(−x, 0).</summary>
public readonly struct BinaryCrossEntropyOfScores<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T x, T y) => (T.One - y) * x + (Log1pKernel.Invoke(T.Exp(-T.Abs(x))) + T.Max(-x, T.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T x, T y) => T.One / (T.One + T.Exp(-x)) - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> x, Vector512<T> y) =>
        (Vector512<T>.One - y) * x + (SoftmaxLanes.Log1P(SoftmaxLanes.Exp(-Vector512.Abs(x))) + Vector512.MaxNative(Vector512<T>.Zero, -x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => Vector512<T>.One / (Vector512<T>.One + SoftmaxLanes.Exp(-x)) - y;
}

/// <summary>The divergence of log-probabilities x from probabilities y: y · ln y − y · x, the first being 0 where y is.</summary>
public readonly struct Divergence<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T x, T y) => (y == T.Zero ? T.Zero : y * T.Log(y)) - y * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T x, T y) => -y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> x, Vector512<T> y) =>
        Vector512.ConditionalSelect(Vector512.Equals(y, Vector512<T>.Zero), Vector512<T>.Zero, y * SoftmaxLanes.Log(y)) - y * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => -y;
}

/// <summary>The divergence of log-probabilities x from log-probabilities y: e^y · (y − x).</summary>
public readonly struct LogDivergence<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T x, T y) => T.Exp(y) * (y - x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T x, T y) => -T.Exp(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> x, Vector512<T> y) => SoftmaxLanes.Exp(y) * (y - x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => -SoftmaxLanes.Exp(y);
}
