using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Ways between interleaved pairs in memory (complex numbers, neighbours in a row) and vectors of their first and second parts, and squares of vectors turned.</summary>
internal static unsafe partial class LaneMemory<T> where T : unmanaged
{
    /// <summary>Transforms side by side in a vector.</summary>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    /// <summary>Splits as many numbers as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(T* source, out Vector512<T> re, out Vector512<T> im)
    {
        if (!Avx512F.IsSupported && Avx2.IsSupported)
        {
            SplitHalf(source, out Vector256<T> re0, out Vector256<T> im0);
            SplitHalf(source + Lanes, out Vector256<T> re1, out Vector256<T> im1);
            re = Vector512.Create(re0, re1);
            im = Vector512.Create(im0, im1);
            return;
        }
        Vector512<T> low = Vector512.Load(source), high = Vector512.Load(source + Lanes);
        if (typeof(T) == typeof(float))
        {
            re = Pick(low, high, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30));
            im = Pick(low, high, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31));
        }
        else
        {
            re = Pick(low, high, Vector512.Create(0L, 2, 4, 6, 8, 10, 12, 14));
            im = Pick(low, high, Vector512.Create(1L, 3, 5, 7, 9, 11, 13, 15));
        }
    }

    /// <summary>Joins as many numbers as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(T* destination, Vector512<T> re, Vector512<T> im)
    {
        (Vector512<T> low, Vector512<T> high) = Interleave(re, im);
        low.Store(destination);
        high.Store(destination + Lanes);
    }

    /// <summary>even₀ odd₀ even₁ odd₁ …, elements of four or eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Low, Vector512<T> High) Interleave(Vector512<T> even, Vector512<T> odd)
    {
        if (!Avx512F.IsSupported && Avx2.IsSupported)
        {
            (Vector256<T> first, Vector256<T> second) = Interleave(even.GetLower(), odd.GetLower());
            (Vector256<T> third, Vector256<T> fourth) = Interleave(even.GetUpper(), odd.GetUpper());
            return (Vector512.Create(first, second), Vector512.Create(third, fourth));
        }
        return sizeof(T) == sizeof(float)
            ? (Pick(even, odd, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)),
                Pick(even, odd, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)))
            : (Pick(even, odd, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11)), Pick(even, odd, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15)));
    }

    /// <summary>Splits fewer numbers, by way of room for two vectors; the other lanes are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SplitPart(T* source, int count, T* buffer, out Vector512<T> re, out Vector512<T> im)
    {
        PartialLanes.Load(source, 2 * count).Store(buffer);
        PartialLanes.Load(source + Lanes, 2 * count - Lanes).Store(buffer + Lanes);
        Split(buffer, out re, out im);
    }

    /// <summary>Joins fewer numbers, by way of room for two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void JoinPart(T* destination, int count, T* buffer, Vector512<T> re, Vector512<T> im)
    {
        Join(buffer, re, im);
        PartialLanes.Store(Vector512.Load(buffer), destination, 2 * count);
        PartialLanes.Store(Vector512.Load(buffer + Lanes), destination + Lanes, 2 * count - Lanes);
    }

    /// <summary>Chooses elements of two vectors, counted through both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Pick(Vector512<T> first, Vector512<T> second, Vector512<int> indices)
    {
        if (Avx512F.IsSupported)
            return Avx512F.PermuteVar16x32x2(first.AsSingle(), indices, second.AsSingle()).As<float, T>();
        float* both = stackalloc float[32], result = stackalloc float[16];
        first.AsSingle().Store(both);
        second.AsSingle().Store(both + 16);
        for (int i = 0; i < 16; i++)
            result[i] = both[indices[i]];
        return Vector512.Load(result).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Pick(Vector512<T> first, Vector512<T> second, Vector512<long> indices)
    {
        if (Avx512F.IsSupported)
            return Avx512F.PermuteVar8x64x2(first.AsDouble(), indices, second.AsDouble()).As<double, T>();
        double* both = stackalloc double[16], result = stackalloc double[8];
        first.AsDouble().Store(both);
        second.AsDouble().Store(both + 8);
        for (int i = 0; i < 8; i++)
            result[i] = both[indices[i]];
        return Vector512.Load(result).As<double, T>();
    }

    /// <summary>Transposes a square of lanes × lanes elements, vector i at source + i·sourceStep, to vectors at destination + i·destinationStep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(T* source, nint sourceStep, T* destination, nint destinationStep) =>
        Transpose(source, 2 * sourceStep, sourceStep, destination, 2 * destinationStep, destinationStep);

    /// <summary>The same with vectors in pairs, as real and imaginary parts lie: 2i at source + i·sourcePair, 2i + 1 so far from there as the next number says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(T* source, nint sourcePair, nint sourceNext, T* destination, nint destinationPair, nint destinationNext)
    {
        if (!Avx2.IsSupported)
        {
            for (nint i = 0; i < Lanes; i++)
                for (nint j = 0; j < Lanes; j++)
                    destination[j / 2 * destinationPair + j % 2 * destinationNext + i] = source[i / 2 * sourcePair + i % 2 * sourceNext + j];
        }
        else if (!Avx512F.IsSupported)
        {
            TransposeHalves(source, sourcePair, sourceNext, destination, destinationPair, destinationNext);
        }
        else if (typeof(T) == typeof(float))
        {
            Transpose16((float*)source, sourcePair, sourceNext, (float*)destination, destinationPair, destinationNext);
        }
        else
        {
            Transpose8((double*)source, sourcePair, sourceNext, (double*)destination, destinationPair, destinationNext);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose8(double* x, nint xPair, nint xNext, double* y, nint yPair, nint yNext)
    {
        Vector512<long> evens = Vector512.Create(0L, 8, 2, 10, 4, 12, 6, 14), odds = Vector512.Create(1L, 9, 3, 11, 5, 13, 7, 15);
        Vector512<long> low = Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13), high = Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15);
        Vector512<long> left = Vector512.Create(0L, 1, 2, 3, 8, 9, 10, 11), right = Vector512.Create(4L, 5, 6, 7, 12, 13, 14, 15);
        double* x1 = x + xNext, y1 = y + yNext;
        Vector512<double> r0 = Vector512.Load(x), r1 = Vector512.Load(x1), r2 = Vector512.Load(x + xPair), r3 = Vector512.Load(x1 + xPair);
        Vector512<double> r4 = Vector512.Load(x + 2 * xPair), r5 = Vector512.Load(x1 + 2 * xPair), r6 = Vector512.Load(x + 3 * xPair), r7 = Vector512.Load(x1 + 3 * xPair);
        Vector512<double> a0 = Avx512F.PermuteVar8x64x2(r0, evens, r1), a1 = Avx512F.PermuteVar8x64x2(r0, odds, r1);
        Vector512<double> a2 = Avx512F.PermuteVar8x64x2(r2, evens, r3), a3 = Avx512F.PermuteVar8x64x2(r2, odds, r3);
        Vector512<double> a4 = Avx512F.PermuteVar8x64x2(r4, evens, r5), a5 = Avx512F.PermuteVar8x64x2(r4, odds, r5);
        Vector512<double> a6 = Avx512F.PermuteVar8x64x2(r6, evens, r7), a7 = Avx512F.PermuteVar8x64x2(r6, odds, r7);
        r0 = Avx512F.PermuteVar8x64x2(a0, low, a2);
        r2 = Avx512F.PermuteVar8x64x2(a0, high, a2);
        r1 = Avx512F.PermuteVar8x64x2(a1, low, a3);
        r3 = Avx512F.PermuteVar8x64x2(a1, high, a3);
        r4 = Avx512F.PermuteVar8x64x2(a4, low, a6);
        r6 = Avx512F.PermuteVar8x64x2(a4, high, a6);
        r5 = Avx512F.PermuteVar8x64x2(a5, low, a7);
        r7 = Avx512F.PermuteVar8x64x2(a5, high, a7);
        Avx512F.PermuteVar8x64x2(r0, left, r4).Store(y);
        Avx512F.PermuteVar8x64x2(r1, left, r5).Store(y1);
        Avx512F.PermuteVar8x64x2(r2, left, r6).Store(y + yPair);
        Avx512F.PermuteVar8x64x2(r3, left, r7).Store(y1 + yPair);
        Avx512F.PermuteVar8x64x2(r0, right, r4).Store(y + 2 * yPair);
        Avx512F.PermuteVar8x64x2(r1, right, r5).Store(y1 + 2 * yPair);
        Avx512F.PermuteVar8x64x2(r2, right, r6).Store(y + 3 * yPair);
        Avx512F.PermuteVar8x64x2(r3, right, r7).Store(y1 + 3 * yPair);
    }

    /// <summary>Four by four inside the vectors' quarters, then the quarters as a 4 × 4 matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose16(float* x, nint xPair, nint xNext, float* y, nint yPair, nint yNext)
    {
        nint four = 2 * xPair;
        for (int group = 0; group < 4; group++)
        {
            // Rows group, group + 4 … hold one quarter each of four results: load quarters crosswise, then transpose inside them.
            float* column = x + 4 * group, row = y + 2 * group * yPair;
            Vector512<float> r0 = Quarters(column, four), r1 = Quarters(column + xNext, four), r2 = Quarters(column + xPair, four), r3 = Quarters(column + xPair + xNext, four);
            Vector512<float> a0 = Avx512F.UnpackLow(r0, r1), a1 = Avx512F.UnpackHigh(r0, r1), a2 = Avx512F.UnpackLow(r2, r3), a3 = Avx512F.UnpackHigh(r2, r3);
            Avx512F.UnpackLow(a0.AsDouble(), a2.AsDouble()).AsSingle().Store(row);
            Avx512F.UnpackHigh(a0.AsDouble(), a2.AsDouble()).AsSingle().Store(row + yNext);
            Avx512F.UnpackLow(a1.AsDouble(), a3.AsDouble()).AsSingle().Store(row + yPair);
            Avx512F.UnpackHigh(a1.AsDouble(), a3.AsDouble()).AsSingle().Store(row + yPair + yNext);
        }
    }

    /// <summary>Four numbers each of rows 0, 4, 8 and 12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* x, nint four)
    {
        Vector256<float> low = Vector256.Create(Vector128.Load(x), Vector128.Load(x + four));
        Vector256<float> high = Vector256.Create(Vector128.Load(x + 2 * four), Vector128.Load(x + 3 * four));
        return Vector512.Create(low, high);
    }
}
