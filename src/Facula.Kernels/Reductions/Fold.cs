using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A reduction: accumulators start, take elements, merge, and end as a result.</summary>
public interface IFold<TIn, TAccumulator, TOut>
    where TIn : unmanaged
    where TAccumulator : unmanaged
    where TOut : unmanaged
{
    TAccumulator Start { get; }
    TAccumulator Step(TAccumulator accumulator, TIn x);
    TAccumulator Merge(TAccumulator left, TAccumulator right);
    TOut End(TAccumulator accumulator, long count);
}

/// <summary>The loop of reductions over strided memory: some dimensions are kept, the others folded.</summary>
public static unsafe class FoldLoop
{
    /// <summary>Elements that one accumulator takes before it is merged: sums stay accurate, and the grid depends on the shape alone.</summary>
    private const long Block = 1024;

    /// <summary>
    /// destination[kept] = fold of source[kept, folded]. Strides are given per kept and per folded dimension, in elements.
    /// </summary>
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
            var body = new Body<TKernel, TIn, TAccumulator, TOut>
            {
                Kernel = kernel, Source = source, Destination = destination, Kept = kept, Extents = e, Strides = s,
                Folded = folded, FoldedExtents = ie, FoldedStrides = istr, Outputs = outputs, Count = count,
                PerChunk = Math.Max(Math.Max(1, (outputs + 63) / 64), PointwiseGrain.Light / Math.Max(1, count)),
            };
            WorkerPool.Run((int)((outputs + body.PerChunk - 1) / body.PerChunk), ref body);
        }
    }

    private struct Body<TKernel, TIn, TAccumulator, TOut> : IParallelBody
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Source;
        public TOut* Destination;
        public int Kept, Folded;
        public long* Extents, Strides, FoldedExtents, FoldedStrides;
        public long Outputs, Count, PerChunk;

        public readonly void Run(int chunk)
        {
            long last = Math.Min(Outputs, (chunk + 1) * PerChunk);
            for (long output = chunk * PerChunk; output < last; output++)
            {
                long rest = output, d = 0, s = 0;
                for (int i = Kept - 1; i >= 0; i--)
                {
                    long index = rest % Extents[i];
                    rest /= Extents[i];
                    d += index * Strides[i];
                    s += index * Strides[Kept + i];
                }
                Destination[d] = Kernel.End(FoldAll(Source + s), Count);
            }
        }

        private readonly TAccumulator FoldAll(TIn* source)
        {
            TAccumulator total = Kernel.Start;
            if (Count == 0) return total;
            if (Folded == 0) return Kernel.Step(total, *source);
            long run = FoldedExtents[Folded - 1], stride = FoldedStrides[Folded - 1];
            long rows = Count / run;
            for (long row = 0; row < rows; row++)
            {
                long rest = row, s = 0;
                for (int i = Folded - 2; i >= 0; i--)
                {
                    s += rest % FoldedExtents[i] * FoldedStrides[i];
                    rest /= FoldedExtents[i];
                }
                TAccumulator part = FoldRun<TKernel, TIn, TAccumulator, TOut>(Kernel, source + s, stride, run);
                total = row == 0 ? part : Kernel.Merge(total, part);
            }
            return total;
        }
    }

    /// <summary>Folds a run by halves, so that the error of a sum grows with the logarithm of its length.</summary>
    private static TAccumulator FoldRun<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        if (count <= Block) return FoldBlock<TKernel, TIn, TAccumulator, TOut>(kernel, source, stride, count);
        long half = (count / 2 + Block - 1) / Block * Block;
        return kernel.Merge(
            FoldRun<TKernel, TIn, TAccumulator, TOut>(kernel, source, stride, half),
            FoldRun<TKernel, TIn, TAccumulator, TOut>(kernel, source + half * stride, stride, count - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TAccumulator FoldBlock<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, TIn* source, long stride, long count)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        TAccumulator a0 = kernel.Start, a1 = a0, a2 = a0, a3 = a0;
        long i = 0;
        for (; i <= count - 4; i += 4)
        {
            a0 = kernel.Step(a0, source[i * stride]);
            a1 = kernel.Step(a1, source[(i + 1) * stride]);
            a2 = kernel.Step(a2, source[(i + 2) * stride]);
            a3 = kernel.Step(a3, source[(i + 3) * stride]);
        }
        for (; i < count; i++) a0 = kernel.Step(a0, source[i * stride]);
        return kernel.Merge(kernel.Merge(a0, a1), kernel.Merge(a2, a3));
    }
}
