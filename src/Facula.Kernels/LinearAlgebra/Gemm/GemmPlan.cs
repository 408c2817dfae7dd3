using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>How a product is cut up.</summary>
/// <remarks>
/// Every element is the same chain of multiply-adds whatever the tile it falls into, and the sums of two blocks of k are added in order.
/// So <see cref="KBlock"/> alone shapes the rounding; it depends on the shape only, and the cut in rows and columns may follow caches and threads.
/// </remarks>
internal struct GemmPlan
{
    private const int StreamedRows = 32, ShortestBlock = 256, FewSteps = 16, NarrowRow = 1024, FarColumn = 1024, ShortSum = 48, ColumnsOfB = 2048, MostRowsOfA = 960;
    // Below this copying costs more than reading where it lies; above, panels of B no longer stay in the first-level cache.
    private const long SmallWork = 64 * 64 * 64;
    // What one thread does in about 10 µs; less is not worth waking another. With much more, the threads can wait for each other and share what
    // is packed; where they do not, with more again a second part for each evens them out.
    private const double WorkPerThread = 1 << 19, SharedWorkPerThread = 1 << 28, LongWorkPerThread = 1 << 30;

    public nint KBlock, NBlock, MBlock;
    public bool PackA, PackB;
    /// <summary>C is cut into a grid of rectangles, each with packing of its own.</summary>
    public nint RowsPerPart, ColumnsPerPart;
    public int ColumnParts, Parts;
    /// <summary>The threads pack each block of B together, then take <see cref="Parts"/> blocks of rows one by one; there is no grid.</summary>
    public bool IsShared;

    /// <summary>Whether both factors are best read where they lie, in one block of k.</summary>
    public static bool IsSmall<T>(in GemmProblem<T> problem) where T : unmanaged, INumberBase<T> =>
        problem.BColumn == 1 && (problem.ARow == 1 || problem.AColumn == 1) && IsNear(problem);

    /// <summary>Whether all of a product stays in the first caches, in one block of k.</summary>
    public static bool IsNear<T>(in GemmProblem<T> problem) where T : unmanaged, INumberBase<T> =>
        problem.K <= ShortestBlock && problem.M * problem.N * problem.K <= SmallWork;

    /// <summary>Whether sums are so short that storing them counts: C is then filled row by row, in the order in which it lies, and B read again for each.</summary>
    public static bool GoesByRows(nint k) => k <= ShortSum;

    public static GemmPlan Create<T>(in GemmProblem<T> problem, int tileRows, int tileColumns, int threads) where T : unmanaged, INumberBase<T>
    {
        var plan = new GemmPlan();
        nint m = problem.M, n = problem.N, k = problem.K;
        plan.KBlock = BlockOfK<T>(k);
        plan.NBlock = ColumnsOfB;
        double work = (double)m * n * k;
        bool small = work <= SmallWork || m <= tileRows;
        // Rows of B that lie close together are read in place by a few rows of A.
        bool narrow = m <= 12 * tileRows && problem.BRow > 0 && problem.BRow * Unsafe.SizeOf<T>() <= NarrowRow;
        // Much of B for few rows of A comes from memory, which is fastest in the order in which it lies: some rows of it at a time.
        bool streams = problem.BColumn == 1 && 2 * m <= 3 * tileRows && n > 4 * tileColumns && k * n * Unsafe.SizeOf<T>() > CacheSize.SecondLevel / 2;
        if (streams)
            plan.KBlock = Math.Min(k, StreamedRows);
        // Few rows of B that do not share a cache set are near wherever they lie.
        bool few = k <= FewSteps && (k <= 8 || problem.BRow * Unsafe.SizeOf<T>() % 4096 != 0);
        if (GoesByRows(k))
            plan.NBlock = Math.Max(ColumnsOfB, (nint)(CacheSize.SecondLevel / 2 / (Math.Max(1, k) * Unsafe.SizeOf<T>())) / tileColumns * tileColumns);
        plan.PackB = problem.BColumn != 1 || !(small || narrow || streams || few);
        // Rows a multiple of 4 KiB apart share a cache set, which does not hold a tile's.
        bool collide = problem.ARow != 1 && problem.ARow * Unsafe.SizeOf<T>() % 4096 == 0 && m > tileRows / 2 && n > tileColumns;
        // Columns far apart: each step of k is another cache line, which one tile does not use up, and often the same set.
        bool scattered = problem.ARow == 1 && problem.AColumn * Unsafe.SizeOf<T>() >= FarColumn && m > tileRows && n > tileColumns;
        plan.PackA = !small && !streams && ((scattered || n > 8 * tileColumns) && !GoesByRows(k) || collide);
        // Tiles read rows in place that are dense, or columns that are.
        plan.PackA |= problem.ARow != 1 && problem.AColumn != 1;

        plan.MBlock = 4 * tileRows;
        if (m > plan.MBlock)
        {
            nint rows = (nint)(CacheSize.SecondLevel * 3 / 8 / (Math.Max(1, plan.KBlock) * Unsafe.SizeOf<T>()));
            plan.MBlock = Math.Clamp(rows, plan.MBlock, MostRowsOfA);
        }
        plan.Divide(m, n, work, tileRows, tileColumns, threads);
        return plan;
    }

