using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

public static unsafe partial class Softmax
{
    /// <summary>The largest of a row; a NaN may be passed over, and the sum of exponentials brings it to light.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Largest<T>(T* source, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, i = 0;
        Vector512<T> a = Vector512.Create(T.NegativeInfinity), b = a, c = a, d = a;
        if (whole < count) d = PartialLanes.Load(source + whole, count - whole, T.NegativeInfinity);
        for (; i <= whole - 4 * width; i += 4 * width)
        {
            a = Vector512.MaxNative(a, Vector512.Load(source + i));
            b = Vector512.MaxNative(b, Vector512.Load(source + i + width));
            c = Vector512.MaxNative(c, Vector512.Load(source + i + 2 * width));
            d = Vector512.MaxNative(d, Vector512.Load(source + i + 3 * width));
        }
        for (; i < whole; i += width) a = Vector512.MaxNative(a, Vector512.Load(source + i));
        return SoftmaxLanes.Largest(Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d)));
    }

    /// <summary>The sum of e^(x − largest) over a row; lines of the row's destination, if it has one, are asked for meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T SumOfExponentials<T>(T* source, long count, T largest, T* destination = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, i = 0;
        Vector512<T> shift = Vector512.Create(largest), sums = default, more = default;
        if (whole < count) sums = SoftmaxLanes.Exp(PartialLanes.Load(source + whole, count - whole, T.NegativeInfinity) - shift);
        long ahead = Ahead<T>(count);
        for (; i <= whole - 2 * width; i += 2 * width)
        {
            Ask(source + i + ahead, width);
            if (destination != null) Ask(destination + i, width);
            sums += SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
            more += SoftmaxLanes.Exp(Vector512.Load(source + i + width) - shift);
        }
        if (i < whole) more += SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
        return Vector512.Sum(sums + more);
    }

    /// <summary>destination = e^(source − largest) · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Exponentials<T>(T* source, T* destination, long count, T largest, T factor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, i = 0;
        Vector512<T> shift = Vector512.Create(largest), scale = Vector512.Create(factor);
        long ahead = Ahead<T>(count);
        for (; i < whole; i += width)
        {
            Ask(source + i + ahead, 0);
            Ask(destination + i + ahead, 0);
            (SoftmaxLanes.Weight(Vector512.Load(source + i) - shift) * scale).Store(destination + i);
        }
        if (whole < count) PartialLanes.Store(SoftmaxLanes.Weight(PartialLanes.Load(source + whole, count - whole) - shift) * scale, destination + whole, count - whole);
    }

    // The next row is asked for while this one's exponentials keep the processor busy; of a long row what comes next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Ahead<T>(long count) where T : unmanaged => count * sizeof(T) <= 16384 ? count : WideStore.Ahead / sizeof(T);

    // One line, or with a width the next as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<T>(T* line, int width) where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(line);
        if (width > 0) Sse.Prefetch0(line + width);
    }

    // A row is read three times, the second and third time from the first cache. What is left of whole vectors goes through one filled up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRow<T>(T* source, T* destination, long count, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, rest = count - whole, i = 0;
        T largest = Largest(source, count);
        Vector512<T> shift = Vector512.Create(largest), last = default, sums = default, more = default;
        if (rest > 0) last = PartialLanes.Load(source + whole, rest, T.NegativeInfinity) - shift;
        if (logarithm)
        {
            Vector512<T> log = Vector512.Create(T.Log(SumOfExponentials(source, count, largest, destination)));
            for (; i < whole; i += width) (Vector512.Load(source + i) - shift - log).Store(destination + i);
            if (rest > 0) PartialLanes.Store(last - log, destination + whole, rest);
            return;
        }
        if (rest > 0) sums = last = SoftmaxLanes.Weight(last);
        long ahead = Ahead<T>(count);
        for (; i <= whole - 2 * width; i += 2 * width)
        {
            Ask(source + i + ahead, width);
            Ask(destination + i + ahead, width);
            Vector512<T> e = SoftmaxLanes.Weight(Vector512.Load(source + i) - shift), f = SoftmaxLanes.Weight(Vector512.Load(source + i + width) - shift);
            e.Store(destination + i);
            f.Store(destination + i + width);
            sums += e;
            more += f;
        }
        if (i < whole)
        {
            Vector512<T> e = SoftmaxLanes.Weight(Vector512.Load(source + i) - shift);
            e.Store(destination + i);
            more += e;
        }
        Vector512<T> scale = Vector512.Create(T.One / Vector512.Sum(sums + more));
        for (i = 0; i < whole; i += width) (Vector512.Load(destination + i) * scale).Store(destination + i);
        if (rest > 0) PartialLanes.Store(last * scale, destination + whole, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow<T>(T* gradient, T* output, T* destination, long count, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, rest = count - whole, i = 0;
        long ahead = Ahead<T>(count);
        Vector512<T> lastGradient = default, lastOutput = default, sums = default, more = default;
        if (rest > 0)
        {
            lastGradient = PartialLanes.Load(gradient + whole, rest);
            lastOutput = PartialLanes.Load(output + whole, rest);
            sums = logarithm ? lastGradient : lastGradient * lastOutput;
        }
        if (logarithm)
        {
            for (; i <= whole - 2 * width; i += 2 * width)
            {
                Ask(destination + i, width);
                sums += Vector512.Load(gradient + i);
                more += Vector512.Load(gradient + i + width);
            }
            if (i < whole) more += Vector512.Load(gradient + i);
            Vector512<T> total = Vector512.Create(Vector512.Sum(sums + more));
            for (i = 0; i < whole; i += width)
            {
                Ask(gradient + i + ahead, 0);
                Ask(output + i + ahead, 0);
                (Vector512.Load(gradient + i) - SoftmaxLanes.Weight(Vector512.Load(output + i)) * total).Store(destination + i);
            }
            if (rest > 0) PartialLanes.Store(lastGradient - SoftmaxLanes.Weight(lastOutput) * total, destination + whole, rest);
        }
        else
        {
            for (; i <= whole - 2 * width; i += 2 * width)
            {
                Ask(destination + i, width);
                sums += Vector512.Load(gradient + i) * Vector512.Load(output + i);
                more += Vector512.Load(gradient + i + width) * Vector512.Load(output + i + width);
            }
            if (i < whole) more += Vector512.Load(gradient + i) * Vector512.Load(output + i);
            Vector512<T> total = Vector512.Create(Vector512.Sum(sums + more));
            for (i = 0; i < whole; i += width)
            {
                Ask(gradient + i + ahead, 0);
                Ask(output + i + ahead, 0);
                ((Vector512.Load(gradient + i) - total) * Vector512.Load(output + i)).Store(destination + i);
            }
            if (rest > 0) PartialLanes.Store((lastGradient - total) * lastOutput, destination + whole, rest);
        }
    }
}
