using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Stable sorts of rows with their indices, by ordered keys. NaN counts as the largest.</summary>
public static unsafe class SortKernels
{
    // From here on a row is cut into buckets, and rows are fewer than threads may like below so many.
    private const long Long = 1 << 13, FewRows = 16;

    /// <summary>Sorts <paramref name="rows"/> rows of <paramref name="count"/> elements; indices receives the old places.</summary>
    public static void Rows<T>(T* source, T* values, long* indices, long rows, long count, bool descending) where T : unmanaged
    {
        if (rows == 0 || count == 0) return;
        var body = new RowsBody<T> { Source = source, Values = values, Indices = indices, Count = count, Rows = rows, Descending = descending };
        if (count >= Long && rows < FewRows)
        {
            // Each row is shared by the threads.
            body.PerChunk = rows;
            body.Run(0);
            return;
        }
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
            bool narrow = sizeof(T) <= 4 && Count <= int.MaxValue;
            using Scratch memory = Count >= Long ? default : narrow ? Scratch.Rent<NarrowEntry>(2 * Count) : Scratch.Rent<WideEntry>(2 * Count);
            for (long r = chunk * PerChunk; r < Math.Min(Rows, (chunk + 1) * PerChunk); r++)
            {
                T* source = Source + r * Count, values = Values + r * Count;
                long* indices = Indices + r * Count;
                // Keys start at 0, or where those of a long row do if that makes them fit 32 bits.
                ulong smallest = 0;
                if (narrow || (typeof(T) == typeof(long) && Count <= int.MaxValue && FitsNarrow((long*)source, out smallest)))
                    Row<T, NarrowEntry>(source, values, indices, smallest, memory.Pointer);
                else
                    Row<T, WideEntry>(source, values, indices, 0, memory.Pointer);
            }
        }

        private readonly bool FitsNarrow(long* source, out ulong smallest)
        {
            (long least, long most) = Range(source, Count);
            smallest = OrderedKey.Of64(Descending ? most : least) ^ (Descending ? ulong.MaxValue : 0);
            return (ulong)most - (ulong)least <= uint.MaxValue;
        }

        private readonly void Row<T2, TEntry>(T2* source, T2* values, long* indices, ulong smallest, void* memory)
            where T2 : unmanaged
            where TEntry : unmanaged, ISortEntry<TEntry>
        {
            ulong flip = !Descending ? 0 : sizeof(T2) <= 4 ? uint.MaxValue : ulong.MaxValue;
            if (Count >= Long)
            {
                new PartitionedSort<T2, TEntry>(source, values, indices, Count, flip, smallest).Run();
                return;
            }
            TEntry* entries = (TEntry*)memory;
            Pack(source, entries, Count, flip, smallest);
            Unpack(source, TEntry.Sort(entries, entries + Count, Count), values, indices, Count, flip, smallest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack<T, TEntry>(T* source, TEntry* entries, long count, ulong flip, ulong smallest)
        where T : unmanaged
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        long i = 0;
        if (SortLanes.Has<T, TEntry>())
            for (; i <= count - SortLanes.Count; i += SortLanes.Count) SortLanes.Pack(source + i, (ulong*)entries + i, i, flip, smallest);
        for (; i < count; i++) entries[i] = TEntry.Of((OrderedKey.Of64(source[i]) ^ flip) - smallest, i);
    }

    /// <summary>Writes values, got back from their keys where these tell them, and places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Unpack<T, TEntry>(T* source, TEntry* sorted, T* values, long* indices, long count, ulong flip, ulong smallest)
        where T : unmanaged
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        long i = 0;
        if (SortLanes.Has<T, TEntry>())
            for (; i <= count - SortLanes.Count; i += SortLanes.Count) SortLanes.Unpack(source, (ulong*)sorted + i, values + i, indices + i, flip, smallest);
        for (; i < count; i++)
        {
            TEntry entry = sorted[i];
            long place = indices[i] = entry.Place;
            values[i] = OrderedKey.Value((entry.Key + smallest) ^ flip, source, place);
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

    /// <summary>The number of a key; where it stands for several, the one at its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe T Value<T>(ulong key, T* source, long place) where T : unmanaged
    {
        if (typeof(T) == typeof(float) && (uint)key is not (0x80000000 or uint.MaxValue)) return Unsafe.BitCast<uint, T>((uint)key ^ ((uint)((int)~(uint)key >> 31) | 0x80000000));
        if (typeof(T) == typeof(double) && key is not (1UL << 63 or ulong.MaxValue)) return Unsafe.BitCast<ulong, T>(key ^ ((ulong)((long)~key >> 63) | 1UL << 63));
        if (typeof(T) == typeof(int)) return Unsafe.BitCast<uint, T>((uint)key ^ 0x80000000);
        if (typeof(T) == typeof(long)) return Unsafe.BitCast<ulong, T>(key ^ 1UL << 63);
        return source[place];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint OfSingle(float x)
    {
        // Adding +0 turns −0 into +0.
        int bits = BitConverter.SingleToInt32Bits(x + 0f);
        return float.IsNaN(x) ? uint.MaxValue : (uint)(bits ^ (bits >> 31 | int.MinValue));
    }
}
