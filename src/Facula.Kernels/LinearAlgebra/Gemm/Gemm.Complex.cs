using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

public static unsafe partial class Gemm
{
    /// <summary>The product in complex64; either factor may be conjugated.</summary>
    public static void Multiply(
        Complex64* a, long aRow, long aColumn, Complex64* b, long bRow, long bColumn, Complex64* c, long cRow, long m, long n, long k,
        Complex64 alpha, Complex64 beta, bool conjugateA = false, bool conjugateB = false) =>
        Split((float*)a, aRow, aColumn, conjugateA, (float*)b, bRow, bColumn, conjugateB, (float*)c, cRow, m, n, k, alpha.Real, alpha.Imaginary, beta.Real, beta.Imaginary);

    /// <summary>The product in complex128; either factor may be conjugated.</summary>
    public static void Multiply(
        Complex* a, long aRow, long aColumn, Complex* b, long bRow, long bColumn, Complex* c, long cRow, long m, long n, long k,
        Complex alpha, Complex beta, bool conjugateA = false, bool conjugateB = false) =>
        Split((double*)a, aRow, aColumn, conjugateA, (double*)b, bRow, bColumn, conjugateB, (double*)c, cRow, m, n, k, alpha.Real, alpha.Imaginary, beta.Real, beta.Imaginary);

    /// <summary>Four real products of the split parts; three would do, but are accurate only in norm.</summary>
    private static void Split<T>(
        T* a, long aRow, long aColumn, bool conjugateA, T* b, long bRow, long bColumn, bool conjugateB, T* c, long cRow, long m, long n, long k,
        T alphaReal, T alphaImaginary, T betaReal, T betaImaginary) where T : unmanaged, INumberBase<T>
    {
        if (m <= 0 || n <= 0)
            return;
        long sizeA = m * k, sizeB = k * n, sizeC = m * n;
        using var room = Scratch.Rent<T>(2 * (sizeA + sizeB + sizeC));
        T* splitA = (T*)room.Pointer, splitB = splitA + 2 * sizeA, splitC = splitB + 2 * sizeB;
        var (splitARow, splitAColumn) = SplitParts(a, aRow, aColumn, splitA, m, k, conjugateA);
        var (splitBRow, splitBColumn) = SplitParts(b, bRow, bColumn, splitB, k, n, conjugateB);

        T* imaginaryA = splitA + sizeA, imaginaryB = splitB + sizeB, imaginaryC = splitC + sizeC;
        Real(splitA, splitARow, splitAColumn, splitB, splitBRow, splitBColumn, splitC, n, m, n, k, T.One, T.Zero, default);
        Real(imaginaryA, splitARow, splitAColumn, imaginaryB, splitBRow, splitBColumn, splitC, n, m, n, k, -T.One, T.One, default);
        Real(splitA, splitARow, splitAColumn, imaginaryB, splitBRow, splitBColumn, imaginaryC, n, m, n, k, T.One, T.Zero, default);
        Real(imaginaryA, splitARow, splitAColumn, splitB, splitBRow, splitBColumn, imaginaryC, n, m, n, k, T.One, T.One, default);
        Join(splitC, imaginaryC, c, cRow, m, n, alphaReal, alphaImaginary, betaReal, betaImaginary);
    }

    /// <summary>Splits in the source's own order, so that a transpose stays one; the imaginary parts follow the real ones.</summary>
    private static (long Row, long Column) SplitParts<T>(T* source, long row, long column, T* destination, long rows, long columns, bool conjugate)
        where T : unmanaged, INumberBase<T>
    {
        if (Math.Abs(row) >= Math.Abs(column))
        {
            SplitRows(source, row, column, destination, rows, columns, conjugate);
            return (columns, 1);
        }
        SplitRows(source, column, row, destination, columns, rows, conjugate);
        return (1, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SplitRows<T>(T* source, long row, long column, T* real, long rows, long columns, bool conjugate) where T : unmanaged, INumberBase<T>
    {
        T* imaginary = real + rows * columns;
        for (long i = 0; i < rows; i++, source += 2 * row)
        {
            T* from = source;
            for (long j = 0; j < columns; j++, from += 2 * column)
            {
                *real++ = from[0];
                *imaginary++ = conjugate ? -from[1] : from[1];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join<T>(T* real, T* imaginary, T* destination, long row, long rows, long columns, T alphaReal, T alphaImaginary, T betaReal, T betaImaginary)
        where T : unmanaged, INumberBase<T>
    {
        bool plain = alphaReal == T.One && T.IsZero(alphaImaginary), set = T.IsZero(betaReal) && T.IsZero(betaImaginary);
        bool add = betaReal == T.One && T.IsZero(betaImaginary);
        for (long i = 0; i < rows; i++, destination += 2 * row)
        {
            for (long j = 0; j < columns; j++)
            {
                T x = *real++, y = *imaginary++;
                // Multiplying by 1 + 0i would turn an infinite part into NaN in the other.
                if (!plain)
                    (x, y) = (x * alphaReal - y * alphaImaginary, x * alphaImaginary + y * alphaReal);
                T* to = destination + 2 * j;
                if (add)
                {
                    x += to[0];
                    y += to[1];
                }
                else if (!set)
                {
                    x += to[0] * betaReal - to[1] * betaImaginary;
                    y += to[0] * betaImaginary + to[1] * betaReal;
                }
                to[0] = x;
                to[1] = y;
            }
        }
    }
}
