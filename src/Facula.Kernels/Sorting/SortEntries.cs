using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A key and where its element stood, and the stable sort of such by key.</summary>
internal unsafe interface ISortEntry<TSelf> where TSelf : unmanaged
{
    ulong Key { get; }
    long Place { get; }

    static abstract TSelf Of(ulong key, long place);

    /// <summary>Sorts entries whose places ascend; the result is in one of the two buffers.</summary>
    static abstract TSelf* Sort(TSelf* entries, TSelf* other, long count);
}

/// <summary>Key and place in one word, 32 bits each: their order is that of the words.</summary>
internal readonly unsafe struct NarrowEntry : ISortEntry<NarrowEntry>
{
    // Up to here the rank of each word is counted.
    private const int Short = 64, KeyAt = 32;

    private readonly ulong _word;

    private NarrowEntry(ulong word) => _word = word;

    public ulong Key
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _word >> KeyAt;
    }

    public long Place
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)_word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowEntry Of(ulong key, long place) => new(key << KeyAt | (uint)place);

    /// <summary>By so many bits of the key that few neighbours are out of order afterwards, and those by insertion; where they are many, by all bits.</summary>
    public static NarrowEntry* Sort(NarrowEntry* entries, NarrowEntry* other, long count)
    {
        if (count <= Short)
            return (NarrowEntry*)SortShort((ulong*)entries, (ulong*)other, (int)count);
        ulong* words = DigitSort.Words((ulong*)entries, (ulong*)other, count, KeyAt, BitOperations.Log2((ulong)count) + 10);
        return (NarrowEntry*)(DigitSort.Insert(words, count) ? words
            : DigitSort.Words(words, words == (ulong*)entries ? (ulong*)other : (ulong*)entries, count, KeyAt));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong* SortShort(ulong* words, ulong* sorted, int count)
    {
        int lanes = Vector512<ulong>.Count, whole = count & -lanes;
        for (int i = 0; i < count; i++)
        {
            ulong word = words[i];
            Vector512<ulong> own = Vector512.Create(word);
            int rank = 0;
            for (int j = 0; j < whole; j += lanes)
                rank += BitOperations.PopCount(Vector512.LessThan(Vector512.Load(words + j), own).ExtractMostSignificantBits());
            for (int j = whole; j < count; j++)
                rank += words[j] < word ? 1 : 0;
            sorted[rank] = word;
        }

        return sorted;
    }
}

/// <summary>Key and place of 64 bits each.</summary>
internal unsafe struct WideEntry : ISortEntry<WideEntry>
{
    private const int PlaceBits = 16;

    public ulong Key { get; private init; }
    public long Place { get; private init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideEntry Of(ulong key, long place) => new() { Key = key, Place = place };

    /// <summary>
    /// By words of the leading bits that differ and a number within the list, sorted by so many bits that few remain equal; those are put in
    /// order by insertion. Where that takes long, all bits are sorted by.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WideEntry* Sort(WideEntry* entries, WideEntry* other, long count)
    {
        if (count > 1 << PlaceBits)
            return DigitSort.Pairs(entries, other, count);
        ulong least = ulong.MaxValue, most = 0;
        for (long i = 0; i < count; i++)
        {
            least = Math.Min(least, entries[i].Key);
            most = Math.Max(most, entries[i].Key);
        }

        int differing = 64 - BitOperations.LeadingZeroCount(most - least), drop = Math.Max(0, differing - (64 - PlaceBits)), kept = differing - drop;
        int wanted = Math.Min(kept, BitOperations.Log2((ulong)count) + 10);
        using Scratch memory = Scratch.Rent<ulong>(2 * count);
        ulong* words = (ulong*)memory.Pointer;
        for (long i = 0; i < count; i++)
            words[i] = (entries[i].Key - least) >> drop << PlaceBits | (ulong)i;
        words = DigitSort.Words(words, words + count, count, PlaceBits + kept - wanted);
        if (!Insert(words, count, entries))
            return DigitSort.Pairs(entries, other, count);
        for (long i = 0; i < count; i++)
            other[i] = entries[words[i] & ((1 << PlaceBits) - 1)];
        return other;
    }

    /// <summary>Finishes words that are nearly in order; false when they are not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Insert(ulong* words, long count, WideEntry* entries)
    {
        long budget = 8 * count;
        for (long i = 1; i < count; i++)
        {
            ulong word = words[i], prefix = word >> PlaceBits;
            if (words[i - 1] >> PlaceBits < prefix)
                continue;
            ulong key = entries[word & ((1 << PlaceBits) - 1)].Key;
            long j = i;
            for (; j > 0 && entries[words[j - 1] & ((1 << PlaceBits) - 1)].Key > key; j--)
                words[j] = words[j - 1];
            words[j] = word;
            budget -= i - j;
            if (budget < 0)
                return false;
        }

        return true;
    }
}
