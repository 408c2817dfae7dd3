using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>C = alpha·A·B + beta·C for all four element types, A and B with any strides and optionally conjugated.</summary>
internal static unsafe class MatrixProduct
{
    // Below this many steps the set-up of a real product costs more than it gives.
    private const double SmallWork = 8 * 8 * 8;

    /// <summary>The product of plain matrices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, double alpha, double beta)
        where T : unmanaged, INumberBase<T> =>
        Multiply(a, aRow, aColumn, false, b, bRow, bColumn, false, c, cRow, m, n, k, alpha, beta);

    /// <summary>The product of matrices, either of them conjugated on demand.</summary>
    public static void Multiply<T>(T* a, long aRow, long aColumn, bool conjugateA, T* b, long bRow, long bColumn, bool conjugateB, T* c, long cRow, long m, long n, long k, double alpha, double beta)
        where T : unmanaged, INumberBase<T>
    {
        if (m <= 0 || n <= 0)
            return;
        if (typeof(T) == typeof(float))
            Gemm.Multiply((float*)a, aRow, aColumn, (float*)b, bRow, bColumn, (float*)c, cRow, m, n, k, (float)alpha, (float)beta);
        else if (typeof(T) == typeof(double))
            Gemm.Multiply((double*)a, aRow, aColumn, (double*)b, bRow, bColumn, (double*)c, cRow, m, n, k, alpha, beta);
        else if ((double)m * n * k <= SmallWork)
            Small(a, aRow, aColumn, conjugateA, b, bRow, bColumn, conjugateB, c, cRow, m, n, k, alpha, beta);
        else if (typeof(T) == typeof(Complex64))
            Gemm.Interleaved((float*)a, aRow, aColumn, conjugateA, (float*)b, bRow, bColumn, conjugateB, (float*)c, cRow, m, n, k, (float)alpha, (float)beta);
        else
            Gemm.Interleaved((double*)a, aRow, aColumn, conjugateA, (double*)b, bRow, bColumn, conjugateB, (double*)c, cRow, m, n, k, alpha, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Small<T>(T* a, long aRow, long aColumn, bool conjugateA, T* b, long bRow, long bColumn, bool conjugateB, T* c, long cRow, long m, long n, long k, double alpha, double beta)
        where T : unmanaged, INumberBase<T>
    {
        T scale = Scalars.Create<T>(alpha), old = Scalars.Create<T>(beta);
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++)
            {
                T sum = T.Zero;
                for (long p = 0; p < k; p++)
                {
                    T left = a[i * aRow + p * aColumn], right = b[p * bRow + j * bColumn];
                    sum += (conjugateA ? Scalars.Conjugate(left) : left) * (conjugateB ? Scalars.Conjugate(right) : right);
                }

                T* target = c + i * cRow + j;
                *target = beta == 0 ? scale * sum : old * *target + scale * sum;
            }
        }
    }
}
