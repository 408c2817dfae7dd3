using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class Softmax
{
    /// <summary>The largest of each column; a NaN may be passed over, and the sum of exponentials brings it to light.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LargestOfColumns<T>(T* source, long count, long stride, long columns, T* largest, long rest = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        new Span<T>(source, (int)columns).CopyTo(new Span<T>(largest, (int)columns));
        for (long i = 1; i < count + Math.Sign(rest); i++)
        {
            T* row = source + i * stride;
            long j = 0;
            if (i == count) columns = rest;
            for (; j <= columns - width; j += width) Vector512.MaxNative(Vector512.Load(largest + j), Vector512.Load(row + j)).Store(largest + j);
            if (j < columns) PartialLanes.Store(Vector512.MaxNative(PartialLanes.Load(largest + j, columns - j), PartialLanes.Load(row + j, columns - j)), largest + j, columns - j);
        }
    }

    /// <summary>sums = Σ e^(x − largest) of each column; with factors, destination = e^(x − largest) · factor instead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ExponentialsOfColumns<T>(T* source, T* destination, long count, long stride, long columns, T* largest, T* sums, T* factors, long rest = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        if (factors == null) new Span<T>(sums, (int)columns).Clear();
        for (long i = 0; i < count + Math.Sign(rest); i++)
        {
            T* row = source + i * stride, to = destination + i * stride;
            long j = 0;
            if (i == count) columns = rest;
            for (; j <= columns - width; j += width)
            {
                Vector512<T> e = SoftmaxLanes.Exp(Vector512.Load(row + j) - Vector512.Load(largest + j));
                if (factors == null) (Vector512.Load(sums + j) + e).Store(sums + j);
                else (e * Vector512.Load(factors + j)).Store(to + j);
            }
            if (j < columns)
            {
                // The last columns are some lanes of a vector.
                long some = columns - j;
                Vector512<T> e = SoftmaxLanes.Exp(PartialLanes.Load(row + j, some) - PartialLanes.Load(largest + j, some));
                if (factors == null) PartialLanes.Store(PartialLanes.Load(sums + j, some) + e, sums + j, some);
                else PartialLanes.Store(e * PartialLanes.Load(factors + j, some), to + j, some);
            }
        }
    }

    /// <summary>Each number becomes its logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Logarithms<T>(T* numbers, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count) SoftmaxLanes.Log(Vector512.Load(numbers + i)).Store(numbers + i);
        for (; i < count; i++) numbers[i] = T.Log(numbers[i]);
    }

    // Rows are streamed; the maxima and sums of the columns stay in the first cache. A shape of rows too short for vectors comes as longer rows of
    // several, and perhaps a last one of fewer columns: then the columns one period apart are one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardColumns<T>(T* source, T* destination, long count, long stride, long columns, bool logarithm, T* largest, T* sums, long rest, long period)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        LargestOfColumns(source, count, stride, columns, largest, rest);
        if (period < columns) JoinLargest(largest, columns, period);
        new Span<T>(sums, (int)columns).Clear();
        for (long i = 0; i < count + Math.Sign(rest); i++)
        {
            T* row = source + i * stride, to = destination + i * stride;
            long j = 0, end = i < count ? columns : rest;
            for (; j <= end - width; j += width)
            {
                Vector512<T> x = Vector512.Load(row + j) - Vector512.Load(largest + j), e = SoftmaxLanes.Weight(x);
                (logarithm ? x : e).Store(to + j);
                (Vector512.Load(sums + j) + e).Store(sums + j);
            }
            if (j < end)
            {
                long some = end - j;
                Vector512<T> x = PartialLanes.Load(row + j, some) - PartialLanes.Load(largest + j, some), e = SoftmaxLanes.Weight(x);
                PartialLanes.Store(logarithm ? x : e, to + j, some);
                PartialLanes.Store(PartialLanes.Load(sums + j, some) + e, sums + j, some);
            }
        }
        if (period < columns) JoinSums(sums, columns, period);
        if (logarithm) Logarithms(sums, columns);
        else for (long j = 0; j < columns; j++) sums[j] = T.One / sums[j];
        for (long i = 0; i < count + Math.Sign(rest); i++)
        {
            T* to = destination + i * stride;
            long j = 0, end = i < count ? columns : rest;
            for (; j <= end - width; j += width)
            {
                Vector512<T> x = Vector512.Load(to + j), s = Vector512.Load(sums + j);
                (logarithm ? x - s : x * s).Store(to + j);
            }
            if (j < end)
            {
                Vector512<T> x = PartialLanes.Load(to + j, end - j), s = PartialLanes.Load(sums + j, end - j);
                PartialLanes.Store(logarithm ? x - s : x * s, to + j, end - j);
            }
        }
    }

    /// <summary>Columns one period apart get the largest of them all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void JoinLargest<T>(T* largest, long columns, long period) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long j = period; j < columns; j++) largest[j % period] = T.Max(largest[j % period], largest[j]);
        for (long j = period; j < columns; j++) largest[j] = largest[j - period];
    }

    /// <summary>Columns one period apart get the sum of them all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void JoinSums<T>(T* sums, long columns, long period) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long j = period; j < columns; j++) sums[j % period] += sums[j];
        for (long j = period; j < columns; j++) sums[j] = sums[j - period];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardColumns<T>(T* gradient, T* output, T* destination, long count, long stride, long columns, bool logarithm, T* sums, long rest, long period)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        new Span<T>(sums, (int)columns).Clear();
        for (long i = 0; i < count + Math.Sign(rest); i++)
        {
            T* g = gradient + i * stride, y = output + i * stride;
            long j = 0, end = i < count ? columns : rest;
            for (; j <= end - width; j += width)
            {
                Vector512<T> x = Vector512.Load(g + j);
                (Vector512.Load(sums + j) + (logarithm ? x : x * Vector512.Load(y + j))).Store(sums + j);
            }
            if (j < end)
            {
                long some = end - j;
                Vector512<T> x = PartialLanes.Load(g + j, some);
                PartialLanes.Store(PartialLanes.Load(sums + j, some) + (logarithm ? x : x * PartialLanes.Load(y + j, some)), sums + j, some);
            }
        }
        if (period < columns) JoinSums(sums, columns, period);
        for (long i = 0; i < count + Math.Sign(rest); i++)
        {
            T* g = gradient + i * stride, y = output + i * stride, to = destination + i * stride;
            long j = 0, end = i < count ? columns : rest;
            for (; j <= end - width; j += width)
            {
                Vector512<T> x = Vector512.Load(g + j), s = Vector512.Load(sums + j), o = Vector512.Load(y + j);
                (logarithm ? x - SoftmaxLanes.Weight(o) * s : (x - s) * o).Store(to + j);
            }
            if (j < end)
            {
                long some = end - j;
                Vector512<T> x = PartialLanes.Load(g + j, some), s = PartialLanes.Load(sums + j, some), o = PartialLanes.Load(y + j, some);
                PartialLanes.Store(logarithm ? x - SoftmaxLanes.Weight(o) * s : (x - s) * o, to + j, some);
            }
        }
    }
}
