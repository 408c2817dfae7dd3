using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// A transform of numbers that lie one after another, as a matrix of <see cref="First"/> × <see cref="Second"/>: transforms of the columns in
/// lanes, twiddles, a transposition, transforms of the columns again, which leaves the result in order.
/// </summary>
internal sealed unsafe class RowTransform<T> where T : unmanaged, INumberBase<T>
{
    private readonly LaneTransform<T> _columns, _rows;
    private readonly T[] _tables;
    private readonly T* _twiddles;

    public RowTransform(int length)
    {
        Length = length;
        (First, Second) = Split(length);
        _columns = FftPlans<T>.Lanes(First);
        _rows = FftPlans<T>.Lanes(Second);
        int lanes = LaneMemory<T>.Lanes;
        // For each group of columns, each row: a vector of cosines and one of sines.
        _tables = GC.AllocateUninitializedArray<T>(checked(2 * First * Round(Second)), pinned: true);
        _twiddles = (T*)Unsafe.AsPointer(ref _tables[0]);
        T* next = _twiddles;
        for (int group = 0; group < Second; group += lanes)
        {
            for (int k = 0; k < First; k++)
            {
                for (int lane = 0; lane < lanes; lane++)
                {
                    (double sine, double cosine) = UnitRoots.SinCos((long)k * (group + lane), length);
                    next[lane] = T.CreateTruncating(cosine);
                    next[lanes + lane] = T.CreateTruncating(-sine);
                }

                next += 2 * lanes;
            }
        }
    }

    public int Length { get; }
    public int First { get; }
    public int Second { get; }
    public long Size => (long)_tables.Length * sizeof(T) + _columns.Size + _rows.Size;

    private static int Round(int value) => (value + LaneMemory<T>.Lanes - 1) / LaneMemory<T>.Lanes * LaneMemory<T>.Lanes;

    /// <summary>Elements between the rows of the transposed matrix: a cache line more than whole vectors, off the powers of two.</summary>
    private nint Pitch => 2 * Round(First) + 64 / sizeof(T);

    /// <summary>Elements of working memory.</summary>
    public long Room => Round(Second) * (long)Pitch + 2L * LaneMemory<T>.Lanes * (Math.Max(_columns.Room, _rows.Room) + Round(First));

    /// <summary>Roughly the vector operations for a row of this length.</summary>
    public static double CostOf(int length)
    {
        (int first, int second) = Split(length);
        if (first == 1)
            return double.PositiveInfinity;
        double columns = (double)Round(second) / LaneMemory<T>.Lanes, rows = (double)Round(first) / LaneMemory<T>.Lanes;
        return columns * (FftRadices.Cost(first) + 14.0 * Round(first)) + rows * (FftRadices.Cost(second) + 6.0 * second) + 60;
    }

    /// <summary>The two factors that cost least, lanes left empty included.</summary>
    private static (int First, int Second) Split(int length)
    {
        (int, int) best = (1, length);
        double least = double.PositiveInfinity;
        for (int first = 2; (long)first * first <= length; first++)
        {
            if (length % first != 0)
                continue;
            int second = length / first;
            foreach ((int a, int b) in new[] { (first, second), (second, first) })
            {
                double cost = Round(b) * FftRadices.Cost(a) + Round(a) * FftRadices.Cost(b);
                if (cost < least)
                {
                    least = cost;
                    best = (a, b);
                }
            }
        }

        return best;
    }

    /// <summary>Transforms one row; source and destination may be the same.</summary>
    /// <param name="inverse">With the positive exponent.</param>
    public void Run(T* source, T* destination, bool inverse, double scale, T* work)
    {
        T* turned = work, buffer = work + Round(Second) * Pitch;
        for (int group = 0; group < Second; group += LaneMemory<T>.Lanes)
            TransformColumns(source, group, inverse, turned, buffer);
        for (int group = 0; group < First; group += LaneMemory<T>.Lanes)
            TransformRows(turned, group, destination, inverse, scale, buffer);
        // The tables go with this object.
        GC.KeepAlive(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void TransformColumns(T* source, int group, bool inverse, T* turned, T* buffer)
    {
        int lanes = LaneMemory<T>.Lanes, count = Math.Min(lanes, Second - group);
        T* next = buffer;
        T* from = source + 2L * group, part = stackalloc T[2 * Vector512<T>.Count];
        // The inverse transform is the forward one with real and imaginary parts exchanged, going in and coming out.
        nint re = inverse ? lanes : 0, im = inverse ? 0 : lanes;
        for (int i = 0; i < First; i++)
        {
            Vector512<T> x, y;
            if (count == lanes)
                LaneMemory<T>.Split(from, out x, out y);
            else
                LaneMemory<T>.SplitPart(from, count, part, out x, out y);
            x.Store(next + re);
            y.Store(next + im);
            next += 2 * lanes;
            from += 2L * Second;
        }

        T* result = _columns.Run(buffer, 2 * lanes, lanes, buffer);
        T* twiddle = _twiddles + 2L * group * First;
        for (int k = 0; k < First; k++)
        {
            T* number = result + k * 2L * lanes;
            Vector512<T> x = Vector512.Load(number), y = Vector512.Load(number + lanes), c = Vector512.Load(twiddle), s = Vector512.Load(twiddle + lanes);
            RealLoops.Fma(c, x, -(s * y)).Store(number);
            RealLoops.Fma(c, y, s * x).Store(number + lanes);
            twiddle += 2 * lanes;
        }

        T* target = turned + group * Pitch;
        for (int k = 0; k < First; k += lanes)
        {
            LaneMemory<T>.Transpose(result + k * 2L * lanes, 2 * lanes, target + 2L * k, Pitch);
            LaneMemory<T>.Transpose(result + k * 2L * lanes + lanes, 2 * lanes, target + 2L * k + lanes, Pitch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void TransformRows(T* turned, int group, T* destination, bool inverse, double scale, T* buffer)
    {
        int lanes = LaneMemory<T>.Lanes, count = Math.Min(lanes, First - group);
        T* result = _rows.Run(turned + 2L * group, Pitch, lanes, buffer);
        nint re = inverse ? lanes : 0, im = inverse ? 0 : lanes;
        Vector512<T> factor = Vector512.Create(T.CreateTruncating(scale));
        T* target = destination + 2L * group, part = stackalloc T[2 * Vector512<T>.Count];
        for (int k = 0; k < Second; k++)
        {
            Vector512<T> x = Vector512.Load(result + re) * factor, y = Vector512.Load(result + im) * factor;
            if (count == lanes)
                LaneMemory<T>.Join(target, x, y);
            else
                LaneMemory<T>.JoinPart(target, count, part, x, y);
            result += 2 * lanes;
            target += 2L * First;
        }
    }
}
