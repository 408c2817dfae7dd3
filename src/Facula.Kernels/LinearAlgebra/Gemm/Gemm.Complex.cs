using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class Gemm
{
    // What is spread of a batch at a time stays in the second-level cache.
    private const long SpreadElements = 1 << 15, MostDots = 16, LongestDot = 1 << 16;

    /// <summary>The product in complex64; either factor may be conjugated.</summary>
    public static void Multiply(
        Complex64* a, long aRow, long aColumn, Complex64* b, long bRow, long bColumn, Complex64* c, long cRow, long m, long n, long k,
        Complex64 alpha, Complex64 beta, bool conjugateA = false, bool conjugateB = false) =>
        Scaled((float*)a, aRow, aColumn, conjugateA, (float*)b, bRow, bColumn, conjugateB, (float*)c, cRow, m, n, k, alpha.Real, alpha.Imaginary, beta.Real, beta.Imaginary);

    /// <summary>The product in complex128; either factor may be conjugated.</summary>
    public static void Multiply(
        Complex* a, long aRow, long aColumn, Complex* b, long bRow, long bColumn, Complex* c, long cRow, long m, long n, long k,
        Complex alpha, Complex beta, bool conjugateA = false, bool conjugateB = false) =>
        Scaled((double*)a, aRow, aColumn, conjugateA, (double*)b, bRow, bColumn, conjugateB, (double*)c, cRow, m, n, k, alpha.Real, alpha.Imaginary, beta.Real, beta.Imaginary);

    private static void Scaled<T>(
        T* a, long aRow, long aColumn, bool conjugateA, T* b, long bRow, long bColumn, bool conjugateB, T* c, long cRow, long m, long n, long k,
        T alphaReal, T alphaImaginary, T betaReal, T betaImaginary) where T : unmanaged, INumberBase<T>
    {
        if (T.IsZero(alphaImaginary) && T.IsZero(betaImaginary))
        {
            Interleaved(a, aRow, aColumn, conjugateA, b, bRow, bColumn, conjugateB, c, cRow, m, n, k, alphaReal, betaReal);
            return;
        }
        using var room = Scratch.Rent<T>(2 * m * n);
        T* product = (T*)room.Pointer;
        Interleaved(a, aRow, aColumn, conjugateA, b, bRow, bColumn, conjugateB, product, n, m, n, k, T.One, T.Zero);
        bool set = T.IsZero(betaReal) && T.IsZero(betaImaginary);
        for (long i = 0; i < m; i++, c += 2 * cRow)
        {
            for (long j = 0; j < 2 * n; j += 2)
            {
                T x = product[0] * alphaReal - product[1] * alphaImaginary, y = product[0] * alphaImaginary + product[1] * alphaReal;
                product += 2;
                (c[j], c[j + 1]) = set ? (x, y) : (x + c[j] * betaReal - c[j + 1] * betaImaginary, y + c[j] * betaImaginary + c[j + 1] * betaReal);
            }
        }
    }

    /// <summary>
    /// c = alpha·a·b + beta·c with real factors, as one real product: a as it lies is a real matrix of twice the columns, and b one in which
    /// each number x + iy has become (x, y) above (−y, x).
    /// </summary>
    internal static void Interleaved<T>(
        T* a, long aRow, long aColumn, bool conjugateA, T* b, long bRow, long bColumn, bool conjugateB, T* c, long cRow, long m, long n, long k, T alpha, T beta)
        where T : unmanaged, INumberBase<T>
    {
        if (m <= 0 || n <= 0)
            return;
        if (n == 1 && m <= MostDots && k <= LongestDot && aColumn == 1 && bRow == 1)
        {
            Dots(a, aRow, conjugateA, b, conjugateB, c, cRow, m, k, alpha, beta);
            return;
        }
        if (aColumn == 1)
        {
            InterleavedBatched(a, 0, aRow, conjugateA, b, 0, bRow, bColumn, conjugateB, c, 0, cRow, 1, m, n, k, alpha, beta);
            return;
        }
        using var room = Scratch.Rent<T>(2 * m * k);
        CopyRows(a, aRow, aColumn, m, k, (T*)room.Pointer);
        InterleavedBatched((T*)room.Pointer, 0, k, conjugateA, b, 0, bRow, bColumn, conjugateB, c, 0, cRow, 1, m, n, k, alpha, beta);
    }

    /// <summary>A few rows times a vector, for which nothing is copied.</summary>
    private static void Dots<T>(T* a, long aRow, bool conjugateA, T* b, bool conjugateB, T* c, long cRow, long m, long k, T alpha, T beta) where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < m; i++, a += 2 * aRow, c += 2 * cRow)
        {
            double real, imaginary;
            if (conjugateB && !conjugateA)
                ComplexLoops.Dot(b, a, (nint)k, true, out real, out imaginary);
            else
                ComplexLoops.Dot(a, b, (nint)k, conjugateA && !conjugateB, out real, out imaginary);
            T x = alpha * T.CreateTruncating(real), y = alpha * T.CreateTruncating(conjugateA && conjugateB ? -imaginary : imaginary);
            (c[0], c[1]) = T.IsZero(beta) ? (x, y) : (x + beta * c[0], y + beta * c[1]);
        }
    }

    /// <summary>The same for a batch; the rows of a are dense. A batch stride of zero repeats a factor.</summary>
    private static void InterleavedBatched<T>(
        T* a, long aBatch, long aRow, bool conjugateA, T* b, long bBatch, long bRow, long bColumn, bool conjugateB, T* c, long cBatch, long cRow,
        long batch, long m, long n, long k, T alpha, T beta)
        where T : unmanaged, INumberBase<T>
    {
        T signA = conjugateA ? -T.One : T.One, signB = conjugateB ? -T.One : T.One;
        // In the order in which b lies, so that a transpose stays one; a column is one line.
        bool turned = n == 1 || Math.Abs(bRow) < Math.Abs(bColumn);
        long size = 4 * n * k, group = bBatch == 0 ? batch : Math.Clamp(SpreadElements / Math.Max(1, size), 1, batch);
        using var room = Scratch.Rent<T>(bBatch == 0 ? size : group * size);
        T* spread = (T*)room.Pointer;
        for (long first = 0; first < batch; first += group)
        {
            long count = Math.Min(group, batch - first);
            for (long i = 0; i < (bBatch == 0 ? 1 : count); i++)
            {
                T* source = b + 2 * (first + i) * bBatch;
                if (turned)
                    Spread(source, bColumn, bRow, n, k, T.One, -signA * signB, signB, signA, spread + i * size);
                else
                    Spread(source, bRow, bColumn, k, n, T.One, signB, -signA * signB, signA, spread + i * size);
            }
            RealBatched(a + 2 * first * aBatch, 2 * aBatch, 2 * aRow, 1, spread, bBatch == 0 ? 0 : size, turned ? 1 : 2 * n, turned ? 2 * k : 1,
                c + 2 * first * cBatch, 2 * cBatch, 2 * cRow, count, m, 2 * n, 2 * k, alpha, beta, default);
        }
    }

    /// <summary>Each line of numbers x + iy as two: (p·x, q·y) and (r·y, s·x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<T>(T* source, long lineStride, long stride, long lines, long count, T p, T q, T r, T s, T* destination) where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<T>.Count;
        T* pairs = stackalloc T[2 * Vector512<T>.Count];
        for (int i = 0; i < lanes; i += 2)
            (pairs[i], pairs[i + 1], pairs[lanes + i], pairs[lanes + i + 1]) = (p, q, r, s);
        Vector512<T> straight = Vector512.Load(pairs), crossed = Vector512.Load(pairs + lanes);
        for (long line = 0; line < lines; line++, source += 2 * lineStride, destination += 4 * count)
        {
            T* first = destination, second = destination + 2 * count;
            long i = 0;
            for (; stride == 1 && i + lanes <= 2 * count; i += lanes)
            {
                Vector512<T> x = Vector512.Load(source + i);
                (x * straight).Store(first + i);
                (ComplexLoops.Exchange(x) * crossed).Store(second + i);
            }
            for (; i < 2 * count; i += 2)
            {
                T x = source[i * stride], y = source[i * stride + 1];
                (first[i], first[i + 1], second[i], second[i + 1]) = (p * x, q * y, r * y, s * x);
            }
        }
    }

    /// <summary>Rows of complex numbers side by side, some rows at a time where the numbers of a column do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<T>(T* source, long row, long column, long rows, long columns, T* destination) where T : unmanaged
    {
        if (row == 1 && sizeof(T) == sizeof(float))
        {
            // Two floats move as one number.
            GemmPacking<double>.Transpose((double*)source, (nint)column, (int)columns, (nint)rows, (int)columns, (double*)destination);
            return;
        }
        const long Group = 8;
        for (long first = 0; first < rows; first += Group)
        {
            long end = Math.Min(rows, first + Group);
            for (long j = 0; j < columns; j++)
            {
                for (long i = first; i < end; i++)
                {
                    T* from = source + 2 * (i * row + j * column), to = destination + 2 * (i * columns + j);
                    to[0] = from[0];
                    to[1] = from[1];
                }
            }
        }
    }
}
