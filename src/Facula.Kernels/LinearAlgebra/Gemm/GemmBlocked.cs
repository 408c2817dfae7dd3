using System.Numerics;

namespace Facula.Kernels;

/// <summary>The product of any shape: rectangles of C for the threads; in each, blocks of columns, of k and of rows.</summary>
internal static unsafe class GemmBlocked<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private static int TileColumns => GemmBlock<L, V, T>.TileColumns;

    /// <summary>Does the product, on all threads unless it is <paramref name="alone"/> among others.</summary>
    public static void Run(in GemmProblem<T> problem, bool alone)
    {
        if (GemmSmall<L, V, T>.TryRun(problem))
            return;
        if (GemmPlan.IsSmall(problem))
        {
            RunSmall(problem);
            return;
        }
        var body = new Body { Problem = problem, Plan = GemmPlan.Create(problem, L.Rows, TileColumns, alone ? 1 : WorkerPool.Threads) };
        if (body.Plan.IsShared)
            body.RunShared();
        else if (body.Plan.Parts > 1)
            WorkerPool.Run(body.Plan.Parts, ref body);
        else
            body.Run(0);
    }

    /// <summary>Both factors where they lie, in one block of k.</summary>
    private static void RunSmall(in GemmProblem<T> problem)
    {
        var block = new GemmBlock<L, V, T>
        {
            A = problem.A, APanel = L.Rows * problem.ARow, ARow = problem.ARow, AStep = problem.AColumn,
            B = problem.B, BPanel = TileColumns, BStep = problem.BRow,
            C = problem.C, CRow = problem.CRow, Rows = problem.M, Columns = problem.N, K = problem.K,
            Addend = problem.Addend, AddendRow = problem.AddendRow,
            Alpha = problem.Alpha, Beta = problem.Beta,
        };
        if (problem.Epilogue.IsOneBias && T.IsZero(problem.Beta))
            block.StartWith(problem.Epilogue, 0, 0, problem.Epilogue.Relu);
        else
            block.Epilogue = problem.Epilogue;
        nint rest = problem.N % L.Count == 0 ? 0 : problem.N % TileColumns;
        using var room = rest == 0 ? default : Scratch.Rent<T>(problem.K * TileColumns);
        if (rest != 0)
            block.PackTail(problem.B + problem.N - rest, rest, (T*)room.Pointer);
        block.Run();
    }

    /// <summary>One rectangle per chunk, or one step of a shared product.</summary>
    private struct Body : IParallelBody
    {
        // Panels of B that a chunk packs for all threads.
        private const int PanelsPerChunk = 8;

        public GemmProblem<T> Problem;
        public GemmPlan Plan;
        // A shared product: the panels of the block of B, where it begins and what comes next, packing or blocks of rows.
        private T* _panels;
        private nint _firstColumn, _firstStep;
        private bool _packs;

        // Panels a power of two apart would share cache sets; 64 bytes more set them off.
        private readonly nint APanel => Plan.KBlock * L.Rows + 64 / sizeof(T);
        private readonly nint BPanel => Plan.KBlock * TileColumns + 64 / sizeof(T);

        /// <summary>Block by block of B, which all threads pack and then use.</summary>
        public void RunShared()
        {
            using var room = Scratch.Rent<T>(GemmPlan.Ceiling(Math.Min(Plan.NBlock, Problem.N), TileColumns) * BPanel);
            _panels = (T*)room.Pointer;
            for (_firstColumn = 0; _firstColumn < Problem.N; _firstColumn += Plan.NBlock)
            {
                nint columns = Math.Min(Plan.NBlock, Problem.N - _firstColumn);
                for (_firstStep = 0; _firstStep < Problem.K; _firstStep += Plan.KBlock)
                {
                    _packs = true;
                    WorkerPool.Run((int)GemmPlan.Ceiling(columns, PanelsPerChunk * TileColumns), ref this);
                    _packs = false;
                    WorkerPool.Run(Plan.Parts, ref this);
                }
            }
        }

        private readonly void RunStep(int chunk)
        {
            nint columns = Math.Min(Plan.NBlock, Problem.N - _firstColumn), steps = Math.Min(Plan.KBlock, Problem.K - _firstStep);
            if (_packs)
            {
                nint first = chunk * PanelsPerChunk * TileColumns;
                T* source = Problem.B + _firstStep * Problem.BRow + (_firstColumn + first) * Problem.BColumn;
                GemmPacking<T>.Pack(source, Problem.BColumn, Problem.BRow, Math.Min(PanelsPerChunk * TileColumns, columns - first), steps, TileColumns, _panels + chunk * PanelsPerChunk * BPanel, BPanel);
                return;
            }
            nint tiles = GemmPlan.Ceiling(Problem.M, L.Rows), row = chunk * tiles / Plan.Parts * L.Rows, end = (chunk + 1) * tiles / Plan.Parts * L.Rows;
            var part = new Rectangle { Row = row, Rows = Math.Min(end, Problem.M) - row, Column = _firstColumn, Columns = columns };
            var block = new GemmBlock<L, V, T>
            {
                B = _panels, BPanel = BPanel, BStep = TileColumns,
                Columns = columns, K = steps,
                Alpha = Problem.Alpha, Beta = _firstStep == 0 ? Problem.Beta : T.One,
                CRow = Problem.CRow,
            };
            using var room = Scratch.Rent<T>(GemmPlan.Ceiling(Plan.MBlock, L.Rows) * APanel);
            MultiplyRows(ref block, part, 0, _firstStep, (T*)room.Pointer);
        }

        public readonly void Run(int chunk)
        {
            if (Plan.IsShared)
            {
                RunStep(chunk);
                return;
            }
            var part = new Rectangle
            {
                Row = chunk / Plan.ColumnParts * Plan.RowsPerPart,
                Column = chunk % Plan.ColumnParts * Plan.ColumnsPerPart,
            };
            part.Rows = Math.Min(Plan.RowsPerPart, Problem.M - part.Row);
            part.Columns = Math.Min(Plan.ColumnsPerPart, Problem.N - part.Column);

            bool tail = !Plan.PackB && part.Columns % L.Count != 0;
            // Panels that serve one block of rows only are used up when the next ones come.
            bool recycle = part.Rows <= Plan.MBlock && !GemmPlan.GoesByRows(Problem.K);
            nint panels = !Plan.PackB ? 1 : recycle ? GemmBlock<L, V, T>.PanelsPerPacking : GemmPlan.Ceiling(Math.Min(Plan.NBlock, part.Columns), TileColumns);
            using var bRoom = Plan.PackB || tail ? Scratch.Rent<T>(panels * BPanel) : default;
            using var aRoom = Plan.PackA ? Scratch.Rent<T>(GemmPlan.Ceiling(Math.Min(Plan.MBlock, part.Rows), L.Rows) * APanel) : default;
            nint columnsPerBlock = Plan.PackB || GemmPlan.GoesByRows(Problem.K) ? Plan.NBlock : part.Columns;
            for (nint j = 0; j < part.Columns; j += columnsPerBlock)
            {
                nint k = 0;
                do
                {
                    var block = new GemmBlock<L, V, T>
                    {
                        Columns = Math.Min(columnsPerBlock, part.Columns - j),
                        K = Math.Min(Plan.KBlock, Problem.K - k),
                        Alpha = Problem.Alpha,
                        Beta = k == 0 ? Problem.Beta : T.One,
                        CRow = Problem.CRow,
                    };
                    T* b = Problem.B + k * Problem.BRow + (part.Column + j) * Problem.BColumn;
                    if (Plan.PackB)
                    {
                        block.B = (T*)bRoom.Pointer;
                        block.BPanel = BPanel;
                        block.Recycle = recycle;
                        block.BStep = TileColumns;
                        block.Source = b;
                        block.SourceStep = Problem.BRow;
                        block.SourceColumn = Problem.BColumn;
                    }
                    else
                    {
                        block.B = b;
                        block.BPanel = TileColumns;
                        block.BStep = Problem.BRow;
                        if (tail && block.Columns % L.Count != 0)
                        {
                            nint columns = block.Columns % TileColumns;
                            block.PackTail(b + block.Columns - columns, columns, (T*)bRoom.Pointer);
                        }
                    }
                    MultiplyRows(ref block, part, j, k, (T*)aRoom.Pointer);
                    k += Plan.KBlock;
                }
                while (k < Problem.K);
            }
        }

        private readonly void MultiplyRows(ref GemmBlock<L, V, T> block, in Rectangle part, nint j, nint k, T* packedA)
        {
            bool last = k + block.K >= Problem.K;
            bool starts = Problem.Epilogue.IsOneBias && T.IsZero(Problem.Beta);
            for (nint i = 0; i < part.Rows; i += Plan.MBlock)
            {
                nint row = part.Row + i, column = part.Column + j;
                T* a = Problem.A + row * Problem.ARow + k * Problem.AColumn;
                block.Rows = Math.Min(Plan.MBlock, part.Rows - i);
                block.C = Problem.C + row * Problem.CRow + column;
                block.Addend = k == 0 ? Problem.Addend + row * Problem.AddendRow + column : null;
                block.AddendRow = Problem.AddendRow;
                if (starts)
                    block.StartWith(k == 0 ? Problem.Epilogue : default, row, column, last && Problem.Epilogue.Relu);
                else if (last)
                    block.Epilogue = Problem.Epilogue.At(row, column);
                if (Plan.PackA)
                {
                    block.A = packedA;
                    block.APanel = APanel;
                    block.ARow = 1;
                    block.AStep = L.Rows;
                    GemmPacking<T>.Pack(a, Problem.ARow, Problem.AColumn, block.Rows, block.K, L.Rows, packedA, APanel);
                }
                else
                {
                    block.A = a;
                    block.APanel = L.Rows * Problem.ARow;
                    block.ARow = Problem.ARow;
                    block.AStep = Problem.AColumn;
                }
                block.Run();
                // The first rows have packed B for the others.
                block.Source = null;
            }
        }
    }

    private struct Rectangle
    {
        public nint Row, Column, Rows, Columns;
    }
}
