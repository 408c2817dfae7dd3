using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// The first few of a line by a bound: the k-th best of the best of each lane, which k elements reach. The few elements that reach it are sorted.
public static unsafe partial class SelectKernels
{
    // Beyond so many elements the second pass costs more than a heap.
    private const long LongestTwice = 64 * 1024;
    private const int MostCandidates = 64;

    /// <summary>Writes the k best in order; says no where elements tie, or another way is better.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static bool TryFew<T>(T* source, Pair* chosen, long count, long k, ulong flip) where T : unmanaged
    {
        if (!HasBounds<T>() || k > Vector512<T>.Count || k == 0 || count < 8 * Vector512<T>.Count || count > LongestTwice) return false;
        ulong bound = Bound(source, count, k, flip, out T least);
        Pair* reached = stackalloc Pair[MostCandidates];
        int lanes = Vector512<T>.Count, found = 0;
        ulong all = ulong.MaxValue >> (64 - lanes);
        Vector512<T> limit = Vector512.Create(least);
        long i = 0;
        for (; i <= count - lanes; i += lanes)
        {
            // Not "worse" holds for NaN too, which is the largest.
            Vector512<T> x = Vector512.Load(source + i);
            ulong hits = ~(flip != 0 ? Vector512.LessThan(x, limit) : Vector512.GreaterThan(x, limit)).ExtractMostSignificantBits() & all;
            if (hits == 0) continue;
            if (found + BitOperations.PopCount(hits) > MostCandidates) return false;
            for (; hits != 0; hits &= hits - 1) found = Insert(reached, found, source, i + BitOperations.TrailingZeroCount(hits), flip);
        }
        for (; i < count; i++)
        {
            if ((OrderedKey.Of64(source[i]) ^ flip) > bound) continue;
            if (found == MostCandidates) return false;
            found = Insert(reached, found, source, i, flip);
        }
        if (found < k) return false;
        for (int j = 0; j < k; j++)
        {
            if (j + 1 < found && reached[j].Key == reached[j + 1].Key) return false;
            chosen[j] = reached[j];
        }
        return true;
    }

    // The types whose order the vectors' comparisons are.
    private static bool HasBounds<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(int) || typeof(T) == typeof(long);

    /// <summary>The key of an element that at least k elements reach, and the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bound<T>(T* source, long count, long k, ulong flip, out T least) where T : unmanaged
    {
        int lanes = Vector512<T>.Count;
        // A NaN in the first vector would stay: it is the worst there is instead.
        Vector512<T> first = Vector512.Create(Worst<T>(flip != 0)), second = first;
        long i = 0;
        for (; i <= count - 2 * lanes; i += 2 * lanes)
        {
            Vector512<T> x = Vector512.Load(source + i), y = Vector512.Load(source + i + lanes);
            (first, second) = flip != 0 ? (Vector512.MaxNative(x, first), Vector512.MaxNative(y, second)) : (Vector512.MinNative(x, first), Vector512.MinNative(y, second));
        }
        first = flip != 0 ? Vector512.MaxNative(second, first) : Vector512.MinNative(second, first);
        T* best = stackalloc T[64];
        ulong* keys = stackalloc ulong[64];
        first.Store(best);
        for (int j = 0; j < lanes; j++) keys[j] = OrderedKey.Of64(best[j]) ^ flip;
        int at = 0;
        for (long round = 0; round < k; round++)
        {
            at = 0;
            for (int j = 1; j < lanes; j++)
                if (keys[j] < keys[at]) at = j;
            if (round < k - 1) keys[at] = ulong.MaxValue;
        }
        least = best[at];
        return OrderedKey.Of64(least) ^ flip;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Worst<T>(bool largest)
    {
        if (typeof(T) == typeof(float)) return Unsafe.BitCast<float, T>(largest ? float.NegativeInfinity : float.PositiveInfinity);
        if (typeof(T) == typeof(double)) return Unsafe.BitCast<double, T>(largest ? double.NegativeInfinity : double.PositiveInfinity);
        if (typeof(T) == typeof(int)) return Unsafe.BitCast<int, T>(largest ? int.MinValue : int.MaxValue);
        return Unsafe.BitCast<long, T>(largest ? long.MinValue : long.MaxValue);
    }

    // Into the candidates, best first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Insert<T>(Pair* reached, int found, T* source, long place, ulong flip) where T : unmanaged
    {
        ulong key = OrderedKey.Of64(source[place]) ^ flip;
        int j = found;
        for (; j > 0 && key < reached[j - 1].Key; j--) reached[j] = reached[j - 1];
        reached[j] = new Pair { Key = key, Place = place };
        return found + 1;
    }
}
