using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Stable sorts of rows with their indices: radix sort on ordered keys, insertion sort for short rows. NaN counts as the largest.</summary>
public static unsafe class SortKernels
{
    private const int Short = 48;

    /// <summary>Sorts <paramref name="rows"/> rows of <paramref name="count"/> elements; indices receives the old places.</summary>
    public static void Rows<T>(T* source, T* values, long* indices, long rows, long count, bool descending) where T : unmanaged
    {
        if (rows == 0 || count == 0) return;
        var body = new RowsBody<T> { Source = source, Values = values, Indices = indices, Count = count, Rows = rows, Descending = descending };
        body.PerChunk = Math.Max(1, Math.Max(4096 / count, (rows + 63) / 64));
        WorkerPool.Run((int)((rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct RowsBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Values;
        public long* Indices;
        public long Count, Rows, PerChunk;
        public bool Descending;

        public readonly void Run(int chunk)
        {
            for (long r = chunk * PerChunk; r < Math.Min(Rows, (chunk + 1) * PerChunk); r++)
                Row(Source + r * Count, Values + r * Count, Indices + r * Count, Count, Descending);
        }
    }

    private static void Row<T>(T* source, T* values, long* indices, long count, bool descending) where T : unmanaged
    {
        if (sizeof(T) <= 4 && count <= int.MaxValue)
        {
            // (key, place) in one word: 8 bytes an element through every pass.
            using Scratch a = Scratch.Rent<ulong>(count), b = Scratch.Rent<ulong>(count);
            ulong* words = (ulong*)a.Pointer;
            Pack32(source, words, count, descending ? uint.MaxValue : 0);
            ulong* sorted = count <= Short ? Insertion(words, count) : Radix32(words, (ulong*)b.Pointer, count, sizeof(T) == 4 ? 4 : sizeof(T));
            Unpack32(source, sorted, values, indices, count, descending ? uint.MaxValue : 0);
            return;
        }
        if (sizeof(T) == 8 && typeof(T) == typeof(long) && count <= int.MaxValue && Range((long*)source, count) is var (least, most) && (ulong)(most - least) <= uint.MaxValue && most >= least)
        {
            using Scratch a = Scratch.Rent<ulong>(count), b = Scratch.Rent<ulong>(count);
            ulong* words = (ulong*)a.Pointer;
            uint flip = descending ? uint.MaxValue : 0;
            for (long i = 0; i < count; i++) words[i] = (ulong)((uint)(((long*)source)[i] - least) ^ flip) << 32 | (uint)i;
            ulong* sorted = count <= Short ? Insertion(words, count) : Radix32(words, (ulong*)b.Pointer, count, 4);
            for (long i = 0; i < count; i++)
            {
                indices[i] = (uint)sorted[i];
                ((long*)values)[i] = least + ((uint)(sorted[i] >> 32) ^ flip);
            }
            return;
        }
        {
            using Scratch a = Scratch.Rent<Pair>(count), b = Scratch.Rent<Pair>(count);
            Pair* pairs = (Pair*)a.Pointer;
            ulong flip = descending ? ulong.MaxValue : 0;
            for (long i = 0; i < count; i++) pairs[i] = new Pair { Key = OrderedKey.Of64(source[i]) ^ flip, Place = i };
            Pair* sorted = Radix64(pairs, (Pair*)b.Pointer, count);
            for (long i = 0; i < count; i++)
            {
                indices[i] = sorted[i].Place;
                values[i] = source[sorted[i].Place];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack32<T>(T* source, ulong* words, long count, uint flip) where T : unmanaged
    {
        for (long i = 0; i < count; i++) words[i] = (ulong)(OrderedKey.Of32(source[i]) ^ flip) << 32 | (uint)i;
    }

    // A float comes back from its key in order; only keys that stand for several values (zero, NaN) are looked up in the source.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unpack32<T>(T* source, ulong* sorted, T* values, long* indices, long count, uint flip) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            for (long i = 0; i < count; i++)
            {
                ulong word = sorted[i];
                uint place = (uint)word, key = (uint)(word >> 32) ^ flip;
                indices[i] = place;
                if (key is 0x80000000 or uint.MaxValue) values[i] = source[place];
                else ((uint*)values)[i] = key ^ ((uint)((int)~key >> 31) | 0x80000000);
            }
            return;
        }
        for (long i = 0; i < count; i++)
        {
            uint place = (uint)sorted[i];
            indices[i] = place;
            values[i] = source[place];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (long least, long most) Range(long* source, long count)
    {
        long least = *source, most = *source, i = 0;
        if (count >= 64)
        {
            Vector512<long> low = Vector512.Create(least), high = low;
            for (; i <= count - 8; i += 8)
            {
                Vector512<long> x = Vector512.Load(source + i);
                low = Vector512.Min(low, x);
                high = Vector512.Max(high, x);
            }
            for (int j = 0; j < 8; j++) (least, most) = (Math.Min(least, low.GetElement(j)), Math.Max(most, high.GetElement(j)));
        }
        for (; i < count; i++) (least, most) = (Math.Min(least, source[i]), Math.Max(most, source[i]));
        return (least, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong* Insertion(ulong* words, long count)
    {
        for (long i = 1; i < count; i++)
        {
            ulong word = words[i];
            long j = i;
            for (; j > 0 && words[j - 1] > word; j--) words[j] = words[j - 1];
            words[j] = word;
        }
        return words;
    }

    // All histograms in one pass; a pass whose digit is the same everywhere is left out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong* Radix32(ulong* from, ulong* to, long count, int digits)
    {
        int* histogram = stackalloc int[4 * 256];
        new Span<int>(histogram, 4 * 256).Clear();
        for (long i = 0; i < count; i++)
        {
            uint key = (uint)(from[i] >> 32);
            histogram[key & 255]++;
            histogram[256 + (key >> 8 & 255)]++;
            histogram[512 + (key >> 16 & 255)]++;
            histogram[768 + (key >> 24)]++;
        }
        for (int digit = 0; digit < 4; digit++)
        {
            int* bins = histogram + digit * 256;
            int shift = 32 + digit * 8;
            if (bins[from[0] >> shift & 255] == count) continue;
            int sum = 0;
            for (int b = 0; b < 256; b++)
            {
                int n = bins[b];
                bins[b] = sum;
                sum += n;
            }
            for (long i = 0; i < count; i++)
            {
                ulong word = from[i];
                to[bins[word >> shift & 255]++] = word;
            }
            ulong* swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private struct Pair
    {
        public ulong Key;
        public long Place;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair* Radix64(Pair* from, Pair* to, long count)
    {
        if (count <= Short)
        {
            for (long i = 1; i < count; i++)
            {
                Pair pair = from[i];
                long j = i;
                for (; j > 0 && from[j - 1].Key > pair.Key; j--) from[j] = from[j - 1];
                from[j] = pair;
            }
            return from;
        }
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
            if ((differs >> shift & 255) == 0) continue;
            new Span<long>(bins, 256).Clear();
            for (long i = 0; i < count; i++) bins[from[i].Key >> shift & 255]++;
            long sum = 0;
            for (int b = 0; b < 256; b++)
            {
                long n = bins[b];
                bins[b] = sum;
                sum += n;
            }
            for (long i = 0; i < count; i++) to[bins[from[i].Key >> shift & 255]++] = from[i];
            Pair* swap = from;
            from = to;
            to = swap;
        }
        return from;
    }
}

/// <summary>Unsigned keys that order as the numbers do: −0 equals +0, every NaN is one key above infinity.</summary>
public static class OrderedKey
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of32<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return OfSingle(Unsafe.BitCast<T, float>(value));
        if (typeof(T) == typeof(int)) return (uint)Unsafe.BitCast<T, int>(value) ^ 0x80000000;
        if (typeof(T) == typeof(short)) return (ushort)(Unsafe.BitCast<T, short>(value) ^ short.MinValue);
        if (typeof(T) == typeof(sbyte)) return (byte)(Unsafe.BitCast<T, sbyte>(value) ^ sbyte.MinValue);
        if (typeof(T) == typeof(byte)) return Unsafe.BitCast<T, byte>(value);
        if (typeof(T) == typeof(bool)) return Unsafe.BitCast<T, byte>(value);
        if (typeof(T) == typeof(Half)) return OfSingle((float)Unsafe.BitCast<T, Half>(value));
        return OfSingle(Unsafe.BitCast<T, BFloat16>(value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of64<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(long)) return (ulong)Unsafe.BitCast<T, long>(value) ^ 1UL << 63;
        if (typeof(T) == typeof(double))
        {
            double x = Unsafe.BitCast<T, double>(value);
            if (double.IsNaN(x)) return ulong.MaxValue;
            long bits = BitConverter.DoubleToInt64Bits(x + 0.0);
            return (ulong)(bits ^ (bits >> 63 | long.MinValue));
        }
        return Of32(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint OfSingle(float x)
    {
        // Adding +0 turns −0 into +0.
        int bits = BitConverter.SingleToInt32Bits(x + 0f);
        return float.IsNaN(x) ? uint.MaxValue : (uint)(bits ^ (bits >> 31 | int.MinValue));
    }
}
