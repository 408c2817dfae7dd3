namespace Facula.Kernels;

/// <summary>How a product is cut up; it depends on the whole shape only.</summary>
/// <remarks>
/// Every element is the same chain of multiply-adds whatever the tile it falls into, and the sums of two blocks of k are added in order.
/// So <see cref="KBlock"/> alone shapes the rounding, and the cut in rows and columns may follow the number of threads.
/// </remarks>
internal struct GemmPlan
{
    // A panel of B (32 floats × 256) then fills half of a first-level cache, a block of A a quarter of a second-level one.
    private const int LongestK = 256, RowsOfA = 240, ColumnsOfB = 2048;
    // Below this copying costs more than reading where it lies; above, panels of B no longer stay in the first-level cache.
    private const long SmallWork = 64 * 64 * 64;
    // What one thread does in about 10 µs; less is not worth waking another.
    private const long WorkPerThread = 1 << 19;

    public nint KBlock, NBlock, MBlock;
    public bool PackA, PackB;
    /// <summary>Into how many groups of columns a block of rows is cut, to have a chunk for every thread.</summary>
    public int ColumnGroups;
    public int Threads;

    public static GemmPlan Create(nint m, nint n, nint k, bool bInPlace, int tileRows, int tileColumns)
    {
        var plan = new GemmPlan();
        plan.KBlock = k <= LongestK ? k : Ceiling(Ceiling(k, Ceiling(k, LongestK)), 8) * 8;
        plan.NBlock = Math.Min(n, ColumnsOfB);
        bool small = (double)m * n * k <= SmallWork || m <= tileRows;
        plan.PackB = !bInPlace || !small;
        plan.PackA = !small && n > 2 * tileColumns;

        double work = (double)m * n * k;
        plan.Threads = work < 2 * WorkPerThread ? 1 : (int)Math.Min(WorkerPool.Threads, work / WorkPerThread);
        nint panels = Ceiling(m, tileRows);
        nint blocks = Ceiling(m, RowsOfA);
        if (plan.Threads > 1)
            blocks = Math.Min(panels, Ceiling(blocks, plan.Threads) * plan.Threads);
        plan.MBlock = Math.Max(1, Ceiling(panels, Math.Max(blocks, 1))) * tileRows;
        blocks = Ceiling(m, plan.MBlock);
        plan.ColumnGroups = blocks >= plan.Threads ? 1 : (int)Math.Min(Ceiling(plan.NBlock, tileColumns), Ceiling(plan.Threads, Math.Max(blocks, 1)));
        return plan;
    }

    public static nint Ceiling(nint value, nint divisor) => (value + divisor - 1) / divisor;
}
