using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Stable sorts digit by digit, from the last to the first.</summary>
internal static unsafe class DigitSort
{
    /// <summary>Sorts words by the bits from <paramref name="low"/> on, as far as they differ, or by the <paramref name="enough"/> foremost of these; the result is in one of the two buffers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong* Words(ulong* from, ulong* to, long count, int low, int enough = 64)
    {
        (ulong least, ulong most) = Range(from, count);
        int differing = 64 - BitOperations.LeadingZeroCount(most ^ least);
        if (differing <= low)
            return from;
        low = Math.Max(low, differing - enough);
        // The difference from the least is what needs digits.
        least = least >> low << low;
        int bits = 64 - BitOperations.LeadingZeroCount((most - least) >> low);
        int widest = count >= 2048 ? 11 : count >= 512 ? 10 : 8, passes = (bits + widest - 1) / widest, width = (bits + passes - 1) / passes;
        uint mask = (1u << width) - 1;
        int* bins = stackalloc int[passes << width];
        new Span<int>(bins, passes << width).Clear();
        for (int pass = 0; pass < passes; pass += 2)
            Count(from, count, least, low + pass * width, width, bins + (pass << width), pass + 1 < passes);
        for (int pass = 0; pass < passes; pass++, bins += 1 << width)
        {
            int sum = 0;
            for (int b = 0; b <= (int)mask; b++)
            {
                int n = bins[b];
                bins[b] = sum;
                sum += n;
            }

            int shift = low + pass * width;
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

    /// <summary>Finishes words that are nearly in order; false when they are not, and then equal bits stand in the order in which they stood before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Insert(ulong* words, long count)
    {
        long budget = 4 * count;
        ulong before = words[0];
        for (long i = 1; i < count; i++)
        {
            ulong word = words[i];
            if (before <= word)
            {
                before = word;
                continue;
            }
            long j = i;
            for (; j > 0 && words[j - 1] > word; j--)
                words[j] = words[j - 1];
            words[j] = word;
            budget -= i - j;
            if (budget < 0)
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (ulong Least, ulong Most) Range(ulong* words, long count)
    {
        ulong least = *words, most = least;
        long i = 0;
        if (count >= 2 * Vector512<ulong>.Count)
        {
            Vector512<ulong> low = Vector512.Load(words), high = low;
            for (i = Vector512<ulong>.Count; i <= count - Vector512<ulong>.Count; i += Vector512<ulong>.Count)
            {
                Vector512<ulong> x = Vector512.Load(words + i);
                low = Vector512.Min(low, x);
                high = Vector512.Max(high, x);
            }
            for (int j = 0; j < Vector512<ulong>.Count; j++)
            {
                least = Math.Min(least, low.GetElement(j));
                most = Math.Max(most, high.GetElement(j));
            }
        }
        for (; i < count; i++)
        {
            least = Math.Min(least, words[i]);
            most = Math.Max(most, words[i]);
        }

        return (least, most);
    }

    /// <summary>How often each value of one digit occurs, or of it and the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(ulong* words, long count, ulong least, int shift, int width, int* bins, bool both)
    {
        uint mask = (1u << width) - 1;
        int* next = bins + mask + 1;
        if (!both)
        {
            for (long i = 0; i < count; i++)
                bins[(uint)((words[i] - least) >> shift) & mask]++;
            return;
        }
        for (long i = 0; i < count; i++)
        {
            ulong digits = (words[i] - least) >> shift;
            bins[(uint)digits & mask]++;
            next[(uint)(digits >> width) & mask]++;
        }
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
