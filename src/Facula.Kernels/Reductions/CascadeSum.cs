using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Sums of dense runs, added in the order in which PyTorch adds them.</summary>
/// <remarks>
/// Note [Cascade sum]: PyTorch's sum of a dense row keeps four vectors of 32 bytes, adds the elements to them in turn, and moves what it has after
/// every 16 rounds one level up, after 16 of those another, so that the error grows slowly. Vectors left over go to the first of the four; then the
/// four are added, and last to the elements behind the vectors the lanes, one after the other. Rounding depends on that order: with the same one,
/// a mean or a loss prints the same digits.
/// </remarks>
public static unsafe class CascadeSum
{
    private const int LevelPower = 4, LevelStep = 1 << LevelPower;

    /// <summary>The longest run that is summed in one piece.</summary>
    public const long Longest = 1 << 17;

    /// <summary>Σ x over at most <see cref="Longest"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Of<T>(T* source, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T total;
        OfRows<T, T>(source, 0, 1, count, &total);
        return total;
    }

    /// <summary>Σ x over pairs of numbers, complex ones: the first and the second of each apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfPairs<T>(T* source, long pairs, T* total) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = 32 / sizeof(T);
        long vectors = 2 * pairs / lanes;
        T real = T.Zero, imaginary = T.Zero;
        for (long i = vectors * lanes; i < 2 * pairs; i += 2) (real, imaginary) = (real + source[i], imaginary + source[i + 1]);
        if (vectors > 0)
        {
            T* sums = stackalloc T[lanes];
            Vectors<T, T>(source, vectors).Store(sums);
            for (int lane = 0; lane < lanes; lane += 2) (real, imaginary) = (real + sums[lane], imaginary + sums[lane + 1]);
        }
        (total[0], total[1]) = (real, imaginary);
    }

    /// <summary>The most rows that <see cref="OfRows"/> takes.</summary>
    public const int MostRows = 8;

    /// <summary>Σ x over each of some rows of at most <see cref="Longest"/> elements, stored in this or a narrower type: what waits for one row's lanes is spent on the others'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfRows<TStored, T>(TStored* source, long stride, int rows, long count, T* totals)
        where TStored : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = 32 / sizeof(T);
        long vectors = count / lanes, dense = vectors * lanes;
        T* sums = stackalloc T[MostRows * 8];
        for (int row = 0; row < rows; row++, source += stride)
        {
            T total = T.Zero;
            for (long i = dense; i < count; i++) total += StoredLanes.One<TStored, T>(source + i);
            totals[row] = total;
            if (vectors > 0) Vectors<TStored, T>(source, vectors).Store(sums + row * lanes);
        }
        if (vectors == 0) return;
        for (int lane = 0; lane < lanes; lane++)
            for (int row = 0; row < rows; row++) totals[row] += sums[row * lanes + lane];
    }

    /// <summary>Σ x over rows of less than eight vectors, each in a lane of its own: vector i of 64 bytes holds element i of all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<T> OfLanes<T>(T* source, long count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = 64 / sizeof(T), lanes = 32 / sizeof(T), next = lanes * rows;
        long vectors = count / lanes, round = vectors & ~3L;
        Vector512<T> total = default;
        for (long i = vectors * lanes; i < count; i++) total += Vector512.Load(source + i * rows);
        if (vectors == 0) return total;
        for (int lane = 0; lane < lanes; lane++, source += rows)
        {
            // From zero, as the four vectors begin: it turns a negative zero positive.
            Vector512<T> sum = default;
            if (round > 0) sum += Vector512.Load(source);
            for (long v = round; v < vectors; v++) sum += Vector512.Load(source + v * next);
            if (round > 0) sum = sum + Vector512.Load(source + next) + Vector512.Load(source + 2 * next) + Vector512.Load(source + 3 * next);
            total += sum;
        }
        return total;
    }

    // Two vectors of 64 bytes stand for the four: what happens in a lane is the same.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<T> Vectors<TStored, T>(TStored* source, long vectors)
        where TStored : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = 64 / sizeof(T);
        long rounds = vectors / 4;
        Vector512<T> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        long i = 0;
        for (; i + LevelStep <= rounds;)
        {
            for (long end = i + LevelStep; i < end; i++, source += 2 * width)
            {
                a0 += StoredLanes.Load<TStored, T>(source);
                b0 += StoredLanes.Load<TStored, T>(source + width);
            }
            (a1, b1, a0, b0) = (a1 + a0, b1 + b0, default, default);
            if ((i & (LevelStep - 1) << LevelPower) != 0) continue;
            (a2, b2, a1, b1) = (a2 + a1, b2 + b1, default, default);
            if ((i & (LevelStep - 1) << 2 * LevelPower) != 0) continue;
            (a3, b3, a2, b2) = (a3 + a2, b3 + b2, default, default);
        }
        for (; i < rounds; i++, source += 2 * width)
        {
            a0 += StoredLanes.Load<TStored, T>(source);
            b0 += StoredLanes.Load<TStored, T>(source + width);
        }
        (a0, b0) = (a0 + a1, b0 + b1);
        (a0, b0) = (a0 + a2, b0 + b2);
        (a0, b0) = (a0 + a3, b0 + b3);
        Vector256<T> first = a0.GetLower();
        for (long v = rounds * 4; v < vectors; v++, source += width / 2) first += StoredLanes.LoadHalf<TStored, T>(source);
        return first + a0.GetUpper() + b0.GetLower() + b0.GetUpper();
    }
}
