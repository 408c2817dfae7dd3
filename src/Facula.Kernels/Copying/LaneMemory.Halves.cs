using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Where vectors of 512 bits are pairs of halves; needs AVX2. See Note [Half vectors].
internal static unsafe partial class LaneMemory<T> where T : unmanaged
{
    /// <summary>Splits as many numbers as a half has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SplitHalf(T* source, out Vector256<T> re, out Vector256<T> im)
    {
        Vector256<T> low = Vector256.Load(source), high = Vector256.Load(source + Vector256<T>.Count);
        Vector256<double> evens, odds;
        if (sizeof(T) == sizeof(float))
        {
            evens = Avx.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).AsDouble();
            odds = Avx.Shuffle(low.AsSingle(), high.AsSingle(), 0b11_01_11_01).AsDouble();
        }
        else
        {
            evens = Avx.UnpackLow(low.AsDouble(), high.AsDouble());
            odds = Avx.UnpackHigh(low.AsDouble(), high.AsDouble());
        }
        re = Avx2.Permute4x64(evens, 0b11_01_10_00).As<double, T>();
        im = Avx2.Permute4x64(odds, 0b11_01_10_00).As<double, T>();
    }

    /// <summary>even₀ odd₀ even₁ odd₁ …, elements of four or eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<T> Low, Vector256<T> High) Interleave(Vector256<T> even, Vector256<T> odd)
    {
        (Vector256<double> low, Vector256<double> high) = sizeof(T) == sizeof(float)
            ? (Avx.UnpackLow(even.AsSingle(), odd.AsSingle()).AsDouble(), Avx.UnpackHigh(even.AsSingle(), odd.AsSingle()).AsDouble())
            : (Avx.UnpackLow(even.AsDouble(), odd.AsDouble()), Avx.UnpackHigh(even.AsDouble(), odd.AsDouble()));
        return (Avx.Permute2x128(low, high, 0x20).As<double, T>(), Avx.Permute2x128(low, high, 0x31).As<double, T>());
    }

    /// <summary>Stores even₀ odd₀ even₁ odd₁ …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void JoinHalf(T* destination, Vector256<T> even, Vector256<T> odd)
    {
        (Vector256<T> low, Vector256<T> high) = Interleave(even, odd);
        low.Store(destination);
        high.Store(destination + Vector256<T>.Count);
    }

    /// <summary>Squares of half the side, each transposed to the place across.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeHalves(T* x, nint xPair, nint xNext, T* y, nint yPair, nint yNext)
    {
        nint side = Vector256<T>.Count;
        for (nint row = 0; row < Lanes; row += side)
            for (nint column = 0; column < Lanes; column += side)
            {
                T* from = x + row / 2 * xPair + column, to = y + column / 2 * yPair + row;
                if (sizeof(T) == sizeof(float))
                {
                    Columns4((float*)from, xPair, xNext, (float*)to, yPair, yNext);
                    Columns4((float*)from + 4, xPair, xNext, (float*)to + 2 * yPair, yPair, yNext);
                }
                else
                {
                    Columns2((double*)from, xPair, xNext, (double*)to, yNext);
                    Columns2((double*)from + 2, xPair, xNext, (double*)to + yPair, yNext);
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns4(float* x, nint xPair, nint xNext, float* y, nint yPair, nint yNext)
    {
        float* lower = x + 2 * xPair;
        Vector256<float> r0 = GemmTranspose.Pair(x, lower), r1 = GemmTranspose.Pair(x + xNext, lower + xNext);
        x += xPair;
        lower += xPair;
        GemmTranspose.Store4(r0, r1, GemmTranspose.Pair(x, lower), GemmTranspose.Pair(x + xNext, lower + xNext), y, yNext, yPair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns2(double* x, nint xPair, nint xNext, double* y, nint yNext)
    {
        Vector256<double> even = GemmTranspose.Pair(x, x + xPair), odd = GemmTranspose.Pair(x + xNext, x + xNext + xPair);
        Avx.UnpackLow(even, odd).Store(y);
        Avx.UnpackHigh(even, odd).Store(y + yNext);
    }
}
