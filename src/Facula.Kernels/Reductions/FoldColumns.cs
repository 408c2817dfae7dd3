using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class FoldLoop
{
    /// <summary>Columns whose accumulators stay in the first cache while rows stream by.</summary>
    private const long Line = 1024;

    /// <summary>Rows that a line of accumulators takes before it is merged into the total.</summary>
    private const long RowBlock = 256;

    /// <summary>So few rows are folded from top to bottom, and no line of accumulators is kept.</summary>
    private const long FewRows = 32;

    /// <summary>Streams rows of a dense kept dimension into lines of accumulators.</summary>
    private static void FoldColumns<TKernel, TIn, TAccumulator, TOut>(in FoldPlan<TKernel, TIn, TAccumulator, TOut> plan, int line)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        long width = plan.Extents[line];
        long blocks = (width + Line - 1) / Line;
        long outer = plan.Outputs / width;
        // A tall narrow source is cut into bands of rows, so that it feeds several threads.
        long band = Math.Max(RowBlock, 2 * Part / Math.Min(width, Line));
        long bands = outer * blocks >= 16 ? 1 : (plan.Count + band - 1) / band;
        if (bands == 1) band = plan.Count;
        using Scratch room = bands > 1 ? Scratch.Rent<TAccumulator>(bands * outer * width) : default;
        var body = new ColumnsBody<TKernel, TIn, TAccumulator, TOut>
        {
            Plan = plan, LineDimension = line, Width = width, Blocks = blocks, Bands = bands, Band = band, Partials = (TAccumulator*)room.Pointer,
        };
        long tasks = outer * blocks * bands;
        body.PerChunk = Math.Max(1, Math.Max((tasks + 255) / 256, PointwiseGrain.Light / Math.Max(1, Math.Min(width, Line) * band)));
        body.Tasks = tasks;
        WorkerPool.Run((int)((tasks + body.PerChunk - 1) / body.PerChunk), ref body);
        if (bands == 1) return;
        for (long o = 0; o < outer; o++)
        {
            (long d, _) = body.OuterOffsets(o);
            TAccumulator* first = body.Partials + o * bands * width;
            for (long b = 1; b < bands; b++) MergeLines<TKernel, TIn, TAccumulator, TOut>(plan.Kernel, first, first + b * width, width);
            EndLine<TKernel, TIn, TAccumulator, TOut>(plan.Kernel, first, width, plan.Count, plan.Destination + d, plan.Strides[line]);
        }
    }

    private struct ColumnsBody<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public FoldPlan<TKernel, TIn, TAccumulator, TOut> Plan;
        public int LineDimension;
        public long Width, Blocks, Bands, Band, PerChunk, Tasks;
        public TAccumulator* Partials;

        public readonly (long Destination, long Source) OuterOffsets(long index)
        {
            long d = 0, s = 0;
            for (int i = Plan.Kept - 1; i >= 0; i--)
            {
                if (i == LineDimension) continue;
                long at = index % Plan.Extents[i];
                index /= Plan.Extents[i];
                d += at * Plan.Strides[i];
                s += at * Plan.Strides[Plan.Kept + i];
            }
            return (d, s);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long last = Math.Min(Tasks, (chunk + 1) * PerChunk);
            using Scratch room = Scratch.Rent<TAccumulator>(2 * Line);
            for (long task = chunk * PerChunk; task < last; task++)
            {
                long block = task % Blocks, rest = task / Blocks;
                long band = rest % Bands, outer = rest / Bands;
                (long d, long s) = OuterOffsets(outer);
                long from = block * Line, columns = Math.Min(Line, Width - from);
                if (TKernel.HasEndLanes && Plan.Count <= FewRows && Plan.Folded == 1 && Plan.Strides[LineDimension] == 1)
                {
                    StepFew<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, Plan.Source + s + from, Plan.FoldedStrides[0], Plan.Count, columns, Plan.Destination + d + from);
                    continue;
                }
                TAccumulator* line = (TAccumulator*)room.Pointer;
                TAccumulator* total = Bands > 1 ? Partials + (outer * Bands + band) * Width + from : line + Line;
                FoldBand(Plan.Source + s + from, band * Band, Math.Min(Plan.Count, (band + 1) * Band), columns, line, total);
                if (Bands > 1) continue;
                long stride = Plan.Strides[LineDimension];
                TOut* destination = Plan.Destination + d + from * stride;
                EndLine<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, total, columns, Plan.Count, destination, stride);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void FoldBand(TIn* source, long first, long last, long columns, TAccumulator* line, TAccumulator* total)
        {
            long run = Plan.FoldedExtents[Plan.Folded - 1], stride = Plan.FoldedStrides[Plan.Folded - 1];
            bool begun = false;
            for (long row = first; row < last;)
            {
                long end = Math.Min(last, row + RowBlock);
                TAccumulator* into = begun ? line : total;
                if (TKernel.HasColumns)
                {
                    end = Math.Min(end, row - row % run + run);
                    TKernel.Columns(source + Plan.RowOffset(row / run) + row % run * stride, stride, end - row, columns, into);
                    row = end;
                }
                else
                {
                    for (long j = 0; j < columns; j++) into[j] = Plan.Kernel.Start;
                }
                while (row < end)
                {
                    long within = row % run, rows = Math.Min(end - row, run - within);
                    StepRows<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, source + Plan.RowOffset(row / run) + within * stride, stride, rows, columns, into);
                    row += rows;
                }
                if (begun) MergeLines<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, total, line, columns);
                begun = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepFew<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long rows, long columns, TOut* destination)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int width = 64 / sizeof(TIn);
        Vector512<TAccumulator> start = Vector512.Create(kernel.Start);
        long j = 0;
        for (; j <= columns - 4 * width; j += 4 * width)
        {
            TIn* from = source + j;
            Vector512<TAccumulator> a0 = start, a1 = start, a2 = start, a3 = start;
            for (long row = 0; row < rows; row++, from += stride)
            {
                a0 = TKernel.StepLanes(a0, Vector512.Load(from));
                a1 = TKernel.StepLanes(a1, Vector512.Load(from + width));
                a2 = TKernel.StepLanes(a2, Vector512.Load(from + 2 * width));
                a3 = TKernel.StepLanes(a3, Vector512.Load(from + 3 * width));
            }
            TAccumulator* to = (TAccumulator*)destination + j;
            kernel.EndLanes(a0, rows).Store(to);
            kernel.EndLanes(a1, rows).Store(to + width);
            kernel.EndLanes(a2, rows).Store(to + 2 * width);
            kernel.EndLanes(a3, rows).Store(to + 3 * width);
        }
        for (; j <= columns - width; j += width)
        {
            Vector512<TAccumulator> total = start;
            for (long row = 0; row < rows; row++) total = TKernel.StepLanes(total, Vector512.Load(source + row * stride + j));
            kernel.EndLanes(total, rows).Store((TAccumulator*)destination + j);
        }
        for (; j < columns; j++)
        {
            TAccumulator total = kernel.Start;
            for (long row = 0; row < rows; row++) total = kernel.Step(total, source[row * stride + j]);
            destination[j] = kernel.End(total, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepRows<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long rows, long columns, TAccumulator* line)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        // Not Vector512<TIn>.Count, which throws for types without vectors.
        int width = 64 / sizeof(TIn);
        long row = 0;
        for (; row <= rows - 4; row += 4, source += 4 * stride)
        {
            TIn* r1 = source + stride, r2 = r1 + stride, r3 = r2 + stride;
            long j = 0;
            if (TKernel.IsVectorized)
            {
                for (; j <= columns - width; j += width)
                {
                    Vector512<TAccumulator> a = TKernel.StepLanes(TKernel.StepLanes(Vector512.Load(line + j), Vector512.Load(source + j)), Vector512.Load(r1 + j));
                    TKernel.StepLanes(TKernel.StepLanes(a, Vector512.Load(r2 + j)), Vector512.Load(r3 + j)).Store(line + j);
                }
            }
            for (; j < columns; j++) line[j] = kernel.Step(kernel.Step(kernel.Step(kernel.Step(line[j], source[j]), r1[j]), r2[j]), r3[j]);
        }
        for (; row < rows; row++, source += stride)
        {
            long j = 0;
            if (TKernel.IsVectorized)
            {
                for (; j <= columns - width; j += width)
                    TKernel.StepLanes(Vector512.Load(line + j), Vector512.Load(source + j)).Store(line + j);
            }
            for (; j < columns; j++) line[j] = kernel.Step(line[j], source[j]);
        }
    }
}
