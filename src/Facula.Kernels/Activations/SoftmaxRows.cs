using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class Softmax
{
    // A row is read three times, the second and third time from the first cache. What is left of whole vectors goes through one filled up with −∞.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRow<T>(T* source, T* destination, long count, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, i = 0;
        Vector512<T> lowest = Vector512.Create(T.NegativeInfinity), last = whole == count ? lowest : SoftmaxLanes.LoadSome(source + whole, count - whole, T.NegativeInfinity);
        Vector512<T> a = last, b = lowest, c = lowest, d = lowest;
        for (; i <= count - 4 * width; i += 4 * width)
        {
            a = Vector512.MaxNative(a, Vector512.Load(source + i));
            b = Vector512.MaxNative(b, Vector512.Load(source + i + width));
            c = Vector512.MaxNative(c, Vector512.Load(source + i + 2 * width));
            d = Vector512.MaxNative(d, Vector512.Load(source + i + 3 * width));
        }
        for (; i < whole; i += width) a = Vector512.MaxNative(a, Vector512.Load(source + i));
        T largest = SoftmaxLanes.Largest(Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d)));
        Vector512<T> shift = Vector512.Create(largest), sums = default, more = default;
        // What a maximum hides of a NaN, the sum brings to light.
        if (whole < count)
        {
            last -= shift;
            Vector512<T> e = SoftmaxLanes.Exp(last);
            sums = e;
            if (!logarithm) last = e;
        }
        i = 0;
        if (logarithm)
        {
            for (; i <= whole - 2 * width; i += 2 * width)
            {
                sums += SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
                more += SoftmaxLanes.Exp(Vector512.Load(source + i + width) - shift);
            }
            if (i < whole) more += SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
            Vector512<T> log = Vector512.Create(T.Log(Vector512.Sum(sums + more)));
            for (i = 0; i < whole; i += width) (Vector512.Load(source + i) - shift - log).Store(destination + i);
            if (whole < count) SoftmaxLanes.StoreSome(last - log, destination + whole, count - whole);
        }
        else
        {
            for (; i <= whole - 2 * width; i += 2 * width)
            {
                Vector512<T> e = SoftmaxLanes.Exp(Vector512.Load(source + i) - shift), f = SoftmaxLanes.Exp(Vector512.Load(source + i + width) - shift);
                e.Store(destination + i);
                f.Store(destination + i + width);
                sums += e;
                more += f;
            }
            if (i < whole)
            {
                Vector512<T> e = SoftmaxLanes.Exp(Vector512.Load(source + i) - shift);
                e.Store(destination + i);
                more += e;
            }
            Vector512<T> scale = Vector512.Create(T.One / Vector512.Sum(sums + more));
            for (i = 0; i < whole; i += width) (Vector512.Load(destination + i) * scale).Store(destination + i);
            if (whole < count) SoftmaxLanes.StoreSome(last * scale, destination + whole, count - whole);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow<T>(T* gradient, T* output, T* destination, long count, bool logarithm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        long whole = count - count % width, rest = count - whole, i = 0;
        Vector512<T> lastGradient = default, lastOutput = default, sums = default, more = default;
        if (rest > 0)
        {
            lastGradient = SoftmaxLanes.LoadSome(gradient + whole, rest, T.Zero);
            lastOutput = SoftmaxLanes.LoadSome(output + whole, rest, T.Zero);
            sums = logarithm ? lastGradient : lastGradient * lastOutput;
        }
        if (logarithm)
        {
            for (; i <= whole - 2 * width; i += 2 * width)
            {
                sums += Vector512.Load(gradient + i);
                more += Vector512.Load(gradient + i + width);
            }
            if (i < whole) more += Vector512.Load(gradient + i);
            Vector512<T> total = Vector512.Create(Vector512.Sum(sums + more));
            for (i = 0; i < whole; i += width) (Vector512.Load(gradient + i) - SoftmaxLanes.Exp(Vector512.Load(output + i)) * total).Store(destination + i);
            if (rest > 0) SoftmaxLanes.StoreSome(lastGradient - SoftmaxLanes.Exp(lastOutput) * total, destination + whole, rest);
        }
        else
        {
            for (; i <= whole - 2 * width; i += 2 * width)
            {
                sums += Vector512.Load(gradient + i) * Vector512.Load(output + i);
                more += Vector512.Load(gradient + i + width) * Vector512.Load(output + i + width);
            }
            if (i < whole) more += Vector512.Load(gradient + i) * Vector512.Load(output + i);
            Vector512<T> total = Vector512.Create(Vector512.Sum(sums + more));
            for (i = 0; i < whole; i += width) ((Vector512.Load(gradient + i) - total) * Vector512.Load(output + i)).Store(destination + i);
            if (rest > 0) SoftmaxLanes.StoreSome((lastGradient - total) * lastOutput, destination + whole, rest);
        }
    }
}
