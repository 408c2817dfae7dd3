using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class FoldLoop
{
    /// <summary>Streams whole rows into lines of accumulators in which kept and folded dimensions lie mixed, and folds the lines last.</summary>
    private static void FoldBlocks<TKernel, TIn, TAccumulator, TOut>(in FoldPlan<TKernel, TIn, TAccumulator, TOut> plan, in FoldBlock block)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        // Few lines of many rows are cut into bands, so that they feed several threads.
        long band = Math.Max(RowBlock, 2 * Part / block.Width);
        long bands = block.Outer >= 16 ? 1 : (block.Rows + band - 1) / band;
        if (bands == 1) band = block.Rows;
        using Scratch room = bands > 1 ? Scratch.Rent<TAccumulator>(bands * block.Outer * block.Width) : default;
        long tasks = block.Outer * bands;
        var body = new BlocksBody<TKernel, TIn, TAccumulator, TOut>
        {
            Plan = plan, Block = block, Bands = bands, Band = band, Partials = (TAccumulator*)room.Pointer, Tasks = tasks,
            PerChunk = Math.Max((tasks + 255) / 256, PointwiseGrain.Light / Math.Max(1, block.Width * band)),
        };
        body.PerChunk = Math.Max(1, body.PerChunk);
        WorkerPool.Run((int)((tasks + body.PerChunk - 1) / body.PerChunk), ref body);
        if (bands == 1) return;
        for (long outer = 0; outer < block.Outer; outer++)
        {
            TAccumulator* total = body.Partials + outer * bands * block.Width;
            for (long b = 1; b < bands; b++) MergeLines<TKernel, TIn, TAccumulator, TOut>(plan.Kernel, total, total + b * block.Width, block.Width);
            body.Finish(outer, total);
        }
    }

    private struct BlocksBody<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public FoldPlan<TKernel, TIn, TAccumulator, TOut> Plan;
        public FoldBlock Block;
        public long Bands, Band, PerChunk, Tasks;
        public TAccumulator* Partials;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Tasks, (chunk + 1) * PerChunk);
            using Scratch room = Scratch.Rent<TAccumulator>(2 * FoldBlock.Widest);
            TAccumulator* line = (TAccumulator*)room.Pointer, own = line + FoldBlock.Widest;
            for (long task = chunk * PerChunk; task < last; task++)
            {
                (long outer, long band) = Math.DivRem(task, Bands);
                TAccumulator* total = Bands > 1 ? Partials + task * Block.Width : own;
                FoldBand(outer, band * Band, Math.Min(Block.Rows, (band + 1) * Band), line, total);
                if (Bands == 1) Finish(outer, total);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void FoldBand(long outer, long first, long last, TAccumulator* line, TAccumulator* total)
        {
            (_, long offset, long top) = Block.Offsets(outer);
            long width = Block.Width / Block.Extents[Block.Dimensions - 1] * top;
            long run = Block.RowExtents[Block.RowDimensions - 1], stride = Block.RowStrides[Block.RowDimensions - 1];
            TAccumulator* into = total;
            for (long row = first; row < last; into = line)
            {
                for (long j = 0; j < width; j++) into[j] = Plan.Kernel.Start;
                for (long end = Math.Min(last, row + RowBlock); row < end;)
                {
                    (long index, long within) = Math.DivRem(row, run);
                    long rows = Math.Min(end - row, run - within);
                    TIn* source = Plan.Source + offset + Block.RunOffset(index) + within * stride;
                    StepBlock<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, source, stride, rows, width, into);
                    if (Block.Tail > 0 && within + rows == run)
                        StepBlock<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, source + rows * stride, stride, 1, Block.Tail, into);
                    row += rows;
                }
                if (into != total) MergeLines<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, total, line, width);
            }
        }

        /// <summary>Folds what a line holds of folded dimensions, in place, and writes its results.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Finish(long outer, TAccumulator* line)
        {
            (long offset, _, long top) = Block.Offsets(outer);
            int highest = Block.Dimensions - 1, kept = 0;
            long total = Block.Width / Block.Extents[highest] * top, below = 1;
            long* extents = stackalloc long[highest + 1], steps = stackalloc long[highest + 1];
            for (int i = 0; i <= highest; i++)
            {
                long extent = i == highest ? top : Block.Extents[i];
                if (Block.Steps[i] >= 0)
                {
                    (extents[kept], steps[kept++]) = (extent, Block.Steps[i]);
                    below *= extent;
                    continue;
                }
                total /= extent;
                for (long to = 0; to < total; to += below)
                    FoldLines<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, line + to * extent, below, extent, line + to);
            }
            long run = kept > 0 ? extents[0] : 1, step = kept > 0 ? steps[0] : 1;
            for (long i = 0; i < total; i += run)
            {
                long at = offset, rest = i / run;
                for (int d = 1; d < kept; d++)
                {
                    (rest, long index) = Math.DivRem(rest, extents[d]);
                    at += index * steps[d];
                }
                EndLine<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, line + i, run, Plan.Count, Plan.Destination + at, step);
            }
        }
    }

    /// <summary>Accumulators become results at one distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EndLine<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TAccumulator* line, long columns, long count, TOut* destination, long step)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        long j = 0;
        if (TKernel.HasEndLanes && step == 1)
        {
            int lanes = 64 / sizeof(TAccumulator);
            for (; j <= columns - lanes; j += lanes) kernel.EndLanes(Vector512.Load(line + j), count).Store((TAccumulator*)destination + j);
        }
        for (; j < columns; j++) destination[j * step] = kernel.End(line[j], count);
    }

    /// <summary>total[j] = total[j] merged with more[j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MergeLines<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TAccumulator* total, TAccumulator* more, long columns)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        long j = 0;
        if (TKernel.IsVectorized)
        {
            int lanes = 64 / sizeof(TAccumulator);
            for (; j <= columns - lanes; j += lanes) TKernel.MergeLanes(Vector512.Load(total + j), Vector512.Load(more + j)).Store(total + j);
        }
        for (; j < columns; j++) total[j] = kernel.Merge(total[j], more[j]);
    }

    // to[j] = line[j], line[below + j] … merged; it may lie at the line's own beginning, or before it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldLines<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TAccumulator* line, long below, long count, TAccumulator* to)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int lanes = 64 / sizeof(TAccumulator);
        long j = 0;
        if (below == 1 && count > lanes)
        {
            // Vectors are merged into the first, then its lanes by halves.
            Vector512<TAccumulator> total = Vector512.Load(line);
            for (j = lanes; j <= count - lanes; j += lanes) total = TKernel.MergeLanes(total, Vector512.Load(line + j));
            TAccumulator* own = stackalloc TAccumulator[64];
            total.Store(own);
            for (int half = lanes / 2; half > 0; half /= 2)
                for (int i = 0; i < half; i++) own[i] = kernel.Merge(own[i], own[i + half]);
            for (; j < count; j++) *own = kernel.Merge(*own, line[j]);
            *to = *own;
            return;
        }
        for (; j <= below - lanes; j += lanes)
        {
            Vector512<TAccumulator> total = Vector512.Load(line + j);
            for (long i = 1; i < count; i++) total = TKernel.MergeLanes(total, Vector512.Load(line + i * below + j));
            total.Store(to + j);
        }
        for (; j < below; j++)
        {
            TAccumulator total = line[j];
            for (long i = 1; i < count; i++) total = kernel.Merge(total, line[i * below + j]);
            to[j] = total;
        }
    }

    /// <summary>line[j] takes source[r·stride + j] for all rows r: four vectors at a time stay in registers while the rows go by.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepBlock<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long rows, long width, TAccumulator* line)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int lanes = 64 / sizeof(TIn);
        long group = 4 * lanes, whole = width - width % group, behind = width - lanes;
        if (behind < 0)
        {
            for (long j = 0; j < width; j++)
                for (long row = 0; row < rows; row++) line[j] = kernel.Step(line[j], source[row * stride + j]);
            return;
        }
        // The last group's vectors may overlap, also with those before: they are folded first and written last, equal where they meet.
        long c0 = Math.Min(whole, behind), c1 = Math.Min(whole + lanes, behind), c2 = Math.Min(whole + 2 * lanes, behind);
        Vector512<TAccumulator> a0 = Vector512.Load(line + c0), a1 = Vector512.Load(line + c1), a2 = Vector512.Load(line + c2), a3 = Vector512.Load(line + behind);
        if (whole < width)
        {
            TIn* from = source;
            for (long row = 0; row < rows; row++, from += stride)
            {
                a0 = TKernel.StepLanes(a0, Vector512.Load(from + c0));
                a1 = TKernel.StepLanes(a1, Vector512.Load(from + c1));
                a2 = TKernel.StepLanes(a2, Vector512.Load(from + c2));
                a3 = TKernel.StepLanes(a3, Vector512.Load(from + behind));
            }
        }
        for (long j = 0; j < whole; j += group)
        {
            TIn* from = source + j;
            TAccumulator* at = line + j;
            Vector512<TAccumulator> b0 = Vector512.Load(at), b1 = Vector512.Load(at + lanes), b2 = Vector512.Load(at + 2 * lanes), b3 = Vector512.Load(at + 3 * lanes);
            for (long row = 0; row < rows; row++, from += stride)
            {
                b0 = TKernel.StepLanes(b0, Vector512.Load(from));
                b1 = TKernel.StepLanes(b1, Vector512.Load(from + lanes));
                b2 = TKernel.StepLanes(b2, Vector512.Load(from + 2 * lanes));
                b3 = TKernel.StepLanes(b3, Vector512.Load(from + 3 * lanes));
            }
            b0.Store(at);
            b1.Store(at + lanes);
            b2.Store(at + 2 * lanes);
            b3.Store(at + 3 * lanes);
        }
        if (whole == width) return;
        a0.Store(line + c0);
        a1.Store(line + c1);
        a2.Store(line + c2);
        a3.Store(line + behind);
    }
}
