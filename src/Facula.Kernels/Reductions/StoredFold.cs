using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// A fold of elements that are stored in a narrower type: they are brought to the fold's type on their way into registers, or in the first cache, rather than
/// in a pass over memory of their own. For folds whose steps take no parameters.
/// </summary>
public readonly unsafe struct StoredFold<TKernel, TStored, TIn, TAccumulator, TOut>(TKernel kernel) : IFold<TStored, TAccumulator, TOut>
    where TKernel : struct, IFold<TIn, TAccumulator, TOut>
    where TStored : unmanaged
    where TIn : unmanaged
    where TAccumulator : unmanaged
    where TOut : unmanaged
{
    /// <summary>Whether such a fold is known.</summary>
    public static bool Exists => StoredLanes.Has<TStored, TIn>() && (TKernel.IsVectorized || TKernel.HasBlock);

    public static bool HasBlock => true;
    public static long LongestBlock => InRegisters ? TKernel.LongestBlock : FoldLoop.LongestDense;
    public static int MostRows => InRegisters ? CascadeSum.MostRows : 0;
    public static bool HasColumns => true;

    public TAccumulator Start => kernel.Start;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public TAccumulator Step(TAccumulator accumulator, TStored x) => kernel.Step(accumulator, StoredLanes.One<TStored, TIn>(&x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public TAccumulator Merge(TAccumulator left, TAccumulator right) => kernel.Merge(left, right);
    public TOut End(TAccumulator accumulator, long count) => kernel.End(accumulator, count);

    public static TAccumulator Block(TStored* source, long count)
    {
        if (InRegisters)
        {
            TAccumulator total;
            BlockRows(source, 0, 1, count, &total);
            return total;
        }
        return TKernel.IsVectorized && !TKernel.HasBlock
            ? FoldLoop.FoldDense<TKernel, TStored, TIn, TAccumulator, TOut>(default, source, count)
            : InCache(source, count);
    }

    public static void BlockRows(TStored* source, long stride, int rows, long count, TAccumulator* totals) =>
        CascadeSum.OfRows(source, stride, rows, count, (float*)totals);

    public static void Columns(TStored* source, long stride, long rows, long columns, TAccumulator* into)
    {
        if (TKernel.IsVectorized) FoldLoop.StoredColumns<TKernel, TStored, TIn, TAccumulator, TOut>(source, stride, rows, columns, into);
        else ColumnsInCache(source, stride, rows, columns, into);
    }

    private static bool InRegisters => TKernel.IsCascade && typeof(TIn) == typeof(float);

    [SkipLocalsInit]
    private static TAccumulator InCache(TStored* source, long count)
    {
        TIn* elements = stackalloc TIn[(int)FoldLoop.LongestDense];
        Convert(source, elements, count);
        return FoldLoop.FoldRun<TKernel, TIn, TAccumulator, TOut>(default, elements, 1, count);
    }

    [SkipLocalsInit]
    private static void ColumnsInCache(TStored* source, long stride, long rows, long columns, TAccumulator* into)
    {
        const int Most = 64;
        using Scratch room = Scratch.Rent<TIn>(rows * Most);
        TIn* tile = (TIn*)room.Pointer;
        for (long first = 0; first < columns; first += Most)
        {
            long width = Math.Min(Most, columns - first);
            for (long row = 0; row < rows; row++) Convert(source + row * stride + first, tile + row * Most, width);
            if (TKernel.HasColumns)
            {
                TKernel.Columns(tile, Most, rows, width, into + first);
                continue;
            }
            for (long j = 0; j < width; j++) into[first + j] = FoldLoop.FoldRun<TKernel, TIn, TAccumulator, TOut>(default, tile + j, Most, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convert(TStored* source, TIn* destination, long count)
    {
        int lanes = 64 / sizeof(TIn);
        long i = 0;
        for (; i <= count - lanes; i += lanes) StoredLanes.Load<TStored, TIn>(source + i).Store(destination + i);
        for (; i < count; i++) destination[i] = StoredLanes.One<TStored, TIn>(source + i);
    }
}

public static unsafe partial class FoldLoop
{
    /// <summary>into[j] = the fold of source[r·stride + j] over all rows r: four vectors of columns stay in registers while the rows go by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void StoredColumns<TKernel, TStored, TIn, TAccumulator, TOut>(TStored* source, long stride, long rows, long columns, TAccumulator* into)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TStored : unmanaged
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        TKernel kernel = default;
        Vector512<TAccumulator> start = Vector512.Create(kernel.Start);
        int lanes = 64 / sizeof(TIn);
        long j = 0;
        for (; j <= columns - 4 * lanes; j += 4 * lanes)
        {
            Vector512<TAccumulator> a0 = start, a1 = start, a2 = start, a3 = start;
            TStored* from = source + j;
            for (long row = 0; row < rows; row++, from += stride)
            {
                a0 = TKernel.StepLanes(a0, StoredLanes.Load<TStored, TIn>(from));
                a1 = TKernel.StepLanes(a1, StoredLanes.Load<TStored, TIn>(from + lanes));
                a2 = TKernel.StepLanes(a2, StoredLanes.Load<TStored, TIn>(from + 2 * lanes));
                a3 = TKernel.StepLanes(a3, StoredLanes.Load<TStored, TIn>(from + 3 * lanes));
            }
            a0.Store(into + j);
            a1.Store(into + j + lanes);
            a2.Store(into + j + 2 * lanes);
            a3.Store(into + j + 3 * lanes);
        }
        for (; j <= columns - lanes; j += lanes)
        {
            Vector512<TAccumulator> total = start;
            for (long row = 0; row < rows; row++) total = TKernel.StepLanes(total, StoredLanes.Load<TStored, TIn>(source + row * stride + j));
            total.Store(into + j);
        }
        for (; j < columns; j++)
        {
            TAccumulator total = kernel.Start;
            for (long row = 0; row < rows; row++) total = kernel.Step(total, StoredLanes.One<TStored, TIn>(source + row * stride + j));
            into[j] = total;
        }
    }
}
