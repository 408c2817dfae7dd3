using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Lines along memory, of floats or doubles: eight elements at a time, kept in double.
public static unsafe partial class ScanKernels
{
    private const long Segment = 32 * 1024;
    private const long LongLine = 2 * Segment;

    /// <summary>
    /// Running sums of long lines, by segments: what comes before a segment is the sum of the totals of those before it, however many threads there are.
    /// Several threads add up the totals first, each of some segments; one takes them on its way. Not for doubles, whose totals may overflow where no running sum does.
    /// </summary>
    private static void LongSums(float* source, float* destination, long outer, long extent)
    {
        long segments = (extent + Segment - 1) / Segment;
        bool whole = WorkerPool.Threads == 1 || outer >= WorkerPool.Threads;
        using Scratch room = Scratch.Rent<double>(whole ? 1 : outer * segments);
        var body = new SegmentsBody { Source = source, Destination = destination, Extent = extent, Segments = segments, Bases = (double*)room.Pointer, IsWhole = whole, IsTotals = !whole };
        if (!whole)
        {
            WorkerPool.Run((int)(outer * segments), ref body);
            for (long line = 0; line < outer; line++)
            {
                double before = 0;
                for (double* at = body.Bases + line * segments, end = at + segments; at < end; at++) (*at, before) = (before, before + *at);
            }
            body.IsTotals = false;
        }
        WorkerPool.Run((int)(whole ? outer : outer * segments), ref body);
    }

    private struct SegmentsBody : IParallelBody
    {
        public float* Source, Destination;
        public double* Bases;
        public long Extent, Segments;
        public bool IsWhole, IsTotals;

        public readonly void Run(int chunk)
        {
            if (IsWhole)
            {
                double before = 0;
                for (long start = 0; start < Extent; start += Segment)
                    before += Line<CombineAdd, float, double>(Source + chunk * Extent + start, Destination + chunk * Extent + start, Math.Min(Segment, Extent - start), before);
                return;
            }
            (long line, long segment) = Math.DivRem(chunk, Segments);
            long at = line * Extent + segment * Segment, count = Math.Min(Segment, Extent - segment * Segment);
            if (!IsTotals) Line<CombineAdd, float>(Source + at, Destination + at, count, Bases[chunk]);
            else if (segment < Segments - 1) Bases[chunk] = Total(Source + at, count);
        }
    }

