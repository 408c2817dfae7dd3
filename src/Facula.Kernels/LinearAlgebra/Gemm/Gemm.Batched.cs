using System.Numerics;

namespace Facula.Kernels;

public static unsafe partial class Gemm
{
    // Matrices per chunk: enough for some microseconds of work.
    private const double WorkPerChunk = 1 << 17;

    /// <summary>A batch of float32 products; a batch stride of zero repeats a factor.</summary>
    public static void MultiplyBatched(
        float* a, long aBatch, long aRow, long aColumn, float* b, long bBatch, long bRow, long bColumn, float* c, long cBatch, long cRow,
        long batch, long m, long n, long k, float alpha = 1, float beta = 0, GemmEpilogue<float> epilogue = default) =>
        RealBatched(a, aBatch, aRow, aColumn, b, bBatch, bRow, bColumn, c, cBatch, cRow, batch, m, n, k, alpha, beta, epilogue);

    /// <summary>A batch of float64 products; a batch stride of zero repeats a factor.</summary>
    public static void MultiplyBatched(
        double* a, long aBatch, long aRow, long aColumn, double* b, long bBatch, long bRow, long bColumn, double* c, long cBatch, long cRow,
        long batch, long m, long n, long k, double alpha = 1, double beta = 0, GemmEpilogue<double> epilogue = default) =>
        RealBatched(a, aBatch, aRow, aColumn, b, bBatch, bRow, bColumn, c, cBatch, cRow, batch, m, n, k, alpha, beta, epilogue);

    private static void RealBatched<T>(
        T* a, long aBatch, long aRow, long aColumn, T* b, long bBatch, long bRow, long bColumn, T* c, long cBatch, long cRow,
        long batch, long m, long n, long k, T alpha, T beta, in GemmEpilogue<T> epilogue)
        where T : unmanaged, INumberBase<T>
    {
        if (m <= 0 || n <= 0 || batch <= 0)
            return;
        // One right factor for all, and the rows of all matrices equally far apart: one tall product.
        if (bBatch == 0 && batch > 1 && epilogue.RowBias == null && (m == 1 || aBatch == m * aRow && cBatch == m * cRow))
        {
            if (m == 1)
                (aRow, cRow) = (aBatch, cBatch);
            m *= batch;
            batch = 1;
        }

        var body = new BatchBody<T>
        {
            First = new GemmProblem<T>
            {
                A = a, ARow = (nint)aRow, AColumn = (nint)aColumn,
                B = b, BRow = (nint)bRow, BColumn = (nint)bColumn,
                C = c, CRow = (nint)cRow,
                Addend = c, AddendRow = (nint)cRow,
                M = (nint)m, N = (nint)n, K = (nint)k,
                Alpha = alpha, Beta = beta, Epilogue = epilogue,
            },
            ABatch = (nint)aBatch,
            BBatch = (nint)bBatch,
            CBatch = (nint)cBatch,
            Batch = batch,
        };
        double work = (double)m * n * k;
        body.PerChunk = (long)Math.Clamp(WorkPerChunk / Math.Max(1, work), 1, batch);
        long chunks = (batch + body.PerChunk - 1) / body.PerChunk;
        // A few large products share each one's work; many share the batch.
        if (batch == 1 || chunks < 4 * WorkerPool.Threads && work > 64 * WorkPerChunk)
        {
            for (long i = 0; i < batch; i++)
                Gemm.Run(body.At(i));
            return;
        }
        WorkerPool.Run((int)chunks, ref body);
    }

    private struct BatchBody<T> : IParallelBody where T : unmanaged, INumberBase<T>
    {
        public GemmProblem<T> First;
        public nint ABatch, BBatch, CBatch;
        public long Batch, PerChunk;

        public readonly void Run(int chunk)
        {
            long first = chunk * PerChunk, end = Math.Min(Batch, first + PerChunk);
            var problem = At(first);
            if (GemmTiny<T>.Takes(problem.M, problem.N, problem.K))
            {
                GemmTiny<T>.Run(problem, (nint)(end - first), ABatch, BBatch, CBatch);
                return;
            }
            for (long i = first; i < end; i++)
            {
                Gemm.Run(problem, alone: true);
                problem.A += ABatch;
                problem.B += BBatch;
                problem.C += CBatch;
                problem.Addend += CBatch;
            }
        }

        public readonly GemmProblem<T> At(long i)
        {
            var problem = First;
            problem.A += i * ABatch;
            problem.B += i * BBatch;
            problem.C += i * CBatch;
            problem.Addend += i * CBatch;
            return problem;
        }
    }
}
