namespace Facula.Kernels;

/// <summary>
/// The order in which libstdc++'s chained hash set hands out its keys. PyTorch's unsorted <c>unique</c> is that order; it depends on nothing but
/// the keys, so programs may have come to rely on it.
/// </summary>
public static class HashOrder
{
    private static readonly int[] s_bucketCounts =
    [
        13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10273, 20753, 42043, 85229, 172933, 351061, 712697, 1447153, 2938679, 5967347, 12117689,
        24607243, 49969847, 101473717, 206062531, 418450853, 849764903, 1725587117,
    ];

    // A key in front of which nothing stands.
    private const int Front = 0;

    /// <summary>The numbers of different keys, given by their hashes in the order of insertion, as the set lists them.</summary>
    public static int[] Of(ReadOnlySpan<ulong> hashes)
    {
        // Key k is node k + 1; node 0 is the front of the list. before[b] is one more than the node in front of bucket b's first, or 0.
        var next = new int[hashes.Length + 1];
        int[] before = [];
        int size = -1;
        next[Front] = -1;
        for (int k = 0; k < hashes.Length; k++)
        {
            if (size < 0 || k + 1 > s_bucketCounts[size])
            {
                before = new int[s_bucketCounts[++size]];
                int node = next[Front];
                next[Front] = -1;
                while (node > 0)
                {
                    int following = next[node];
                    Insert(node, hashes, next, before);
                    node = following;
                }
            }
            Insert(k + 1, hashes, next, before);
        }
        var order = new int[hashes.Length];
        int at = 0;
        for (int node = next[Front]; node > 0; node = next[node]) order[at++] = node - 1;
        return order;
    }

    // At the head of its bucket; a new bucket goes to the front of the list.
    private static void Insert(int node, ReadOnlySpan<ulong> hashes, int[] next, int[] before)
    {
        ulong buckets = (ulong)before.Length;
        int bucket = (int)(hashes[node - 1] % buckets);
        if (before[bucket] > 0)
        {
            int previous = before[bucket] - 1;
            next[node] = next[previous];
            next[previous] = node;
            return;
        }
        next[node] = next[Front];
        next[Front] = node;
        if (next[node] > 0) before[(int)(hashes[next[node] - 1] % buckets)] = node + 1;
        before[bucket] = Front + 1;
    }

    /// <summary>libstdc++'s hash of a float or double: Murmur's over its bytes; zeros of both signs have 0.</summary>
    public static ulong Hash(double value, bool single)
    {
        const ulong multiplier = 0xc6a4a7935bd1e995, seed = 0xc70f6907;
        if (value == 0) return 0;
        ulong hash;
        if (single)
        {
            hash = seed ^ unchecked(4 * multiplier);
            hash = unchecked((hash ^ BitConverter.SingleToUInt32Bits((float)value)) * multiplier);
        }
        else
        {
            ulong data = unchecked(Mix(BitConverter.DoubleToUInt64Bits(value) * multiplier) * multiplier);
            hash = unchecked(((seed ^ unchecked(8 * multiplier)) ^ data) * multiplier);
        }
        return Mix(unchecked(Mix(hash) * multiplier));
    }

    private static ulong Mix(ulong value) => value ^ (value >> 47);
}
