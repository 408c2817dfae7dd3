using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A loss of an input and its target: its value, and its slope along the input.</summary>
public interface IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    T Value(T input, T target);
    T Slope(T input, T target);
    Vector512<T> Value(Vector512<T> input, Vector512<T> target);
    Vector512<T> Slope(Vector512<T> input, Vector512<T> target);
}

/// <summary>|d|.</summary>
public readonly struct AbsoluteError<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Value(T x, T y) => T.Abs(x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Slope(T x, T y) => x > y ? T.One : x < y ? -T.One : T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Value(Vector512<T> x, Vector512<T> y) => Vector512.Abs(x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => PairLoss.Sign(x - y);
}

/// <summary>d², d = input − target here and below.</summary>
public readonly struct SquaredError<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Value(T x, T y) => (x - y) * (x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Slope(T x, T y) => x - y + (x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Value(Vector512<T> x, Vector512<T> y) => (x - y) * (x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => x - y + (x - y);
}

/// <summary>Quadratic up to beta, then linear: d²/(2·beta), |d| − beta/2.</summary>
public readonly struct SmoothAbsoluteError<T>(T beta) : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);
    private readonly T _beta = beta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T x, T y)
    {
        T size = T.Abs(x - y);
        return size < _beta ? s_half * size * size / _beta : size - s_half * _beta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T x, T y)
    {
        T d = x - y;
        return T.Abs(d) < _beta ? d / _beta : d > T.Zero ? T.One : d < T.Zero ? -T.One : d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> x, Vector512<T> y)
    {
        Vector512<T> size = Vector512.Abs(x - y), beta = Vector512.Create(_beta), half = Vector512.Create(s_half);
        return Vector512.ConditionalSelect(Vector512.LessThan(size, beta), half * size * size / beta, size - half * beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> x, Vector512<T> y)
    {
        Vector512<T> d = x - y, beta = Vector512.Create(_beta);
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(d), beta), d / beta, PairLoss.Sign(d));
    }
}

/// <summary>Quadratic up to delta, then linear: d²/2, delta·(|d| − delta/2).</summary>
public readonly struct HuberError<T>(T delta) : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);
    private readonly T _delta = delta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T x, T y)
    {
        T size = T.Abs(x - y);
        return size <= _delta ? s_half * size * size : _delta * (size - s_half * _delta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T x, T y)
    {
        T d = x - y;
        return T.Abs(d) <= _delta ? d : d > T.Zero ? _delta : -_delta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> x, Vector512<T> y)
    {
        Vector512<T> size = Vector512.Abs(x - y), delta = Vector512.Create(_delta), half = Vector512.Create(s_half);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(size, delta), half * size * size, delta * (size - half * delta));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> x, Vector512<T> y)
    {
        Vector512<T> d = x - y, delta = Vector512.Create(_delta);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Abs(d), delta), d, delta * PairLoss.Sign(d));
    }
}
