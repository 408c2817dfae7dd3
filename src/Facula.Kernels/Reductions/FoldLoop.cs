using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The loop of reductions over strided memory: some dimensions are kept, the others folded.</summary>
/// <remarks>
/// Where the folded dimensions are the dense ones, each result folds its own runs (rows); where the kept ones are, rows are streamed into a
/// line of accumulators (columns, see FoldColumns). The grid of partial results depends on the shape alone, never on the threads.
/// </remarks>
public static unsafe partial class FoldLoop
{
    /// <summary>Elements that one accumulator takes before it is merged: sums stay accurate.</summary>
    private const long Block = 4096;

    /// <summary>Elements folded as one unit of work.</summary>
    private const long Part = 1 << 16;

    /// <summary>Elements of neighbouring rows that are read one after the other before the next of the same results.</summary>
    private const long MixedRun = 8192;

    /// <summary>The widest line of results whose rows keep to few pages while one part of it is folded after another.</summary>
    private const long NarrowLine = 256;

    /// <summary>destination[kept] = fold of source[kept, folded]. Strides are given per kept and per folded dimension, in elements.</summary>
    public static void Run<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source,
        ReadOnlySpan<long> keptShape, ReadOnlySpan<long> keptStrides, ReadOnlySpan<long> foldedShape, ReadOnlySpan<long> foldedStrides,
        TOut* destination, ReadOnlySpan<long> destinationStrides)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int kept = keptShape.Length;
        Span<long> outer = stackalloc long[kept];
        Span<long> outerStrides = stackalloc long[2 * kept];
        keptShape.CopyTo(outer);
        destinationStrides.CopyTo(outerStrides);
        keptStrides.CopyTo(outerStrides[kept..]);
        kept = LoopNest.Coalesce(outer, outerStrides, 2);

        int folded = foldedShape.Length;
        Span<long> inner = stackalloc long[folded];
        Span<long> innerStrides = stackalloc long[folded];
        foldedShape.CopyTo(inner);
        foldedStrides.CopyTo(innerStrides);
        folded = LoopNest.Coalesce(inner, innerStrides, 1);

        long outputs = 1, count = 1;
        for (int i = 0; i < kept; i++) outputs *= outer[i];
        for (int i = 0; i < folded; i++) count *= inner[i];
        if (outputs == 0) return;
        fixed (long* e = outer, s = outerStrides, ie = inner, istr = innerStrides)
        {
            var plan = new FoldPlan<TKernel, TIn, TAccumulator, TOut>
            {
                Kernel = kernel, Source = source, Destination = destination, Kept = kept, Extents = e, Strides = s,
                Folded = folded, FoldedExtents = ie, FoldedStrides = istr, Outputs = outputs, Count = count,
                Rows = count == 0 || folded == 0 ? count : count / ie[folded - 1],
            };
            // No other way needs to think of dimensions without elements.
            if (count == 0)
            {
                for (long output = 0; output < outputs; output++) destination[plan.Offsets(output).Destination] = kernel.End(kernel.Start, 0);
                return;
            }
            if (plan.HasShortSlices)
            {
                FoldSlices(plan);
                return;
            }
            if (plan.HasNarrowColumns)
            {
                FoldNarrow(plan);
                return;
            }
            long* room = stackalloc long[FoldBlock.Slots * (kept + folded + 2)];
            FoldBlock block = default;
            // A wide line of results is streamed as it is, also a narrower one of few rows, and a single dense run of each result is a row.
            bool few = TKernel.HasEndLanes && folded == 1 && count <= FewRows && kept > 0 && s[2 * kept - 1] == 1 && s[kept - 1] == 1 && e[kept - 1] * sizeof(TIn) >= 64;
            bool mixed = TKernel.IsVectorized && count > 1 && !few && !plan.HasMixedRows && ((folded > 1 && istr[folded - 1] == 1) || (kept > 0 && s[2 * kept - 1] == 1 && e[kept - 1] <= NarrowLine));
            if (mixed && block.Build(kept, e, s, folded, ie, istr, 64 / sizeof(TIn), room))
            {
                FoldBlocks(plan, block);
                return;
            }
            // The densest kept dimension of the source decides: rows of it are streamed when it is denser than any folded one.
            int line = -1;
            for (int i = 0; i < kept; i++)
                if (line < 0 || Math.Abs(s[kept + i]) < Math.Abs(s[kept + line])) line = i;
            bool columns = count > 1 && line >= 0 && e[line] >= 8 && s[kept + line] == 1 && istr[folded - 1] is not (1 or -1);
            if (columns) FoldColumns(plan, line);
            else FoldRows(plan);
        }
    }

    /// <summary>The most elements that <see cref="Dense"/> takes.</summary>
    public const long LongestDense = Block;

    /// <summary>The fold of a short run of neighbours: what <see cref="Run"/> answers for it, without a plan.</summary>
    public static TOut Dense<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        TAccumulator total = count > 1 ? FoldRun<TKernel, TIn, TAccumulator, TOut>(kernel, source, 1, count)
            : count == 1 ? kernel.Step(kernel.Start, *source) : kernel.Start;
        return kernel.End(total, count);
    }

    private static void FoldRows<TKernel, TIn, TAccumulator, TOut>(in FoldPlan<TKernel, TIn, TAccumulator, TOut> plan)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        if (plan.Outputs >= 32 || plan.Count <= 2 * Part)
        {
            var body = new RowsBody<TKernel, TIn, TAccumulator, TOut>
            {
                Plan = plan,
                PerChunk = Math.Max(Math.Max(1, (plan.Outputs + 255) / 256), PointwiseGrain.Light / plan.Count),
            };
            // Results whose rows lie side by side go together.
            if (plan.HasMixedRows) body.PerChunk = Math.Max(body.PerChunk, Math.Min(plan.Outputs / 8, MixedRun / plan.FoldedExtents[1]));
            WorkerPool.Run((int)((plan.Outputs + body.PerChunk - 1) / body.PerChunk), ref body);
            return;
        }
        // Few results of many elements: each is folded in parts, and the parts are merged in order.
        long run = plan.FoldedExtents[plan.Folded - 1], rows = plan.Rows;
        bool byRows = rows >= 8;
        long units = byRows ? rows : run;
        long perPart = byRows ? Math.Max(1, Part / run) : Part;
        long parts = (units + perPart - 1) / perPart;
        using Scratch room = Scratch.Rent<TAccumulator>(parts * plan.Outputs);
        var partial = new PartsBody<TKernel, TIn, TAccumulator, TOut>
        {
            Plan = plan, Partials = (TAccumulator*)room.Pointer, ByRows = byRows, Units = units, PerPart = perPart, Parts = parts,
        };
        WorkerPool.Run((int)(parts * plan.Outputs), ref partial);
        for (long output = 0; output < plan.Outputs; output++)
            plan.Destination[plan.Offsets(output).Destination] = plan.Kernel.End(MergeAll<TKernel, TIn, TAccumulator, TOut>(plan.Kernel, partial.Partials + output * parts, parts), plan.Count);
    }

    private static void FoldSlices<TKernel, TIn, TAccumulator, TOut>(in FoldPlan<TKernel, TIn, TAccumulator, TOut> plan)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int lanes = 64 / sizeof(TIn);
        var body = new SlicesBody<TKernel, TIn, TAccumulator, TOut> { Plan = plan };
        body.PerChunk = Math.Max((plan.Extents[0] + 255) / 256, PointwiseGrain.Light / (plan.Count * plan.Extents[1]));
        body.PerChunk = (body.PerChunk + lanes - 1) / lanes * lanes;
        WorkerPool.Run((int)((plan.Extents[0] + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct SlicesBody<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public FoldPlan<TKernel, TIn, TAccumulator, TOut> Plan;
        public long PerChunk;

        public readonly void Run(int chunk)
        {
            long first = chunk * PerChunk, last = Math.Min(Plan.Extents[0], first + PerChunk);
            ShortRows.FoldSlices<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, Plan.Source + first * Plan.Strides[2], Plan.Strides[2], last - first, Plan.Count, Plan.Extents[1],
                Plan.Destination + first * Plan.Strides[0], Plan.Strides[0]);
        }
    }

    private static TAccumulator MergeAll<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TAccumulator* parts, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        if (count == 1) return *parts;
        long half = count / 2;
        return kernel.Merge(MergeAll<TKernel, TIn, TAccumulator, TOut>(kernel, parts, half), MergeAll<TKernel, TIn, TAccumulator, TOut>(kernel, parts + half, count - half));
    }

    private struct RowsBody<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public FoldPlan<TKernel, TIn, TAccumulator, TOut> Plan;
        public long PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long first = chunk * PerChunk, last = Math.Min(Plan.Outputs, first + PerChunk);
            if (Plan.HasShortRows || (TKernel.MostRows > 0 && Plan.HasRows && Plan.Count <= TKernel.LongestBlock))
            {
                FoldAlike(first, last);
                return;
            }
            if (Plan.HasMixedRows)
            {
                FoldMixed(first, last);
                return;
            }
            long* index = stackalloc long[Plan.Kept + 1];
            (long d, long s) = Plan.Offsets(first, index);
            for (long output = first; output < last; output++)
            {
                Plan.Destination[d] = Plan.Kernel.End(Plan.FoldAll(Plan.Source + s), Plan.Count);
                Plan.Advance(index, ref d, ref s);
            }
        }

        private readonly void FoldMixed(long first, long last)
        {
            long results = last - first;
            using Scratch room = Scratch.Rent<TAccumulator>(results * (2 + BitOperations.Log2((ulong)Plan.Rows)));
            TAccumulator* totals = (TAccumulator*)room.Pointer;
            FoldMixed(Plan.Source + first * Plan.Strides[1], 0, Plan.Rows, results, totals);
            for (long i = 0; i < results; i++) Plan.Destination[(first + i) * Plan.Strides[0]] = Plan.Kernel.End(totals[i], Plan.Count);
        }

        // The rows of several results in the order in which they lie, merged as FoldRange merges those of one.
        private readonly void FoldMixed(TIn* source, long first, long last, long results, TAccumulator* totals)
        {
            if (last - first > 8)
            {
                long middle = first + (last - first) / 2;
                FoldMixed(source, first, middle, results, totals);
                FoldMixed(source, middle, last, results, totals + results);
                for (long i = 0; i < results; i++) totals[i] = Plan.Kernel.Merge(totals[i], totals[results + i]);
                return;
            }
            TAccumulator* some = stackalloc TAccumulator[TKernel.MostRows];
            for (long row = first; row < last; row++)
                for (long i = 0; i < results; i += TKernel.MostRows)
                {
                    int rows = (int)Math.Min(TKernel.MostRows, results - i);
                    TKernel.BlockRows(source + row * Plan.FoldedStrides[0] + i * Plan.Strides[1], Plan.Strides[1], rows, Plan.FoldedExtents[1], some);
                    for (int k = 0; k < rows; k++) totals[i + k] = row == first ? some[k] : Plan.Kernel.Merge(totals[i + k], some[k]);
                }
        }

        // Rows at one distance, several at once, as far as the innermost kept dimension goes.
        private readonly void FoldAlike(long first, long last)
        {
            long* index = stackalloc long[Plan.Kept + 1];
            int inner = Plan.Kept - 1;
            for (long rows; first < last; first += rows)
            {
                (long d, long s) = Plan.Offsets(first, index);
                rows = Math.Min(last - first, Plan.Extents[inner] - index[inner]);
                if (Plan.HasShortRows) ShortRows.Fold<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, Plan.Source + s, Plan.Strides[2 * inner + 1], rows, Plan.Count, Plan.Destination + d, Plan.Strides[inner]);
                else FoldMatrix(Plan.Source + s, Plan.Strides[2 * inner + 1], rows, Plan.Destination + d, Plan.Strides[inner]);
            }
        }

        private readonly void FoldMatrix(TIn* source, long sourceStride, long count, TOut* destination, long destinationStride)
        {
            TAccumulator* totals = stackalloc TAccumulator[TKernel.MostRows];
            for (long output = 0; output < count; output += TKernel.MostRows)
            {
                int rows = (int)Math.Min(TKernel.MostRows, count - output);
                TKernel.BlockRows(source + output * sourceStride, sourceStride, rows, Plan.Count, totals);
                for (int row = 0; row < rows; row++) destination[(output + row) * destinationStride] = Plan.Kernel.End(totals[row], Plan.Count);
            }
        }
    }

    private struct PartsBody<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public FoldPlan<TKernel, TIn, TAccumulator, TOut> Plan;
        public TAccumulator* Partials;
        public bool ByRows;
        public long Units, PerPart, Parts;

        public readonly void Run(int chunk)
        {
            long output = chunk / Parts, part = chunk % Parts;
            TIn* source = Plan.Source + Plan.Offsets(output).Source;
            long first = part * PerPart, last = Math.Min(Units, first + PerPart);
            long stride = Plan.FoldedStrides[Plan.Folded - 1];
            TAccumulator total;
            if (ByRows) total = Plan.FoldRange(source, first, last);
            else
            {
                total = FoldRun<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, source + first * stride, stride, last - first);
                for (long row = 1; row < Plan.Rows; row++)
                    total = Plan.Kernel.Merge(total, FoldRun<TKernel, TIn, TAccumulator, TOut>(Plan.Kernel, source + Plan.RowOffset(row) + first * stride, stride, last - first));
            }
            Partials[chunk] = total;
        }
    }

    /// <summary>Folds a run by halves, so that the error of a sum grows with the logarithm of its length.</summary>
    internal static TAccumulator FoldRun<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        if (stride == 1 && TKernel.HasBlock && count <= TKernel.LongestBlock) return TKernel.Block(source, count);
        if (count <= Block)
        {
            if (stride == 1 && TKernel.IsVectorized) return FoldDense<TKernel, TIn, TIn, TAccumulator, TOut>(kernel, source, count);
            if ((TKernel.IsVectorized || TKernel.HasBlock) && count >= 32) return FoldGathered<TKernel, TIn, TAccumulator, TOut>(kernel, source, stride, count);
            return FoldStrided<TKernel, TIn, TAccumulator, TOut>(kernel, source, stride, count);
        }
        long half = (count / 2 + Block - 1) / Block * Block;
        return kernel.Merge(
            FoldRun<TKernel, TIn, TAccumulator, TOut>(kernel, source, stride, half),
            FoldRun<TKernel, TIn, TAccumulator, TOut>(kernel, source + half * stride, stride, count - half));
    }

    /// <summary>Folds a dense run whose elements are brought to the fold's type on their way into registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static TAccumulator FoldDense<TKernel, TStored, TIn, TAccumulator, TOut>(TKernel kernel, TStored* source, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TStored : unmanaged
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        TAccumulator total = kernel.Start;
        long i = 0;
        int width = 64 / sizeof(TIn);
        if (count >= width)
        {
            Vector512<TAccumulator> a0 = Vector512.Create(total), a1 = a0, a2 = a0, a3 = a0;
            for (; i <= count - 4 * width; i += 4 * width)
            {
                a0 = TKernel.StepLanes(a0, StoredLanes.Load<TStored, TIn>(source + i));
                a1 = TKernel.StepLanes(a1, StoredLanes.Load<TStored, TIn>(source + i + width));
                a2 = TKernel.StepLanes(a2, StoredLanes.Load<TStored, TIn>(source + i + 2 * width));
                a3 = TKernel.StepLanes(a3, StoredLanes.Load<TStored, TIn>(source + i + 3 * width));
            }
            for (; i <= count - width; i += width) a0 = TKernel.StepLanes(a0, StoredLanes.Load<TStored, TIn>(source + i));
            a0 = TKernel.MergeLanes(TKernel.MergeLanes(a0, a1), TKernel.MergeLanes(a2, a3));
            TAccumulator* lanes = stackalloc TAccumulator[64];
            a0.Store(lanes);
            for (int half = width / 2; half > 0; half /= 2)
                for (int j = 0; j < half; j++) lanes[j] = kernel.Merge(lanes[j], lanes[j + half]);
            total = lanes[0];
        }
        for (; i < count; i++) total = kernel.Step(total, StoredLanes.One<TStored, TIn>(source + i));
        return total;
    }

    // Elements apart come together first, for vectors.
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    private static TAccumulator FoldGathered<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        TIn* dense = stackalloc TIn[StridedRun.Block];
        TAccumulator total = kernel.Start;
        for (long start = 0; start < count; start += StridedRun.Block)
        {
            long n = Math.Min(StridedRun.Block, count - start);
            StridedRun.Gather(source + start * stride, stride, dense, n, far: false);
            TAccumulator some = FoldRun<TKernel, TIn, TAccumulator, TOut>(kernel, dense, 1, n);
            total = start == 0 ? some : kernel.Merge(total, some);
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TAccumulator FoldStrided<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        TAccumulator a0 = kernel.Start;
        long i = 0;
        if (count >= 8)
        {
            TAccumulator a1 = a0, a2 = a0, a3 = a0;
            for (; i <= count - 4; i += 4)
            {
                a0 = kernel.Step(a0, source[i * stride]);
                a1 = kernel.Step(a1, source[(i + 1) * stride]);
                a2 = kernel.Step(a2, source[(i + 2) * stride]);
                a3 = kernel.Step(a3, source[(i + 3) * stride]);
            }
            a0 = kernel.Merge(kernel.Merge(a0, a1), kernel.Merge(a2, a3));
        }
        for (; i < count; i++) a0 = kernel.Step(a0, source[i * stride]);
        return a0;
    }
}
