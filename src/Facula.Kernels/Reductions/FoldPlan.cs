namespace Facula.Kernels;

/// <summary>A reduction as the loops see it: merged dimensions, kept and folded, with their strides.</summary>
internal unsafe struct FoldPlan<TKernel, TIn, TAccumulator, TOut>
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
    public long Outputs, Count;

    /// <summary>Where one result is written, and where its elements begin.</summary>
    public readonly (long Destination, long Source) Offsets(long output)
    {
        long d = 0, s = 0;
        for (int i = Kept - 1; i >= 0 && output > 0; i--)
        {
            long index = output % Extents[i];
            output /= Extents[i];
            d += index * Strides[i];
            s += index * Strides[Kept + i];
        }
        return (d, s);
    }

    /// <summary>Where the row of the folded dimensions begins, the innermost of them being the row.</summary>
    public readonly long RowOffset(long row)
    {
        long s = 0;
        for (int i = Folded - 2; i >= 0 && row > 0; i--)
        {
            s += row % FoldedExtents[i] * FoldedStrides[i];
            row /= FoldedExtents[i];
        }
        return s;
    }

    public readonly TAccumulator FoldAll(TIn* source)
    {
        if (Count == 0) return Kernel.Start;
        if (Folded == 0) return Kernel.Step(Kernel.Start, *source);
        return FoldRange(source, 0, Count / FoldedExtents[Folded - 1]);
    }

    /// <summary>Folds rows first … last − 1, by halves.</summary>
    public readonly TAccumulator FoldRange(TIn* source, long first, long last)
    {
        if (last - first > 8)
        {
            long middle = first + (last - first) / 2;
            return Kernel.Merge(FoldRange(source, first, middle), FoldRange(source, middle, last));
        }
        long run = FoldedExtents[Folded - 1], stride = FoldedStrides[Folded - 1];
        TAccumulator total = FoldLoop.FoldRun<TKernel, TIn, TAccumulator, TOut>(Kernel, source + RowOffset(first), stride, run);
        for (long row = first + 1; row < last; row++)
            total = Kernel.Merge(total, FoldLoop.FoldRun<TKernel, TIn, TAccumulator, TOut>(Kernel, source + RowOffset(row), stride, run));
        return total;
    }
}
