using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A loss of the difference d = input − target: its value and its slope.</summary>
public interface IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    T Value(T difference);
    T Slope(T difference);
    Vector512<T> Value(Vector512<T> difference);
    Vector512<T> Slope(Vector512<T> difference);
}

/// <summary>d².</summary>
public readonly struct SquaredError<T> : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Value(T d) => d * d;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Slope(T d) => d + d;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Value(Vector512<T> d) => d * d;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Slope(Vector512<T> d) => d + d;
}

/// <summary>Quadratic up to beta, then linear: d²/(2·beta), |d| − beta/2.</summary>
public readonly struct SmoothAbsoluteError<T>(T beta) : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);
    private readonly T _beta = beta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T d)
    {
        T size = T.Abs(d);
        return size < _beta ? s_half * size * size / _beta : size - s_half * _beta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T d) => T.Abs(d) < _beta ? d / _beta : d > T.Zero ? T.One : d < T.Zero ? -T.One : d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> d)
    {
        Vector512<T> size = Vector512.Abs(d), beta = Vector512.Create(_beta), half = Vector512.Create(s_half);
        return Vector512.ConditionalSelect(Vector512.LessThan(size, beta), half * size * size / beta, size - half * beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> d)
    {
        Vector512<T> beta = Vector512.Create(_beta);
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(d), beta), d / beta, PairLoss.Sign(d));
    }
}

/// <summary>Quadratic up to delta, then linear: d²/2, delta·(|d| − delta/2).</summary>
public readonly struct HuberError<T>(T delta) : IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);
    private readonly T _delta = delta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T d)
    {
        T size = T.Abs(d);
        return size <= _delta ? s_half * size * size : _delta * (size - s_half * _delta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope(T d) => T.Abs(d) <= _delta ? d : d > T.Zero ? _delta : -_delta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Value(Vector512<T> d)
    {
        Vector512<T> size = Vector512.Abs(d), delta = Vector512.Create(_delta), half = Vector512.Create(s_half);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(size, delta), half * size * size, delta * (size - half * delta));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Slope(Vector512<T> d)
    {
        Vector512<T> delta = Vector512.Create(_delta);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Abs(d), delta), d, delta * PairLoss.Sign(d));
    }
}

/// <summary>A loss as a zip of input and target.</summary>
public readonly struct PairValue<TLoss, T>(TLoss loss) : IZip<T, T> where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLoss _loss = loss;
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => _loss.Value(x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => _loss.Value(x - y);
}

/// <summary>A scaled slope as a zip of input and target.</summary>
public readonly struct PairSlope<TLoss, T>(TLoss loss, T scale) : IZip<T, T> where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLoss _loss = loss;
    private readonly T _scale = scale;
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Invoke(T x, T y) => _scale * _loss.Slope(x - y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Create(_scale) * _loss.Slope(x - y);
}

/// <summary>The sum of a loss over dense pairs, without the values in between.</summary>
public static unsafe class PairLoss
{
    private const long Block = 4096;
    private const long Part = 1 << 15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sign<T>(Vector512<T> d) where T : unmanaged, IFloatingPointIeee754<T> =>
        (Vector512.GreaterThan(d, Vector512<T>.Zero) & Vector512.Create(T.One)) - (Vector512.LessThan(d, Vector512<T>.Zero) & Vector512.Create(T.One));

    /// <summary>Σ loss(input − target).</summary>
    public static double Sum<TLoss, T>(TLoss loss, T* input, T* target, long count) where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (count == 0) return 0;
        if (count <= Block) return double.CreateTruncating(SumShort(loss, input, target, count));
        long parts = (count + Part - 1) / Part;
        using Scratch room = Scratch.Rent<double>(parts);
        var body = new Body<TLoss, T> { Loss = loss, X = input, Y = target, Count = count, Partials = (double*)room.Pointer };
        WorkerPool.Run((int)parts, ref body);
        double total = 0;
        for (long i = 0; i < parts; i++) total += body.Partials[i];
        return total;
    }

    // The few values are kept, to be summed as PyTorch sums them: Note [Cascade sum].
    private static T SumShort<TLoss, T>(TLoss loss, T* x, T* y, long count) where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* values = stackalloc T[(int)count];
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) loss.Value(Vector512.Load(x + i) - Vector512.Load(y + i)).Store(values + i);
        for (; i < count; i++) values[i] = loss.Value(x[i] - y[i]);
        return CascadeSum.Of(values, count);
    }

    private struct Body<TLoss, T> : IParallelBody where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public TLoss Loss;
        public T* X, Y;
        public long Count;
        public double* Partials;

        public readonly void Run(int chunk)
        {
            long last = Math.Min(Count, (chunk + 1) * Part);
            double total = 0;
            for (long i = chunk * Part; i < last; i += Block) total += double.CreateTruncating(SumBlock(Loss, X + i, Y + i, Math.Min(Block, last - i)));
            Partials[chunk] = total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T SumBlock<TLoss, T>(TLoss loss, T* x, T* y, long count) where TLoss : struct, IPairLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        long i = 0;
        int width = Vector512<T>.Count;
        if (count >= width)
        {
            Vector512<T> a = default, b = default;
            for (; i <= count - 2 * width; i += 2 * width)
            {
                a += loss.Value(Vector512.Load(x + i) - Vector512.Load(y + i));
                b += loss.Value(Vector512.Load(x + i + width) - Vector512.Load(y + i + width));
            }
            sum = Vector512.Sum(a + b);
        }
        for (; i < count; i++) sum += loss.Value(x[i] - y[i]);
        return sum;
    }
}
