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
        if (GemmPlan.IsSmall(problem))
        {
            RunSmall(problem);
            return;
        }
        var body = new Body { Problem = problem, Plan = GemmPlan.Create(problem, L.Rows, TileColumns, alone ? 1 : WorkerPool.Threads) };
        if (body.Plan.Parts > 1)
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
            block.StartWith(problem.Epilogue, 0, 0);
        else
            block.Epilogue = problem.Epilogue;
        nint rest = problem.N % L.Count == 0 ? 0 : problem.N % TileColumns;
        using var room = rest == 0 ? default : Scratch.Rent<T>(problem.K * TileColumns);
        if (rest != 0)
            block.PackTail(problem.B + problem.N - rest, rest, (T*)room.Pointer);
        block.Run();
    }

    /// <summary>One rectangle per chunk.</summary>
    private struct Body : IParallelBody
    {
        public GemmProblem<T> Problem;
        public GemmPlan Plan;

        // Panels a power of two apart would share cache sets; 64 bytes more set them off.
        private readonly nint APanel => Plan.KBlock * L.Rows + 64 / sizeof(T);
        private readonly nint BPanel => Plan.KBlock * TileColumns + 64 / sizeof(T);

        public readonly void Run(int chunk)
        {
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
                    block.StartWith(k == 0 ? Problem.Epilogue : default, row, column);
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
