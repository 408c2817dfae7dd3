using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Count, mean and sum of squared deviations of a set, in double; two sets merge by Chan's formula.</summary>
public struct Moments
{
    /// <summary>How many elements.</summary>
    public double Count;
    /// <summary>Their mean.</summary>
    public double Mean;
    /// <summary>Σ (x − mean)².</summary>
    public double Squares;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(double x)
    {
        Count++;
        double delta = x - Mean;
        Mean += delta / Count;
        Squares += delta * (x - Mean);
    }

    internal static Moments Merge(in Moments left, in Moments right)
    {
        if (left.Count == 0) return right;
        if (right.Count == 0) return left;
        double count = left.Count + right.Count, delta = right.Mean - left.Mean;
        return new()
        {
            Count = count,
            Mean = left.Mean + delta * (right.Count / count),
            Squares = left.Squares + right.Squares + delta * delta * (left.Count * right.Count / count),
        };
    }
}

/// <summary>Σ (x − mean)² / (n − correction), or its root.</summary>
public readonly unsafe struct VarianceFold<T>(double correction, bool root) : IFold<T, Moments, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _correction = correction;
    private readonly bool _root = root;

    public static bool HasBlock => true;
    public Moments Start => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moments Step(Moments accumulator, T x)
    {
        accumulator.Add(double.CreateTruncating(x));
        return accumulator;
    }

    public Moments Merge(Moments left, Moments right) => Moments.Merge(left, right);

    public T End(Moments accumulator, long count)
    {
        double variance = accumulator.Squares / Math.Max(0, accumulator.Count - _correction);
        return T.CreateTruncating(_root ? Math.Sqrt(variance) : variance);
    }

    /// <summary>Two passes over a run that stays in the first cache: the mean, then the deviations from it.</summary>
    public static Moments Block(T* source, long count) => Block(source, count, source);

    /// <summary>The same; meanwhile as many lines are asked for from <paramref name="next"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Moments Block(T* source, long count, T* next)
    {
        int width = Vector512<T>.Count;
        double sum = 0;
        long i = 0;
        if (count >= width)
        {
            Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default;
            for (; i <= count - 4 * width; i += 4 * width)
            {
                s0 += Vector512.Load(source + i);
                s1 += Vector512.Load(source + i + width);
                s2 += Vector512.Load(source + i + 2 * width);
                s3 += Vector512.Load(source + i + 3 * width);
            }
            for (; i <= count - width; i += width) s0 += Vector512.Load(source + i);
            sum = double.CreateTruncating(Vector512.Sum(s0 + s1 + (s2 + s3)));
        }
        for (; i < count; i++) sum += double.CreateTruncating(source[i]);
        T mean = T.CreateTruncating(sum / count);
        if (!T.IsFinite(mean)) return Corrected(count, double.CreateTruncating(mean), 0, 0);

        double squares = 0, rest = 0;
        i = 0;
        if (count >= width)
        {
            Vector512<T> center = Vector512.Create(mean), q0 = default, q1 = default, r0 = default, r1 = default;
            for (; i <= count - 2 * width; i += 2 * width)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(next + i);
                    Sse.Prefetch0(next + i + width);
                }
                Vector512<T> x = Vector512.Load(source + i) - center, y = Vector512.Load(source + i + width) - center;
                q0 += x * x;
                q1 += y * y;
                r0 += x;
                r1 += y;
            }
            if (i <= count - width)
            {
                Vector512<T> x = Vector512.Load(source + i) - center;
                q0 += x * x;
                r0 += x;
                i += width;
            }
            squares = double.CreateTruncating(Vector512.Sum(q0 + q1));
            rest = double.CreateTruncating(Vector512.Sum(r0 + r1));
        }
        for (; i < count; i++)
        {
            double d = double.CreateTruncating(source[i] - mean);
            squares += d * d;
            rest += d;
        }
        return Corrected(count, double.CreateTruncating(mean), squares, rest);
    }

    /// <summary><see cref="Block(T*, long)"/> of two rows, of whole vectors, in turns: what waits for the sums of one is spent on the other's. Meanwhile lines are asked for that are written next, as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BlockPair(T* first, T* second, long count, T* next, out Moments one, out Moments other)
    {
        int width = Vector512<T>.Count;
        Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
        long i = 0;
        for (; i <= count - 4 * width; i += 4 * width)
        {
            s0 += Vector512.Load(first + i);
            t0 += Vector512.Load(second + i);
            s1 += Vector512.Load(first + i + width);
            t1 += Vector512.Load(second + i + width);
            s2 += Vector512.Load(first + i + 2 * width);
            t2 += Vector512.Load(second + i + 2 * width);
            s3 += Vector512.Load(first + i + 3 * width);
            t3 += Vector512.Load(second + i + 3 * width);
        }
        for (; i < count; i += width)
        {
            s0 += Vector512.Load(first + i);
            t0 += Vector512.Load(second + i);
        }
        T s = T.CreateTruncating(double.CreateTruncating(Vector512.Sum(s0 + s1 + (s2 + s3))) / count), t = T.CreateTruncating(double.CreateTruncating(Vector512.Sum(t0 + t1 + (t2 + t3))) / count);
        if (!T.IsFinite(s) || !T.IsFinite(t))
        {
            (one, other) = (Block(first, count), Block(second, count));
            return;
        }
        Vector512<T> a = Vector512.Create(s), b = Vector512.Create(t);
        s0 = s1 = s2 = s3 = t0 = t1 = t2 = t3 = default;
        for (i = 0; i < count; i += 2 * width)
        {
            // The squares and the deviations themselves, each in two sums; an odd last vector goes to the first.
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(next + 2 * i);
                Sse.Prefetch0(next + 2 * i + width);
                Sse.Prefetch0(next + 2 * i + 2 * width);
                Sse.Prefetch0(next + 2 * i + 3 * width);
            }
            Vector512<T> x = Vector512.Load(first + i) - a, y = Vector512.Load(second + i) - b;
            s0 += x * x;
            t0 += y * y;
            s2 += x;
            t2 += y;
            if (i + width == count) break;
            x = Vector512.Load(first + i + width) - a;
            y = Vector512.Load(second + i + width) - b;
            s1 += x * x;
            t1 += y * y;
            s3 += x;
            t3 += y;
        }
        double squares = double.CreateTruncating(Vector512.Sum(s0 + s1)), rest = double.CreateTruncating(Vector512.Sum(s2 + s3));
        double otherSquares = double.CreateTruncating(Vector512.Sum(t0 + t1)), otherRest = double.CreateTruncating(Vector512.Sum(t2 + t3));
        one = Corrected(count, double.CreateTruncating(s), squares, rest);
        other = Corrected(count, double.CreateTruncating(t), otherSquares, otherRest);
    }

    public static bool HasColumns => true;

    /// <summary>Two passes over rows that stay in the first cache, a vector of columns at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(T* source, long stride, long rows, long columns, Moments* into)
    {
        int width = Vector512<T>.Count;
        T count = T.CreateTruncating(rows);
        long j = 0;
        T* means = stackalloc T[width], squares = stackalloc T[width], rests = stackalloc T[width];
        for (; j <= columns - width; j += width)
        {
            T* at = source + j;
            Vector512<T> sum = default, square = default, rest = default;
            for (long r = 0; r < rows; r++, at += stride) sum += Vector512.Load(at);
            Vector512<T> mean = sum / Vector512.Create(count);
            at = source + j;
            for (long r = 0; r < rows; r++, at += stride)
            {
                Vector512<T> x = Vector512.Load(at) - mean;
                square += x * x;
                rest += x;
            }
            mean.Store(means);
            square.Store(squares);
            rest.Store(rests);
            for (int k = 0; k < width; k++) into[j + k] = Corrected(rows, double.CreateTruncating(means[k]), double.CreateTruncating(squares[k]), double.CreateTruncating(rests[k]));
        }
        for (; j < columns; j++)
        {
            double sum = 0, square = 0, rest = 0;
            for (long r = 0; r < rows; r++) sum += double.CreateTruncating(source[r * stride + j]);
            double mean = sum / rows;
            for (long r = 0; r < rows; r++)
            {
                double x = double.CreateTruncating(source[r * stride + j]) - mean;
                square += x * x;
                rest += x;
            }
            into[j] = Corrected(rows, mean, square, rest);
        }
    }

    // The sum of the deviations corrects for the rounding of the mean; squares beyond all numbers need no correction.
    private static Moments Corrected(double count, double mean, double squares, double rest) => double.IsFinite(mean)
        ? new() { Count = count, Mean = mean + rest / count, Squares = double.IsPositiveInfinity(squares) ? squares : Math.Max(0, squares - rest * rest / count) }
        : new() { Count = count, Mean = mean, Squares = double.NaN };
}
