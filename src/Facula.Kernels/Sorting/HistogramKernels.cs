using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Counting how often numbers occur, or how many fall into each of equal bins.</summary>
public static unsafe class HistogramKernels
{
    /// <summary>The least and the largest of at least one number.</summary>
    public static (long least, long most) Range(long* source, long count) => SortKernels.Range(source, count);

    /// <summary>counts[n] = how often <paramref name="least"/> + n occurs; all numbers are in range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tally(long* source, long count, long least, long* counts, long range)
    {
        for (long n = 0; n < range; n++) counts[n] = 0;
        for (long i = 0; i < count; i++) counts[source[i] - least]++;
    }

    /// <summary>Adds to each bin between low and high how many elements fall into it; the last one includes its upper bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Count<T>(T* source, long count, double low, double high, long* counts, long bins) where T : unmanaged, INumber<T>
    {
        double width = high - low, number = bins;
        for (long i = 0; i < count; i++)
        {
            double value = double.CreateTruncating(source[i]);
            if (value >= low && value <= high) counts[Math.Min(bins - 1, (long)((value - low) / width * number))]++;
        }
    }
}
