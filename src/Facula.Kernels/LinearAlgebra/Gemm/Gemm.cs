using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Matrix products over raw memory: C = alpha·A·B + beta·C.</summary>
/// <remarks>
/// A is m × k, B is k × n, C is m × n. Strides are in elements, any values for A and B (0 and negative ones too), so that a transpose is
/// only another pair of strides; C has unit column stride. With beta = 0 the old C is not read. NaN and infinity propagate: no zero is skipped.
/// Results do not depend on the number of threads. C must not overlap A or B.
/// </remarks>
public static unsafe partial class Gemm
{
    /// <summary>The product in float32.</summary>
    public static void Multiply(float* a, long aRow, long aColumn, float* b, long bRow, long bColumn, float* c, long cRow, long m, long n, long k, float alpha = 1, float beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in float32, finished by biases and an activation.</summary>
    public static void Multiply(float* a, long aRow, long aColumn, float* b, long bRow, long bColumn, float* c, long cRow, long m, long n, long k, float alpha, float beta, GemmEpilogue<float> epilogue) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, epilogue);

    /// <summary>The product in float64.</summary>
    public static void Multiply(double* a, long aRow, long aColumn, double* b, long bRow, long bColumn, double* c, long cRow, long m, long n, long k, double alpha = 1, double beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in float64, finished by biases and an activation.</summary>
    public static void Multiply(double* a, long aRow, long aColumn, double* b, long bRow, long bColumn, double* c, long cRow, long m, long n, long k, double alpha, double beta, GemmEpilogue<double> epilogue) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, epilogue);

    /// <summary>The product in any type whose vectors multiply and add directly: float, double and the integers, which wrap around.</summary>
    private static void Real<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, T alpha, T beta, in GemmEpilogue<T> epilogue)
        where T : unmanaged, INumberBase<T>
    {
        if (m <= 0 || n <= 0)
            return;
        if (m <= TinySide && n <= TinySide && k <= TinySide && m * n * k <= TinyWork)
        {
            Tiny(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, epilogue);
            return;
        }
        Run(new GemmProblem<T>
        {
            A = a, ARow = (nint)aRow, AColumn = (nint)aColumn,
            B = b, BRow = (nint)bRow, BColumn = (nint)bColumn,
            C = c, CRow = (nint)cRow,
            M = (nint)m, N = (nint)n, K = (nint)k,
            Alpha = alpha, Beta = beta, Epilogue = epilogue,
        });
    }

    // Up to here three loops end before a plan is made.
    private const long TinySide = 64, TinyWork = 128;

    /// <summary>The product element by element, the same chains of multiply-adds as those of the tiles.</summary>
    private static void Tiny<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, T alpha, T beta, in GemmEpilogue<T> epilogue)
        where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < m; i++)
        {
            T* row = a + i * aRow, to = c + i * cRow;
            long j = 0;
            // Four chains at a time: one alone waits for each of its own steps.
            for (; j <= n - 4; j += 4)
            {
                T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
                T* x = row, y = b + j * bColumn;
                for (long step = 0; step < k; step++, x += aColumn, y += bRow)
                {
                    s0 = T.MultiplyAddEstimate(*x, *y, s0);
                    s1 = T.MultiplyAddEstimate(*x, y[bColumn], s1);
                    s2 = T.MultiplyAddEstimate(*x, y[2 * bColumn], s2);
                    s3 = T.MultiplyAddEstimate(*x, y[3 * bColumn], s3);
                }
                to[j] = Finished(s0, to[j], i, j, alpha, beta, epilogue);
                to[j + 1] = Finished(s1, to[j + 1], i, j + 1, alpha, beta, epilogue);
                to[j + 2] = Finished(s2, to[j + 2], i, j + 2, alpha, beta, epilogue);
                to[j + 3] = Finished(s3, to[j + 3], i, j + 3, alpha, beta, epilogue);
            }
            for (; j < n; j++)
            {
                T sum = T.Zero;
                T* x = row, y = b + j * bColumn;
                for (long step = 0; step < k; step++, x += aColumn, y += bRow) sum = T.MultiplyAddEstimate(*x, *y, sum);
                to[j] = Finished(sum, to[j], i, j, alpha, beta, epilogue);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Finished<T>(T sum, T before, long i, long j, T alpha, T beta, in GemmEpilogue<T> epilogue)
        where T : unmanaged, INumberBase<T>
    {
        sum = T.IsZero(beta) ? sum * alpha : T.MultiplyAddEstimate(sum, alpha, before * beta);
        return epilogue.Apply(sum, (nint)i, (nint)j);
    }

    /// <summary>The dot product of two strided vectors.</summary>
    public static float Dot(float* a, long aStride, float* b, long bStride, long count) => DotAny(a, aStride, b, bStride, count);

    /// <summary>The dot product of two strided vectors.</summary>
    public static double Dot(double* a, long aStride, double* b, long bStride, long count) => DotAny(a, aStride, b, bStride, count);

    private static T DotAny<T>(T* a, long aStride, T* b, long bStride, long count) where T : unmanaged, INumberBase<T> =>
        GemmLanes512<T>.IsSupported ? GemmVector<GemmLanes512<T>, Vector512<T>, T>.Dot(a, (nint)aStride, b, (nint)bStride, (nint)count)
        : GemmLanes256<T>.IsSupported ? GemmVector<GemmLanes256<T>, Vector256<T>, T>.Dot(a, (nint)aStride, b, (nint)bStride, (nint)count)
        : GemmVector<GemmLanes128<T>, Vector128<T>, T>.Dot(a, (nint)aStride, b, (nint)bStride, (nint)count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<T>(in GemmProblem<T> problem) where T : unmanaged, INumberBase<T>
    {
        if (GemmLanes512<T>.IsSupported)
            Run<GemmLanes512<T>, Vector512<T>, T>(problem);
        else if (GemmLanes256<T>.IsSupported)
            Run<GemmLanes256<T>, Vector256<T>, T>(problem);
        else
            Run<GemmLanes128<T>, Vector128<T>, T>(problem);
    }

    private static void Run<L, V, T>(in GemmProblem<T> problem)
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, INumberBase<T>
    {
        if (GemmSplit<L, V, T>.TryRun(problem))
            return;
        if ((problem.M == 1 || problem.N == 1) && GemmVector<L, V, T>.TryRun(problem))
            return;
        GemmBlocked<L, V, T>.Run(problem);
    }
}
