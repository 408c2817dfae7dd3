using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Counting how often numbers occur, or how many fall into each of equal bins.</summary>
public static unsafe class HistogramKernels
{
    // Up to so many counts four of each stay in the first cache.
    private const long MostParted = 1024;

    /// <summary>The least and the largest of at least one number.</summary>
    public static (long least, long most) Range(long* source, long count) => SortKernels.Range(source, count);

    /// <summary>counts[n] = how often <paramref name="least"/> + n occurs; all numbers are in range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tally(long* source, long count, long least, long* counts, long range)
    {
        new Span<long>(counts, checked((int)range)).Clear();
        long i = 0;
        if (range <= MostParted && count >= 16 * range)
        {
            // Four counts of each number: to count one again soon would wait for the count before.
            using var room = Scratch.Rent<long>(3 * range);
            long* second = (long*)room.Pointer, third = second + range, fourth = third + range;
            new Span<long>(second, (int)(3 * range)).Clear();
            for (; i <= count - 4; i += 4)
            {
                counts[source[i] - least]++;
                second[source[i + 1] - least]++;
                third[source[i + 2] - least]++;
                fourth[source[i + 3] - least]++;
            }
            for (long n = 0; n < range; n++) counts[n] += second[n] + third[n] + fourth[n];
        }
        for (; i < count; i++) counts[source[i] - least]++;
    }

    /// <summary>sums[source[i]] += weights[i]; all numbers are in range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<T>(long* source, T* weights, long count, T* sums) where T : unmanaged, INumber<T>
    {
        for (long i = 0; i < count; i++) sums[source[i]] += weights[i];
    }

    /// <summary>Adds to each bin between low and high how many elements fall into it; the last one includes its upper bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Count<T>(T* source, long count, double low, double high, long* counts, long bins) where T : unmanaged, INumber<T>
    {
        double width = high - low, number = bins;
        long done = 0;
        if (Avx.IsSupported && (typeof(T) == typeof(float) || typeof(T) == typeof(double)))
        {
            Vector512<double> least = Vector512.Create(low), most = Vector512.Create(high), all = Vector512.Create(width), parts = Vector512.Create(number);
            Vector512<long> last = Vector512.Create(bins - 1), outside = Vector512.Create(-1L);
            long* places = stackalloc long[8];
            for (; done <= count - 8; done += 8)
            {
                Vector512<double> x = typeof(T) == typeof(float) ? ComplexLanes.Widen(Vector256.Load((float*)source + done)) : Vector512.Load((double*)source + done);
                Vector512<long> place = Vector512.Min(last, ConvertLanes.ToInt64((x - least) / all * parts));
                Vector512<double> inside = Vector512.GreaterThanOrEqual(x, least) & Vector512.LessThanOrEqual(x, most);
                Vector512.ConditionalSelect(inside.AsInt64(), place, outside).Store(places);
                for (int i = 0; i < 8; i++)
                    if (places[i] >= 0) counts[places[i]]++;
            }
        }
        for (long i = done; i < count; i++)
        {
            double value = double.CreateTruncating(source[i]);
            if (value >= low && value <= high) counts[Math.Min(bins - 1, (long)((value - low) / width * number))]++;
        }
    }
}