    /// <summary>Blocks of rows of equal height.</summary>
    private void LevelRows(nint rows, int tileRows)
    {
        if (rows > MBlock)
            MBlock = Ceiling(Ceiling(rows, tileRows), Ceiling(rows, MBlock)) * tileRows;
    }

    public static nint Ceiling(nint value, nint divisor) => (value + divisor - 1) / divisor;

    /// <summary>Equal blocks, short enough that a panel of B (128 bytes a step) stays near and long enough that C is not read too often.</summary>
    public static nint BlockOfK<T>(nint k) where T : unmanaged
    {
        nint longest = Unsafe.SizeOf<T>() > 4 ? 256 : 512;
        return k <= longest ? k : Ceiling(Ceiling(k, Ceiling(k, longest)), 8) * 8;
    }

    /// <summary>Chooses the grid of rectangles such that the least is packed twice.</summary>
    private void Divide(nint m, nint n, double work, int tileRows, int tileColumns, int most)
    {
        int threads = work < 2 * WorkPerThread ? 1 : (int)Math.Min(most, work / WorkPerThread);
        if (threads == 1)
        {
            RowsPerPart = m;
            ColumnsPerPart = n;
            ColumnParts = Parts = 1;
            LevelRows(m, tileRows);
            return;
        }
        nint panels = Ceiling(m, tileRows), groups = Ceiling(n, tileColumns);
        if (work / threads >= SharedWorkPerThread && PackA && PackB && m > 2 * threads * MBlock && n >= 16 * tileColumns)
        {
            // As many blocks for each thread, as equal as tiles allow.
            Parts = (int)Ceiling(Ceiling(m, MBlock), threads) * threads;
            MBlock = Ceiling(panels, Parts) * tileRows;
            IsShared = true;
            return;
        }
        int wanted = work / threads >= LongWorkPerThread ? 2 * threads : threads;
        nint best = 1;
        for (nint rowParts = 1; rowParts <= wanted; rowParts++)
        {
            if (wanted % rowParts == 0 && Cost(rowParts) < Cost(best))
                best = rowParts;
        }
        RowsPerPart = Ceiling(panels, best) * tileRows;
        ColumnsPerPart = Ceiling(groups, wanted / best) * tileColumns;
        ColumnParts = (int)Ceiling(n, ColumnsPerPart);
        Parts = ColumnParts * (int)Ceiling(m, RowsPerPart);
        LevelRows(Math.Min(m, RowsPerPart), tileRows);

        // The largest part counts first, then what is packed.
        double Cost(nint rowParts)
        {
            nint columnParts = wanted / rowParts;
            double largest = (double)Ceiling(panels, rowParts) * rowParts / panels * Ceiling(groups, columnParts) * columnParts / groups;
            return largest + 4.0 * columnParts / groups / tileColumns + 4.0 * rowParts / panels / tileRows;
        }
    }
}