    /// <summary>The sum of a segment, added as a line adds its total.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Total(float* from, long count)
    {
        double total = 0;
        long k = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<double> even = default, odd = default;
            for (; k <= count - 16; k += 16)
            {
                even += Doubles(from + k);
                odd += Doubles(from + k + 8);
            }
            total = Vector512.Sum(even + odd);
        }
        else if (Avx2.IsSupported)
        {
            Vector256<double> even = default, odd = default;
            for (; k <= count - 8; k += 8)
            {
                even += HalfDoubles(from + k);
                odd += HalfDoubles(from + k + 4);
            }
            total = Vector256.Sum(even + odd);
        }
        for (; k < count; k++) total += from[k];
        return total;
    }

    /// <summary>A running fold from a start on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line<TOp, T>(T* from, T* to, long count, double start)
        where TOp : struct, ICombine
        where T : unmanaged => Line<TOp, T, bool>(from, to, count, start);

    /// <summary>The same; answers the total of the elements without the start if TTotal is double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Line<TOp, T, TTotal>(T* from, T* to, long count, double start)
        where TOp : struct, ICombine
        where T : unmanaged
    {
        double running = start, total = 0;
        long k = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<double> carry = Vector512.Create(start), even = default, odd = default;
            for (; k <= count - 8; k += 8)
            {
                if (sizeof(T) == 8 || (k & 8) == 0) Sse.Prefetch0((byte*)(to + k) + WideStore.Ahead);
                Vector512<double> x = Doubles(from + k);
                if (typeof(TTotal) == typeof(double)) (even, odd) = (odd, even + x);
                // The carry waits for one operation a vector only: what it becomes is the last lane's result all the same.
                x = Prefixes<TOp>(x);
                Store(Combine<TOp>(x, carry), to + k);
                carry = Combine<TOp>(Avx512F.PermuteVar8x64(x, Vector512.Create(7L)), carry);
            }
            if (k < count && typeof(T) == typeof(float))
            {
                // What is left goes through a vector of which some lanes neither read nor write.
                Vector256<float> some = Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((int)(count - k))).AsSingle();
                Vector256<float> rest = Avx.MaskLoad((float*)(from + k), some);
                if (typeof(TOp) == typeof(CombineMultiply)) rest = Vector256.ConditionalSelect(some, rest, Vector256<float>.One);
                Avx.MaskStore((float*)(to + k), some, Avx512F.ConvertToVector256Single(Combine<TOp>(Prefixes<TOp>(Avx512F.ConvertToVector512Double(rest)), carry)));
                k = count;
            }
            running = carry.ToScalar();
            if (typeof(TTotal) == typeof(double)) total = Vector512.Sum(even + odd);
        }
        else if (Avx2.IsSupported)
        {
            Vector256<double> carry = Vector256.Create(start), even = default, odd = default;
            for (; k <= count - 4; k += 4)
            {
                Vector256<double> x = HalfDoubles(from + k);
                if (typeof(TTotal) == typeof(double)) (even, odd) = (odd, even + x);
                x = HalfPrefixes<TOp>(x);
                Store(HalfCombine<TOp>(x, carry), to + k);
                carry = HalfCombine<TOp>(Avx2.Permute4x64(x, 0b11_11_11_11), carry);
            }
            running = carry.ToScalar();
            if (typeof(TTotal) == typeof(double)) total = Vector256.Sum(even + odd);
        }
        for (; k < count; k++)
        {
            double x = Double(from + k);
            total += x;
            running = TOp.Invoke(running, x);
            if (typeof(T) == typeof(float)) *(float*)(to + k) = (float)running;
            else *(double*)(to + k) = running;
        }
        return total;
    }

    /// <summary>Running sums of integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WholeLine(long* from, long* to, long count)
    {
        long k = 0, running = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<long> carry = default;
            for (; k <= count - 8; k += 8)
            {
                Vector512<long> x = Vector512.Load(from + k);
                x += Avx512F.AlignRight64(x, default, 7);
                x += Avx512F.AlignRight64(x, default, 6);
                x += Avx512F.AlignRight64(x, default, 4);
                (x + carry).Store(to + k);
                carry += Avx512F.PermuteVar8x64(x, Vector512.Create(7L));
            }
            running = carry.ToScalar();
        }
        else if (Avx2.IsSupported)
        {
            Vector256<long> carry = default;
            for (; k <= count - 4; k += 4)
            {
                Vector256<long> x = Vector256.Load(from + k);
                x += Shifted1(x, default);
                x += Shifted2(x, default);
                (x + carry).Store(to + k);
                carry += Avx2.Permute4x64(x, 0b11_11_11_11);
            }
            running = carry.ToScalar();
        }
        for (; k < count; k++) to[k] = running += from[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Double<T>(T* source) where T : unmanaged => typeof(T) == typeof(float) ? *(float*)source : *(double*)source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Doubles<T>(T* source) where T : unmanaged =>
        typeof(T) == typeof(float) ? Avx512F.ConvertToVector512Double(Vector256.Load((float*)source)) : Vector512.Load((double*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<double> x, T* destination) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) Avx512F.ConvertToVector256Single(x).Store((float*)destination);
        else x.Store((double*)destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Neutral<TOp>() => typeof(TOp) == typeof(CombineMultiply) ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Combine<TOp>(Vector512<double> left, Vector512<double> right) => typeof(TOp) == typeof(CombineMultiply) ? left * right : left + right;

    /// <summary>The fold of each element with those before it in the vector: shifted copies are combined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Prefixes<TOp>(Vector512<double> x)
    {
        Vector512<long> neutral = Vector512.Create(Neutral<TOp>()).AsInt64();
        x = Combine<TOp>(x, Avx512F.AlignRight64(x.AsInt64(), neutral, 7).AsDouble());
        x = Combine<TOp>(x, Avx512F.AlignRight64(x.AsInt64(), neutral, 6).AsDouble());
        return Combine<TOp>(x, Avx512F.AlignRight64(x.AsInt64(), neutral, 4).AsDouble());
    }

    // The same with four elements at a time, where there is no AVX-512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> HalfDoubles<T>(T* source) where T : unmanaged =>
        typeof(T) == typeof(float) ? Avx.ConvertToVector256Double(Vector128.Load((float*)source)) : Vector256.Load((double*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector256<double> x, T* destination) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) Avx.ConvertToVector128Single(x).Store((float*)destination);
        else x.Store((double*)destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> HalfCombine<TOp>(Vector256<double> left, Vector256<double> right) => typeof(TOp) == typeof(CombineMultiply) ? left * right : left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> HalfPrefixes<TOp>(Vector256<double> x)
    {
        Vector256<long> neutral = Vector256.Create(Neutral<TOp>()).AsInt64();
        x = HalfCombine<TOp>(x, Shifted1(x.AsInt64(), neutral).AsDouble());
        return HalfCombine<TOp>(x, Shifted2(x.AsInt64(), neutral).AsDouble());
    }

    /// <summary>The lanes moved up by one, with what is neutral before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Shifted1(Vector256<long> x, Vector256<long> neutral) => Avx2.Blend(Avx2.Permute4x64(x, 0b10_01_00_00).AsInt32(), neutral.AsInt32(), 0b0000_0011).AsInt64();

    /// <summary>The lanes moved up by two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Shifted2(Vector256<long> x, Vector256<long> neutral) => Avx2.Blend(Avx2.Permute4x64(x, 0b01_00_00_00).AsInt32(), neutral.AsInt32(), 0b0000_1111).AsInt64();
}
