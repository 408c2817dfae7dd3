using System.Numerics;

namespace Facula.Kernels;

/// <summary>The product of any shape: blocks of k, panels of A and B, chunks for the threads.</summary>
internal static unsafe class GemmBlocked<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private static int TileColumns => GemmBlock<L, V, T>.TileColumns;

    public static void Run(in GemmProblem<T> problem)
    {
        var plan = GemmPlan.Create(problem.M, problem.N, problem.K, problem.BColumn == 1, L.Rows, TileColumns);
        if (plan.PackB)
            RunPacked(problem, plan);
        else
            RunInPlace(problem, plan);
    }

    private static void RunPacked(in GemmProblem<T> problem, in GemmPlan plan)
    {
        // Panels a power of two apart would share cache sets; 64 bytes more set them off.
        nint panelStride = plan.KBlock * TileColumns + 64 / sizeof(T);
        nint panels = GemmPlan.Ceiling(plan.NBlock, TileColumns);
        using var scratch = Scratch.Rent<T>(panels * panelStride);
        var body = new Body
        {
            Problem = problem,
            Plan = plan,
            PackedB = (T*)scratch.Pointer,
            PanelStride = panelStride,
        };
        for (nint j = 0; j < problem.N; j += plan.NBlock)
        {
            nint k = 0;
            do
            {
                body.SetBlock(j, k);
                body.PacksB = true;
                WorkerPool.Run(plan.Threads > 1 ? body.PackChunks : 1, ref body);
                body.PacksB = false;
                WorkerPool.Run(body.Chunks, ref body);
                k += plan.KBlock;
            }
            while (k < problem.K);
        }
    }

    private static void RunInPlace(in GemmProblem<T> problem, in GemmPlan plan)
    {
        nint tail = problem.N % L.Count, tailColumns = problem.N % TileColumns;
        using var scratch = tail == 0 ? default : Scratch.Rent<T>(plan.KBlock * TileColumns);
        var body = new Body { Problem = problem, Plan = plan };
        body.Plan.NBlock = Math.Max(1, problem.N);
        nint k = 0;
        do
        {
            body.SetBlock(0, k);
            if (tail != 0)
            {
                body.BTail = (T*)scratch.Pointer;
                GemmPacking<T>.Pack(problem.B + k * problem.BRow + problem.N - tailColumns, 1, problem.BRow, tailColumns, body.KLength, TileColumns, body.BTail, 0);
            }
            if (plan.Threads > 1)
                WorkerPool.Run(body.Chunks, ref body);
            else
                body.RunSerially();
            k += plan.KBlock;
        }
        while (k < problem.K);
    }

    /// <summary>One block of k and of columns: its chunks first pack B, then do rectangles of C.</summary>
    private struct Body : IParallelBody
    {
        private const int PanelsPerPackChunk = 4;

        public GemmProblem<T> Problem;
        public GemmPlan Plan;
        public T* PackedB, BTail;
        public nint PanelStride, KLength;
        public bool PacksB;
        private nint _firstColumn, _columns, _firstK, _columnsPerGroup;

        public readonly int PackChunks => (int)GemmPlan.Ceiling(_columns, PanelsPerPackChunk * TileColumns);

        public readonly int Chunks => (int)GemmPlan.Ceiling(Problem.M, Plan.MBlock) * Plan.ColumnGroups;

        public void SetBlock(nint column, nint k)
        {
            _firstColumn = column;
            _columns = Math.Min(Plan.NBlock, Problem.N - column);
            _firstK = k;
            KLength = Math.Min(Plan.KBlock, Problem.K - k);
            _columnsPerGroup = GemmPlan.Ceiling(GemmPlan.Ceiling(_columns, TileColumns), Plan.ColumnGroups) * TileColumns;
        }

        public readonly void Run(int chunk)
        {
            if (PacksB)
                Pack(chunk);
            else
                Multiply(chunk);
        }

        public readonly void RunSerially()
        {
            for (int chunk = 0, chunks = Chunks; chunk < chunks; chunk++)
                Multiply(chunk);
        }

        private readonly void Pack(int chunk)
        {
            nint perChunk = Plan.Threads > 1 ? PanelsPerPackChunk * TileColumns : _columns;
            nint first = chunk * perChunk;
            nint count = Math.Min(perChunk, _columns - first);
            T* source = Problem.B + _firstK * Problem.BRow + (_firstColumn + first) * Problem.BColumn;
            GemmPacking<T>.Pack(source, Problem.BColumn, Problem.BRow, count, KLength, TileColumns, PackedB + first / TileColumns * PanelStride, PanelStride);
        }

        private readonly void Multiply(int chunk)
        {
            nint row = chunk / Plan.ColumnGroups * Plan.MBlock;
            nint column = chunk % Plan.ColumnGroups * _columnsPerGroup;
            nint rows = Math.Min(Plan.MBlock, Problem.M - row);
            nint columns = Math.Min(_columnsPerGroup, _columns - column);
            if (rows <= 0 || columns <= 0)
                return;

            bool first = _firstK == 0, last = _firstK + KLength >= Problem.K;
            T* a = Problem.A + row * Problem.ARow + _firstK * Problem.AColumn;
            var block = new GemmBlock<L, V, T>
            {
                A = a,
                APanel = L.Rows * Problem.ARow,
                ARow = Problem.ARow,
                AStep = Problem.AColumn,
                C = Problem.C + row * Problem.CRow + _firstColumn + column,
                CRow = Problem.CRow,
                Rows = rows,
                Columns = columns,
                K = KLength,
                Alpha = Problem.Alpha,
                Beta = first ? Problem.Beta : T.One,
            };
            if (Plan.PackB)
            {
                block.B = PackedB + column / TileColumns * PanelStride;
                block.BPanel = PanelStride;
                block.BStep = TileColumns;
            }
            else
            {
                block.B = Problem.B + _firstK * Problem.BRow + column;
                block.BPanel = TileColumns;
                block.BStep = Problem.BRow;
                block.BTail = BTail;
                block.BTailStep = TileColumns;
            }
            if (last)
            {
                block.Epilogue = Problem.Epilogue;
                if (block.Epilogue.ColumnBias != null)
                    block.Epilogue.ColumnBias += _firstColumn + column;
                if (block.Epilogue.RowBias != null)
                    block.Epilogue.RowBias += row;
            }
            if (!Plan.PackA)
            {
                block.Run();
                return;
            }

            nint panelStride = KLength * L.Rows + 64 / sizeof(T);
            using var scratch = Scratch.Rent<T>(GemmPlan.Ceiling(rows, L.Rows) * panelStride);
            block.A = (T*)scratch.Pointer;
            block.APanel = panelStride;
            block.ARow = 1;
            block.AStep = L.Rows;
            GemmPacking<T>.Pack(a, Problem.ARow, Problem.AColumn, rows, KLength, L.Rows, block.A, panelStride);
            block.Run();
        }
    }
}
