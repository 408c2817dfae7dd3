using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Stable sorts digit by digit, from the last to the first.</summary>
internal static unsafe class DigitSort
{
    /// <summary>Sorts words by the bits from <paramref name="low"/> on, as far as they differ; the result is in one of the two buffers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong* Words(ulong* from, ulong* to, long count, int low)
    {
        ulong least = ulong.MaxValue, most = 0;
        for (long i = 0; i < count; i++)
        {
            least = Math.Min(least, from[i]);
            most = Math.Max(most, from[i]);
        }

        // The difference from the least is what needs digits.
        least = least >> low << low;
        int bits = 64 - BitOperations.LeadingZeroCount((most - least) >> low);
        if (bits == 0)
            return from;
        int widest = count >= 2048 ? 11 : 8, passes = (bits + widest - 1) / widest, width = (bits + passes - 1) / passes;
        uint mask = (1u << width) - 1;
        int* bins = stackalloc int[1 << width];
        for (int pass = 0; pass < passes; pass++)
        {
            int shift = low + pass * width;
            new Span<int>(bins, 1 << width).Clear();
            for (long i = 0; i < count; i++)
                bins[(uint)((from[i] - least) >> shift) & mask]++;
            int sum = 0;
            for (int b = 0; b <= (int)mask; b++)
            {
                int n = bins[b];
                bins[b] = sum;
                sum += n;
            }

            for (long i = 0; i < count; i++)
            {
                ulong word = from[i];
                to[bins[(uint)((word - least) >> shift) & mask]++] = word;
            }

            ulong* swap = from;
            from = to;
            to = swap;
        }

        return from;
    }

    /// <summary>Sorts by all bits in which keys differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WideEntry* Pairs(WideEntry* from, WideEntry* to, long count)
    {
        ulong all = ulong.MaxValue, any = 0;
        for (long i = 0; i < count; i++)
        {
            all &= from[i].Key;
            any |= from[i].Key;
        }

        ulong differs = all ^ any;
        long* bins = stackalloc long[256];
        for (int shift = 0; shift < 64; shift += 8)
        {
            // Integers of a small range need only as many passes as the range has bytes.
            if ((differs >> shift & 255) == 0)
                continue;
            new Span<long>(bins, 256).Clear();
            for (long i = 0; i < count; i++)
                bins[from[i].Key >> shift & 255]++;
            long sum = 0;
            for (int b = 0; b < 256; b++)
            {
                long n = bins[b];
                bins[b] = sum;
                sum += n;
            }

            for (long i = 0; i < count; i++)
                to[bins[from[i].Key >> shift & 255]++] = from[i];
            WideEntry* swap = from;
            from = to;
            to = swap;
        }

        return from;
    }
}
