using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>One element of each row by its rank, without sorting: digits of ordered keys are counted, and only the keys of one digit looked at again.</summary>
public static unsafe class RankKernels
{
    private const int DigitBits = 11;
    // Below this exchanging is quicker than counting.
    private const long Few = 384;

    /// <summary>The median of each row (of two middle elements the smaller) and its place as a stable sort would give it. NaN wins unless ignored.</summary>
    public static void Median<T>(T* source, T* values, long* indices, long rows, long count, bool ignoreNaN) where T : unmanaged
    {
        var body = new MedianBody<T> { Source = source, Values = values, Indices = indices, Rows = rows, PerChunk = RowsPerChunk(count), Count = count, IgnoreNaN = ignoreNaN };
        WorkerPool.Run((int)((rows + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    /// <summary>How many rows make a chunk for the worker pool.</summary>
    internal static long RowsPerChunk(long count) => Math.Max(1, 16384 / Math.Max(1, count));

    private struct MedianBody<T> : IParallelBody where T : unmanaged
    {
        public T* Source, Values;
        public long* Indices;
        public long Rows, PerChunk, Count;
        public bool IgnoreNaN;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            using Scratch scratch = Scratch.Rent<ulong>(Count);
            for (long row = chunk * PerChunk; row < Math.Min(Rows, (chunk + 1) * PerChunk); row++)
            {
                T* source = Source + row * Count;
                long place = sizeof(T) <= 4 ? Place(source, (uint*)scratch.Pointer) : Place(source, (ulong*)scratch.Pointer);
                Indices[row] = place;
                Values[row] = source[place];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly long Place<TKey>(T* source, TKey* keys) where TKey : unmanaged, IBinaryInteger<TKey>, IMinMaxValue<TKey>
        {
            long undefined = Fill(source, keys, Count), defined = Count - undefined;
            long rank = undefined == 0 || IgnoreNaN ? Math.Max(0, defined - 1) / 2 : defined;
            TKey key = Select(keys, Count, rank, out long below, out _);
            return Occurrence(source, Count, key, rank - below);
        }
    }

    /// <summary>The place of the element of rank <paramref name="rank"/> (from 0) in a row, or −1 where another element equals it.</summary>
    internal static long PlaceIfUnique<T>(T* source, long count, long rank) where T : unmanaged =>
        sizeof(T) <= 4 ? PlaceIfUnique<T, uint>(source, count, rank) : PlaceIfUnique<T, ulong>(source, count, rank);

    private static long PlaceIfUnique<T, TKey>(T* source, long count, long rank) where T : unmanaged where TKey : unmanaged, IBinaryInteger<TKey>, IMinMaxValue<TKey>
    {
        using Scratch scratch = Scratch.Rent<TKey>(count);
        TKey* keys = (TKey*)scratch.Pointer;
        Fill(source, keys, count);
        TKey key = Select(keys, count, rank, out _, out long equal);
        return equal == 1 ? Occurrence(source, count, key, 0) : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TKey KeyOf<T, TKey>(T value) where T : unmanaged where TKey : unmanaged =>
        typeof(TKey) == typeof(uint) ? Unsafe.BitCast<uint, TKey>(OrderedKey.Of32(value)) : Unsafe.BitCast<ulong, TKey>(OrderedKey.Of64(value));

    /// <summary>Writes the keys and counts the NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Fill<T, TKey>(T* source, TKey* keys, long count) where T : unmanaged where TKey : unmanaged, IBinaryInteger<TKey>, IMinMaxValue<TKey>
    {
        bool floating = typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16);
        long undefined = 0;
        for (long i = 0; i < count; i++)
        {
            TKey key = KeyOf<T, TKey>(source[i]);
            keys[i] = key;
            if (floating)
                undefined += key == TKey.MaxValue ? 1 : 0;
        }

        return undefined;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Occurrence<T, TKey>(T* source, long count, TKey key, long skip) where T : unmanaged where TKey : unmanaged, IBinaryInteger<TKey>
    {
        for (long i = 0; i < count; i++)
            if (KeyOf<T, TKey>(source[i]) == key && skip-- == 0)
                return i;
        return 0;
    }

    /// <summary>The key of a rank; the order of the keys is lost. Also how many keys are below it and how many equal it.</summary>
    // The counts are cleared before each use.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TKey Select<TKey>(TKey* keys, long count, long rank, out long below, out long equal) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        long before = 0;
        int* counts = stackalloc int[1 << DigitBits];
        // Above the highest bit in which keys differ there is nothing to count.
        TKey all = ~TKey.Zero, any = TKey.Zero;
        for (long i = 0; i < count; i++)
        {
            all &= keys[i];
            any |= keys[i];
        }

        int bits = 8 * sizeof(TKey) - int.CreateTruncating(TKey.LeadingZeroCount(all ^ any));
        for (int shift = Math.Max(0, bits - DigitBits); count > Few; shift = Math.Max(0, shift - DigitBits))
        {
            new Span<int>(counts, 1 << DigitBits).Clear();
            for (long i = 0; i < count; i++) counts[Digit(keys[i], shift)]++;
            int digit = 0;
            for (; rank - before >= counts[digit]; digit++) before += counts[digit];
            long left = 0;
            for (long i = 0; i < count; i++)
            {
                TKey key = keys[i];
                keys[left] = key;
                left += Digit(key, shift) == digit ? 1 : 0;
            }

            count = left;
            if (shift == 0) break;
        }

        TKey found = Exchange(keys, count, rank - before);
        equal = 0;
        for (long i = 0; i < count; i++)
        {
            before += keys[i] < found ? 1 : 0;
            equal += keys[i] == found ? 1 : 0;
        }

        below = before;
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digit<TKey>(TKey key, int shift) where TKey : unmanaged, IBinaryInteger<TKey> =>
        typeof(TKey) == typeof(uint) ? (int)(Unsafe.BitCast<TKey, uint>(key) >> shift) & ((1 << DigitBits) - 1) : (int)(Unsafe.BitCast<TKey, ulong>(key) >> shift) & ((1 << DigitBits) - 1);

    /// <summary>Hoare's selection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TKey Exchange<TKey>(TKey* keys, long count, long rank) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        long low = 0, high = count - 1;
        while (low < high)
        {
            TKey a = keys[low], b = keys[(low + high) >> 1], c = keys[high], pivot = TKey.Max(TKey.Min(a, b), TKey.Min(TKey.Max(a, b), c));
            long i = low, j = high;
            while (i <= j)
            {
                while (keys[i] < pivot) i++;
                while (keys[j] > pivot) j--;
                if (i > j) break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                i++;
                j--;
            }

            if (rank <= j) high = j;
            else if (rank >= i) low = i;
            else break;
        }

        return keys[rank];
    }

    /// <summary>The most frequent element of each row (of several the smallest) and the last place where it stands.</summary>
    public static void Mode<T>(T* source, T* values, long* indices, long rows, long count) where T : unmanaged
    {
        using Scratch scratch = Scratch.Rent<T>(count), places = Scratch.Rent<long>(count);
        T* sorted = (T*)scratch.Pointer;
        for (long row = 0; row < rows; row++)
        {
            SortKernels.Rows(source + row * count, sorted, (long*)places.Pointer, 1, count, false);
            long best = MostFrequent(sorted, count);
            values[row] = sorted[best];
            indices[row] = ((long*)places.Pointer)[best];
        }
    }

    /// <summary>Where the longest run of equal elements ends; NaN equals nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long MostFrequent<T>(T* sorted, long count) where T : unmanaged
    {
        bool floating = typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16);
        ulong undefined = sizeof(T) == 8 ? ulong.MaxValue : uint.MaxValue, previous = undefined;
        long best = 0, bestRun = 1, start = 0;
        for (long i = 0; i < count; i++)
        {
            ulong key = OrderedKey.Of64(sorted[i]);
            if (i == 0 || key != previous || (floating && key == undefined)) start = i;
            previous = key;
            if (i - start >= bestRun)
            {
                bestRun = i - start + 1;
                best = i;
            }
        }

        return best;
    }
}
