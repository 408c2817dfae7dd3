using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Products of one step, a column times a row, stored or added to what is there: the weight gradient of a single sample. Bound by writing C, so nothing is packed.</summary>
/// <remarks>Every element is rounded as in a tile: the product first, then the sum.</remarks>
internal static unsafe class GemmOuter<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    // What one core writes in some 10 µs.
    private const nint ElementsPerChunk = 1 << 16;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem, bool alone)
    {
        bool adds = problem.Beta == T.One;
        if (problem.K != 1 || problem.N < L.Count || problem.BColumn != 1 || sizeof(T) < 4 || problem.Alpha != T.One || !(adds || T.IsZero(problem.Beta)) || !problem.Epilogue.IsIdentity)
            return false;
        var body = new Body { Problem = problem, Adds = adds, RowsPerChunk = Math.Max(1, ElementsPerChunk / problem.N) };
        if (alone || problem.M <= body.RowsPerChunk)
            body.Run(0, problem.M);
        else
            WorkerPool.Run((int)GemmPlan.Ceiling(problem.M, body.RowsPerChunk), ref body);
        return true;
    }

    private struct Body : IParallelBody
    {
        public GemmProblem<T> Problem;
        public bool Adds;
        public nint RowsPerChunk;

        public readonly void Run(int chunk)
        {
            nint first = chunk * RowsPerChunk;
            Run(first, Math.Min(first + RowsPerChunk, Problem.M));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(nint first, nint end)
        {
            for (nint i = first; i < end; i++)
            {
                V factor = L.Broadcast(Problem.A[i * Problem.ARow]);
                T* c = Problem.C + i * Problem.CRow;
                if (Adds)
                    AddRow(factor, Problem.B, Problem.Addend + i * Problem.AddendRow, c, Problem.N);
                else
                    StoreRow(factor, Problem.B, c, Problem.N);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void StoreRow(V factor, T* b, T* c, nint n)
        {
            nint j = 0;
            for (; j <= n - 2 * L.Count; j += 2 * L.Count)
            {
                L.Store(L.MultiplyAdd(factor, L.Load(b + j), default), c + j);
                L.Store(L.MultiplyAdd(factor, L.Load(b + j + L.Count), default), c + j + L.Count);
            }
            for (; j < n; j += L.Count)
            {
                int part = (int)Math.Min(L.Count, n - j);
                L.StorePart(L.MultiplyAdd(factor, L.LoadPart(b + j, part), default), c + j, part);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddRow(V factor, T* b, T* d, T* c, nint n)
        {
            nint j = 0;
            for (; j <= n - 2 * L.Count; j += 2 * L.Count)
            {
                L.Store(L.Add(L.MultiplyAdd(factor, L.Load(b + j), default), L.Load(d + j)), c + j);
                L.Store(L.Add(L.MultiplyAdd(factor, L.Load(b + j + L.Count), default), L.Load(d + j + L.Count)), c + j + L.Count);
            }
            for (; j < n; j += L.Count)
            {
                int part = (int)Math.Min(L.Count, n - j);
                L.StorePart(L.Add(L.MultiplyAdd(factor, L.LoadPart(b + j, part), default), L.LoadPart(d + j, part)), c + j, part);
            }
        }
    }
}
