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

    /// <summary>Rows of the folded dimensions that one result is made of; a row is their innermost one.</summary>
    public long Rows;

    /// <summary>Whether each result is the fold of one dense row, and several rows at a time lie at equal distances.</summary>
    public readonly bool HasRows => Kept > 0 && Folded == 1 && FoldedStrides[0] == 1 && (Kept == 1 || Extents[Kept - 1] >= 8);

    /// <summary>Whether these rows are so short that each takes a lane of its own.</summary>
    public readonly bool HasShortRows => TKernel.IsVectorized && ShortRows.Takes<TIn>(Count) && (HasRows || (Kept == 1 && Folded == 0));

    /// <summary>Whether results are the columns of slices so small that each slice takes a lane of its own.</summary>
    public readonly bool HasShortSlices => TKernel.HasEndLanes && sizeof(TIn) >= 4 && Kept == 2 && Folded == 1 && Strides[1] == 1 && Strides[3] == 1
        && FoldedStrides[0] == Extents[1] && Extents[1] < 16 && Count * Extents[1] <= ShortRows.LongestSlice && Extents[0] >= 32 / sizeof(TIn);

    /// <summary>Whether each result is made of long dense rows between which those of all other results lie, as with sums over the channels of images.</summary>
    public readonly bool HasMixedRows => TKernel.MostRows > 0 && Kept == 1 && Folded == 2 && Outputs > 1 && FoldedStrides[1] == 1
        && FoldedExtents[1] >= 64 && FoldedExtents[1] <= TKernel.LongestBlock && FoldedStrides[0] > Strides[1];

    /// <summary>Whether results are the few columns of a tall dense matrix, in a fold that takes columns but no lanes.</summary>
    public readonly bool HasNarrowColumns => TKernel.HasColumns && !TKernel.IsVectorized && Kept == 1 && Folded == 1 && Strides[1] == 1
        && Extents[0] == FoldedStrides[0] && Extents[0] < 64 && Count >= 512;

    /// <summary>Where one result is written, and where its elements begin.</summary>
    public readonly (long Destination, long Source) Offsets(long output)
    {
        long* index = stackalloc long[Kept + 1];
        return Offsets(output, index);
    }

    /// <summary>The same; <paramref name="index"/> takes the place of the result in each kept dimension, for <see cref="Advance"/>.</summary>
    public readonly (long Destination, long Source) Offsets(long output, long* index)
    {
        long d = 0, s = 0;
        for (int i = Kept - 1; i >= 0; i--)
        {
            index[i] = 0;
            if (output == 0) continue;
            (output, index[i]) = Math.DivRem(output, Extents[i]);
            d += index[i] * Strides[i];
            s += index[i] * Strides[Kept + i];
        }
        return (d, s);
    }

    /// <summary>Goes to the next result, without the divisions, which take as long as a short row.</summary>
    public readonly void Advance(long* index, ref long destination, ref long source)
    {
        for (int i = Kept - 1; i >= 0; i--)
        {
            destination += Strides[i];
            source += Strides[Kept + i];
            if (++index[i] < Extents[i]) return;
            destination -= Extents[i] * Strides[i];
            source -= Extents[i] * Strides[Kept + i];
            index[i] = 0;
        }
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
        if (Folded == 0) return Kernel.Step(Kernel.Start, *source);
        return Rows == 1 ? FoldRow(source) : FoldRange(source, 0, Rows);
    }

    /// <summary>Folds rows first … last − 1, by halves.</summary>
    public readonly TAccumulator FoldRange(TIn* source, long first, long last)
    {
        if (last - first > 8)
        {
            long middle = first + (last - first) / 2;
            return Kernel.Merge(FoldRange(source, first, middle), FoldRange(source, middle, last));
        }
        TAccumulator total = FoldRow(source + RowOffset(first));
        for (long row = first + 1; row < last; row++) total = Kernel.Merge(total, FoldRow(source + RowOffset(row)));
        return total;
    }

    private readonly TAccumulator FoldRow(TIn* source) =>
        FoldLoop.FoldRun<TKernel, TIn, TAccumulator, TOut>(Kernel, source, FoldedStrides[Folded - 1], FoldedExtents[Folded - 1]);
}
