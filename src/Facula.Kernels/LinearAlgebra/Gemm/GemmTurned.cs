using System.Numerics;

namespace Facula.Kernels;

/// <summary>Products of few rows and a matrix whose columns are dense, a weight as linear layers keep it: Cᵀ = Bᵀ·Aᵀ, so that the few rows are packed and the weight is read where it lies.</summary>
/// <remarks>Every element is the same chain of multiply-adds as in the product that is not turned, in the same blocks of k.</remarks>
internal static unsafe class GemmTurned<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    // Columns of C at a time: whole tiles and, of floats, whole lines of the cache.
    private const int BlockColumns = 48;
    private const int ShortestSum = 16;
    private const double WorkPerThread = 1 << 19;

    private static nint Tile => GemmBlock<L, V, T>.TileColumns;

    /// <summary>What is packed and what is turned back must be much less than the weight, and the packed rows stay near while all of it passes by.</summary>
    public static bool Takes(in GemmProblem<T> problem) =>
        problem.BRow == 1 && problem.BColumn != 1 && problem.M > 1 && problem.K >= ShortestSum && problem.N >= BlockColumns / 2 && sizeof(T) >= 4
        && T.IsZero(problem.Beta) && problem.Epilogue.RowBias == null
        && 2 * problem.M * (problem.N + problem.K) <= problem.N * problem.K && problem.M * problem.K * sizeof(T) <= CacheSize.SecondLevel / 8;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem, bool alone)
    {
        if (!Takes(problem))
            return false;
        nint kBlock = GemmPlan.BlockOfK<T>(problem.K), panels = GemmPlan.Ceiling(problem.M, Tile);
        var body = new Body { Problem = problem, KBlock = kBlock, BPanel = kBlock * Tile + 64 / sizeof(T), Panels = panels };
        using var room = Scratch.Rent<T>(GemmPlan.Ceiling(problem.K, kBlock) * panels * body.BPanel);
        body.Packed = (T*)room.Pointer;
        int chunks = (int)GemmPlan.Ceiling(problem.N, BlockColumns);
        if (alone || (double)problem.M * problem.N * problem.K < 2 * WorkPerThread)
        {
            body.Pack(0, panels);
            body.Multiply(0, problem.N);
            return true;
        }
        body.Packs = true;
        WorkerPool.Run((int)panels, ref body);
        body.Packs = false;
        WorkerPool.Run(chunks, ref body);
        return true;
    }

    private struct Body : IParallelBody
    {
        public GemmProblem<T> Problem;
        public nint KBlock, BPanel, Panels;
        public T* Packed;
        public bool Packs;

        public readonly void Run(int chunk)
        {
            if (Packs)
                Pack(chunk, chunk + 1);
            else
                Multiply((nint)chunk * BlockColumns, Math.Min(Problem.N, (nint)(chunk + 1) * BlockColumns));
        }

        /// <summary>The rows of A become columns, in panels for each block of k.</summary>
        public readonly void Pack(nint first, nint end)
        {
            T* a = Problem.A + first * Tile * Problem.ARow, to = Packed + first * BPanel;
            nint rows = Math.Min(end * Tile, Problem.M) - first * Tile;
            for (nint k = 0; k < Problem.K; k += KBlock, a += KBlock * Problem.AColumn, to += Panels * BPanel)
                GemmPacking<T>.Pack(a, Problem.ARow, Problem.AColumn, rows, Math.Min(KBlock, Problem.K - k), (int)Tile, to, BPanel);
        }

        public readonly void Multiply(nint first, nint end)
        {
            nint columns = GemmPlan.Ceiling(Problem.M, L.Count) * L.Count, row = columns + 64 / sizeof(T);
            using var room = Scratch.Rent<T>(BlockColumns * row);
            T* turned = (T*)room.Pointer;
            var epilogue = new GemmEpilogue<T> { RowBias = Problem.Epilogue.ColumnBias };
            for (nint j = first; j < end; j += BlockColumns)
            {
                var block = new GemmBlock<L, V, T>
                {
                    APanel = L.Rows * Problem.BColumn, ARow = Problem.BColumn, AStep = 1,
                    BPanel = BPanel, BStep = Tile,
                    C = turned, CRow = row, Rows = Math.Min(BlockColumns, end - j), Columns = columns,
                    Alpha = Problem.Alpha, Pause = 8,
                };
                for (nint k = 0; k < Problem.K; k += KBlock)
                {
                    block.A = Problem.B + j * Problem.BColumn + k;
                    block.B = Packed + k / KBlock * Panels * BPanel;
                    block.K = Math.Min(KBlock, Problem.K - k);
                    block.Beta = k == 0 ? T.Zero : T.One;
                    block.StartWith(k == 0 ? epilogue : default, j, 0, k + KBlock >= Problem.K && Problem.Epilogue.Relu);
                    block.Run();
                }
                GemmPacking<T>.Transpose(turned, row, (int)block.Rows, Problem.M, (int)Problem.CRow, Problem.C + j);
            }
        }
    }
}
