using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Σ |x|.</summary>
public readonly struct Norm1Fold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + T.Abs(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + Vector512.Abs(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>√Σ x².</summary>
public readonly struct Norm2Fold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + x * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => T.Sqrt(accumulator);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + x * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>max |x|; a NaN wins.</summary>
public readonly struct MaxNormFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.Max(accumulator, T.Abs(x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => T.Max(left, right);
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => Vector512.Max(accumulator, Vector512.Abs(x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => Vector512.Max(left, right);
}

/// <summary>min |x|; a NaN wins.</summary>
public readonly struct MinNormFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public T Start => T.PositiveInfinity;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.Min(accumulator, T.Abs(x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => T.Min(left, right);
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => Vector512.Min(accumulator, Vector512.Abs(x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => Vector512.Min(left, right);
}

/// <summary>The number of elements that are not zero, as a float.</summary>
public readonly struct Norm0Fold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => x == T.Zero ? accumulator : accumulator + T.One;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
}

/// <summary>(Σ |x|ᵖ)^(1/p).</summary>
public readonly struct NormPFold<T>(T p) : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _p = p;

    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + T.Pow(T.Abs(x), _p);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => T.Pow(accumulator, T.One / _p);
}

/// <summary>The largest element and Σ exp(x − largest): what a stable log Σ exp x needs.</summary>
public readonly unsafe struct LogSumExpFold<T> : IFold<T, LogSumExpFold<T>.State, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The accumulator.</summary>
    public struct State
    {
        internal T Largest, Sum;
    }

    /// <summary>Both passes over a block then run in the first cache.</summary>
    public static bool HasBlock => true;

    public State Start => new() { Largest = T.NegativeInfinity, Sum = T.Zero };

    public static State Block(T* source, long count)
    {
        T largest = Softmax.Largest(source, count);
        return T.IsFinite(largest) ? new() { Largest = largest, Sum = Softmax.SumOfExponentials(source, count, largest) } : BlockByStep(source, count);
    }

    private static State BlockByStep(T* source, long count)
    {
        LogSumExpFold<T> fold = default;
        State state = fold.Start;
        for (long i = 0; i < count; i++) state = fold.Step(state, source[i]);
        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public State Step(State accumulator, T x)
    {
        if (x <= accumulator.Largest)
        {
            // Equal infinities are one each: their difference would be NaN.
            accumulator.Sum += x == accumulator.Largest ? T.One : T.Exp(x - accumulator.Largest);
            return accumulator;
        }
        if (x == T.NegativeInfinity) return accumulator;
        return new() { Largest = x, Sum = accumulator.Sum * (accumulator.Sum == T.Zero ? T.Zero : T.Exp(accumulator.Largest - x)) + T.One };
    }

    public State Merge(State left, State right)
    {
        if (right.Sum == T.Zero) return left;
        if (left.Sum == T.Zero) return right;
        if (left.Largest < right.Largest) (left, right) = (right, left);
        T scale = left.Largest == right.Largest ? T.One : T.Exp(right.Largest - left.Largest);
        return new() { Largest = left.Largest, Sum = left.Sum + right.Sum * scale };
    }

    public T End(State accumulator, long count) =>
        accumulator.Sum == T.Zero ? T.NegativeInfinity : accumulator.Largest + T.Log(accumulator.Sum);
}
