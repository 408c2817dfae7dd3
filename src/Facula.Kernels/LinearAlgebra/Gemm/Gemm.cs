using System.Numerics;
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

    /// <summary>C = alpha·A·B + beta·D; D is C itself, or apart from it.</summary>
    public static void MultiplyAdd(float* a, long aRow, long aColumn, float* b, long bRow, long bColumn, float* addend, long addendRow, float* c, long cRow, long m, long n, long k, float alpha, float beta) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default, addend, addendRow);

    /// <summary>The product in float64.</summary>
    public static void Multiply(double* a, long aRow, long aColumn, double* b, long bRow, long bColumn, double* c, long cRow, long m, long n, long k, double alpha = 1, double beta = 0) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default);

    /// <summary>The product in float64, finished by biases and an activation.</summary>
    public static void Multiply(double* a, long aRow, long aColumn, double* b, long bRow, long bColumn, double* c, long cRow, long m, long n, long k, double alpha, double beta, GemmEpilogue<double> epilogue) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, epilogue);

    /// <summary>C = alpha·A·B + beta·D; D is C itself, or apart from it.</summary>
    public static void MultiplyAdd(double* a, long aRow, long aColumn, double* b, long bRow, long bColumn, double* addend, long addendRow, double* c, long cRow, long m, long n, long k, double alpha, double beta) =>
        Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, alpha, beta, default, addend, addendRow);

    /// <summary>The product in any type whose vectors multiply and add directly: float, double and the integers, which wrap around.</summary>
    private static void Real<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, T alpha, T beta, in GemmEpilogue<T> epilogue, T* addend = null, long addendRow = 0)
        where T : unmanaged, INumberBase<T>
    {
        if (m <= 0 || n <= 0)
            return;
        Run(new GemmProblem<T>
        {
            A = a, ARow = (nint)aRow, AColumn = (nint)aColumn,
            B = b, BRow = (nint)bRow, BColumn = (nint)bColumn,
            C = c, CRow = (nint)cRow,
            Addend = addend != null ? addend : c, AddendRow = (nint)(addend != null ? addendRow : cRow),
            M = (nint)m, N = (nint)n, K = (nint)k,
            Alpha = alpha, Beta = beta, Epilogue = epilogue,
        });
    }

    /// <summary>C = A·B, or with a bias in each column, by the shortest way there: small products are over before their caller has said more.</summary>
    public static void MultiplyPlain<T>(T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, long m, long n, long k, T* columnBias)
        where T : unmanaged, INumberBase<T>
    {
        if (columnBias == null && GemmTiny<T>.Takes((nint)m, (nint)n, (nint)k))
            GemmTiny<T>.Product(a, (nint)aRow, (nint)aColumn, b, (nint)bRow, (nint)bColumn, c, (nint)cRow, (nint)m, (nint)n, (nint)k);
        else
            Real(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, T.One, T.Zero, new GemmEpilogue<T> { ColumnBias = columnBias });
    }

    /// <summary>The dot product of two strided vectors.</summary>
    public static float Dot(float* a, long aStride, float* b, long bStride, long count) => DotAny(a, aStride, b, bStride, count);

    /// <summary>The dot product of two strided vectors.</summary>
    public static double Dot(double* a, long aStride, double* b, long bStride, long count) => DotAny(a, aStride, b, bStride, count);

    private static T DotAny<T>(T* a, long aStride, T* b, long bStride, long count) where T : unmanaged, INumberBase<T> =>
        GemmLanes512<T>.IsSupported ? GemmVector<GemmLanes512<T>, Vector512<T>, T>.Dot(a, (nint)aStride, b, (nint)bStride, (nint)count)
        : GemmLanes256<T>.IsSupported ? GemmVector<GemmLanes256<T>, Vector256<T>, T>.Dot(a, (nint)aStride, b, (nint)bStride, (nint)count)
        : GemmVector<GemmLanes128<T>, Vector128<T>, T>.Dot(a, (nint)aStride, b, (nint)bStride, (nint)count);

    /// <summary>One product, on all threads unless it is <paramref name="alone"/> among others.</summary>
    private static void Run<T>(in GemmProblem<T> problem, bool alone = false) where T : unmanaged, INumberBase<T>
    {
        if (GemmTiny<T>.Takes(problem.M, problem.N, problem.K))
            GemmTiny<T>.Run(problem);
        else if (GemmNarrow<T>.TryRun(problem, alone))
            return;
        else if (GemmLanes512<T>.IsSupported)
            Run<GemmLanes512<T>, Vector512<T>, T>(problem, alone);
        else if (GemmLanes256<T>.IsSupported)
            Run<GemmLanes256<T>, Vector256<T>, T>(problem, alone);
        else
            Run<GemmLanes128<T>, Vector128<T>, T>(problem, alone);
    }

    private static void Run<L, V, T>(in GemmProblem<T> problem, bool alone)
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged, INumberBase<T>
    {
        if (GemmShort<L, V, T>.TryRun(problem, alone) || GemmSplit<L, V, T>.TryRun(problem))
            return;
        if ((problem.M == 1 || problem.N == 1) && GemmVector<L, V, T>.TryRun(problem))
            return;
        if (!GemmDots<L, V, T>.TryRun(problem, alone) && !GemmColumns<L, V, T>.TryRun(problem, alone) && !GemmTurned<L, V, T>.TryRun(problem, alone))
            GemmBlocked<L, V, T>.Run(problem, alone);
    }
}
