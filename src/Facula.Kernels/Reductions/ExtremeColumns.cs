using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Extreme elements of columns, with the first row that holds them; a NaN before all. Columns lie in lanes, and the row's number beside each in the elements' type.</summary>
internal static unsafe class ExtremeColumns
{
    private interface IBetter
    {
        /// <summary>Whether x is no better than the best, and neither is NaN.</summary>
        static abstract Vector512<T> NoBetter<T>(Vector512<T> x, Vector512<T> best);
        static abstract bool Test<T>(T x, T best) where T : unmanaged, INumber<T>;
    }

    private readonly struct Greater : IBetter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> NoBetter<T>(Vector512<T> x, Vector512<T> best) => Vector512.LessThanOrEqual(x, best);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Test<T>(T x, T best) where T : unmanaged, INumber<T> => x > best;
    }

    private readonly struct Less : IBetter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> NoBetter<T>(Vector512<T> x, Vector512<T> best) => Vector512.GreaterThanOrEqual(x, best);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Test<T>(T x, T best) where T : unmanaged, INumber<T> => x < best;
    }

    // The numbers that the type counts without a gap.
    private static long Countable<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? 1 << 24 : typeof(T) == typeof(double) ? 1L << 53 : sizeof(T) == 1 ? 127 : sizeof(T) == 2 ? short.MaxValue : int.MaxValue;

    /// <summary>Slices of count × inner elements, one after the other.</summary>
    public static void Run<T>(T* source, long slices, long count, long inner, bool largest, T* values, long* indices) where T : unmanaged, INumber<T>
    {
        if (largest) Run<Greater, T>(source, slices, count, inner, values, indices);
        else Run<Less, T>(source, slices, count, inner, values, indices);
    }

    private static void Run<TBetter, T>(T* source, long slices, long count, long inner, T* values, long* indices)
        where TBetter : struct, IBetter
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count;
        bool counts = count < Countable<T>();
        if (counts && inner < lanes && sizeof(T) >= 4 && slices > 1 && count * inner <= ShortRows.LongestSlice)
        {
            Tiles<TBetter, T>(source, slices, count, inner, values, indices);
            return;
        }
        for (long s = 0; s < slices; s++, source += count * inner, values += inner, indices += inner)
        {
            if (counts && inner >= lanes) Wide<TBetter, T>(source, count, inner, values, indices);
            else if (counts && 2 * inner <= lanes && count >= 4 * lanes) Narrow<TBetter, T>(source, count, inner, values, indices);
            else Single<TBetter, T>(source, count, inner, values, indices, 0);
        }
    }

    // Elements and rows so far, in lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TBetter, T>(Vector512<T> x, Vector512<T> number, ref Vector512<T> best, ref Vector512<T> place) where TBetter : struct, IBetter
    {
        Vector512<T> stays = TBetter.NoBetter(x, best) | ~Vector512.Equals(best, best);
        best = Vector512.ConditionalSelect(stays, best, x);
        place = Vector512.ConditionalSelect(stays, place, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<TBetter, T>(T* source, long count, long inner, T* values, long* indices)
        where TBetter : struct, IBetter
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count;
        T* places = stackalloc T[4 * lanes];
        Vector512<T> one = Vector512.Create(T.One);
        long j = 0;
        for (; j <= inner - 4 * lanes; j += 4 * lanes)
        {
            T* at = source + j;
            Vector512<T> a = Vector512.Load(at), b = Vector512.Load(at + lanes), c = Vector512.Load(at + 2 * lanes), d = Vector512.Load(at + 3 * lanes);
            Vector512<T> pa = default, pb = default, pc = default, pd = default, number = default;
            for (long i = 1; i < count; i++)
            {
                at += inner;
                number += one;
                Step<TBetter, T>(Vector512.Load(at), number, ref a, ref pa);
                Step<TBetter, T>(Vector512.Load(at + lanes), number, ref b, ref pb);
                Step<TBetter, T>(Vector512.Load(at + 2 * lanes), number, ref c, ref pc);
                Step<TBetter, T>(Vector512.Load(at + 3 * lanes), number, ref d, ref pd);
            }
            a.Store(values + j);
            b.Store(values + j + lanes);
            c.Store(values + j + 2 * lanes);
            d.Store(values + j + 3 * lanes);
            pa.Store(places);
            pb.Store(places + lanes);
            pc.Store(places + 2 * lanes);
            pd.Store(places + 3 * lanes);
            for (int k = 0; k < 4 * lanes; k++) indices[j + k] = long.CreateTruncating(places[k]);
        }
        // The last vector overlaps the one before.
        for (; j < inner; j += lanes)
        {
            long first = Math.Min(j, inner - lanes);
            T* at = source + first;
            Vector512<T> best = Vector512.Load(at), place = default, number = default;
            for (long i = 1; i < count; i++)
            {
                at += inner;
                number += one;
                Step<TBetter, T>(Vector512.Load(at), number, ref best, ref place);
            }
            best.Store(values + first);
            place.Store(places);
            for (int k = 0; k < lanes; k++) indices[first + k] = long.CreateTruncating(places[k]);
        }
    }

    // Several rows in one vector, whose bests are compared last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<TBetter, T>(T* source, long count, long inner, T* values, long* indices)
        where TBetter : struct, IBetter
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count;
        long several = lanes / inner, wide = several * inner, rounds = (count * inner - lanes) / wide + 1;
        T* bests = stackalloc T[lanes], places = stackalloc T[lanes];
        Vector512<T> best = Vector512.Load(source), place = default, number = default, one = Vector512.Create(T.One);
        T* at = source;
        for (long i = 1; i < rounds; i++)
        {
            at += wide;
            number += one;
            Step<TBetter, T>(Vector512.Load(at), number, ref best, ref place);
        }
        best.Store(bests);
        place.Store(places);
        for (long j = 0; j < inner; j++)
        {
            values[j] = bests[j];
            indices[j] = long.CreateTruncating(places[j]) * several;
            for (long k = 1; k < several; k++)
            {
                T x = bests[k * inner + j], held = values[j];
                long row = long.CreateTruncating(places[k * inner + j]) * several + k;
                bool equal = x == held || (T.IsNaN(x) && T.IsNaN(held));
                if (equal ? row > indices[j] : !TBetter.Test(x, held) && !(T.IsNaN(x) && !T.IsNaN(held))) continue;
                values[j] = x;
                indices[j] = row;
            }
        }
        Single<TBetter, T>(source, count, inner, values, indices, rounds * several);
    }

    // A slice in each lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TBetter, T>(T* source, long slices, long count, long inner, T* values, long* indices)
        where TBetter : struct, IBetter
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count;
        using Scratch room = Scratch.Rent<T>((count * inner + 2 * inner) * lanes);
        T* tile = (T*)room.Pointer, places = tile + count * inner * lanes, turned = places + inner * lanes;
        Vector512<T> one = Vector512.Create(T.One);
        for (long first = 0; first < slices; first += lanes)
        {
            int some = (int)Math.Min(lanes, slices - first);
            ShortRows.Turn(source + first * count * inner, count * inner, some, count * inner, tile);
            for (long j = 0; j < inner; j++)
            {
                T* at = tile + j * lanes;
                Vector512<T> best = Vector512.Load(at), place = default, number = default;
                for (long i = 1; i < count; i++)
                {
                    at += inner * lanes;
                    number += one;
                    Step<TBetter, T>(Vector512.Load(at), number, ref best, ref place);
                }
                best.Store(tile + j * lanes);
                place.Store(places + j * lanes);
            }
            ShortRows.TurnBack(tile, inner, some, values + first * inner, inner);
            ShortRows.TurnBack(places, inner, some, turned, inner);
            for (long k = 0; k < some * inner; k++) indices[first * inner + k] = long.CreateTruncating(turned[k]);
        }
    }

    // Rows from one on; the first begins.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Single<TBetter, T>(T* source, long count, long inner, T* values, long* indices, long from)
        where TBetter : struct, IBetter
        where T : unmanaged, INumber<T>
    {
        for (long j = 0; from == 0 && j < inner; j++)
        {
            values[j] = source[j];
            indices[j] = 0;
        }
        for (long i = Math.Max(1, from); i < count; i++)
        {
            T* row = source + i * inner;
            for (long j = 0; j < inner; j++)
            {
                T x = row[j], best = values[j];
                if (!TBetter.Test(x, best) && !(T.IsNaN(x) && !T.IsNaN(best))) continue;
                values[j] = x;
                indices[j] = i;
            }
        }
    }
}
