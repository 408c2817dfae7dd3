namespace Facula.Kernels;

/// <summary>
/// The dense memory at the bottom of a reduction, kept and folded dimensions as they lie: a line of accumulators, into which the rows of the other folded
/// dimensions are streamed whole. What is folded inside the line comes last, and is little.
/// </summary>
/// <remarks>
/// Sums over the first and last dimensions of images, over the middle of narrow matrices and down a tall narrow one have rows or columns of a few elements
/// when taken one by one; together they are rows of whole vectors.
/// </remarks>
internal unsafe struct FoldBlock
{
    /// <summary>The most elements of a line.</summary>
    public const long Widest = 1024;

    // A line this wide keeps four vectors of floats busy; a tall narrow source is cut until it is.
    private const long Wanted = 64;

    /// <summary>Dimensions in the line, innermost first: extents, and steps of the results (negative where folded).</summary>
    public int Dimensions;
    public long* Extents, Steps;
    public long Width;

    /// <summary>The rows, outermost dimension first; behind each run of the innermost there may be a last row of <see cref="Tail"/> elements.</summary>
    public int RowDimensions;
    public long* RowExtents, RowStrides;
    public long Rows, Tail;

    /// <summary>Kept dimensions outside the line, with the steps of results and source; where the line cuts one, it is the last, and its last piece is <see cref="LastExtent"/> long.</summary>
    public int OuterDimensions;
    public long* OuterExtents, OuterSteps, OuterStrides;
    public long Outer, LastExtent;

    /// <summary>Numbers that <see cref="Build"/> needs room for, for each dimension.</summary>
    public const int Slots = 7;

    /// <summary>Lays the line; answers whether it is worth it. <paramref name="room"/> holds <see cref="Slots"/> numbers for each dimension and two more.</summary>
    public bool Build(int kept, long* extents, long* strides, int folded, long* foldedExtents, long* foldedStrides, int lanes, long* room)
    {
        int most = kept + folded + 2;
        Extents = room;
        Steps = Extents + most;
        RowExtents = Steps + most;
        RowStrides = RowExtents + most;
        OuterExtents = RowStrides + most;
        OuterSteps = OuterExtents + most;
        OuterStrides = OuterSteps + most;
        Width = 1;
        // Dimensions are sorted by falling strides: those behind these two are in the line.
        int k = kept, f = folded;
        long cutFolded = 0, cutKept = 0, stride = 0, step = 0;
        while (Width < Wanted || (f > 0 && k > 0))
        {
            if (f > 0 && foldedStrides[f - 1] == Width && Width < Wanted)
            {
                long extent = foldedExtents[f - 1];
                if (f > 1 && extent * Width <= Widest) Add(foldedExtents[--f], -1);
                else
                {
                    // The only one left, or too long: a part of it joins the line, so that whole vectors fall down its rest.
                    long part = Math.Min(extent / 4, (Wanted + Width - 1) / Width);
                    if (Dimensions == 0 || part < 2) break;
                    f--;
                    cutFolded = extent / part;
                    Tail = extent % part * Width;
                    Add(part, -1);
                    stride = Width;
                    break;
                }
            }
            else if (k > 0 && strides[kept + k - 1] == Width && f > 0)
            {
                long extent = extents[k - 1];
                if (extent * Width <= Widest) Add(extents[--k], strides[k]);
                else
                {
                    long part = 4 * Wanted / Width;
                    if (Width >= Wanted || Dimensions == 0) break;
                    k--;
                    cutKept = (extent + part - 1) / part;
                    LastExtent = extent - (cutKept - 1) * part;
                    step = part * strides[k];
                    stride = part * Width;
                    Add(part, strides[k]);
                    break;
                }
            }
            else break;
        }
        for (int i = 0; i < f; i++) (RowExtents[i], RowStrides[i]) = (foldedExtents[i], foldedStrides[i]);
        RowDimensions = f;
        if (cutFolded > 0) (RowExtents[f], RowStrides[f], RowDimensions) = (cutFolded, stride, f + 1);
        for (int i = 0; i < k; i++) (OuterExtents[i], OuterSteps[i], OuterStrides[i]) = (extents[i], strides[i], strides[kept + i]);
        OuterDimensions = k;
        if (cutKept > 0) (OuterExtents[k], OuterSteps[k], OuterStrides[k], OuterDimensions) = (cutKept, step, stride, k + 1);
        Rows = Outer = 1;
        for (int i = 0; i < RowDimensions; i++) Rows *= RowExtents[i];
        for (int i = 0; i < OuterDimensions; i++) Outer *= OuterExtents[i];
        return RowDimensions > 0 && Rows > 1 && Width >= lanes;
    }

    private void Add(long extent, long step)
    {
        Extents[Dimensions] = extent;
        Steps[Dimensions++] = step;
        Width *= extent;
    }

    /// <summary>Where the results and the source of one line begin, and how far its outermost dimension reaches there.</summary>
    public readonly (long Destination, long Source, long Top) Offsets(long outer)
    {
        long d = 0, s = 0, top = Extents[Dimensions - 1];
        if (LastExtent > 0 && outer % OuterExtents[OuterDimensions - 1] == OuterExtents[OuterDimensions - 1] - 1) top = LastExtent;
        for (int i = OuterDimensions - 1; i >= 0 && outer > 0; i--)
        {
            (outer, long at) = Math.DivRem(outer, OuterExtents[i]);
            d += at * OuterSteps[i];
            s += at * OuterStrides[i];
        }
        return (d, s, top);
    }

    /// <summary>Where a run of rows begins, counted without the innermost dimension.</summary>
    public readonly long RunOffset(long run)
    {
        long s = 0;
        for (int i = RowDimensions - 2; i >= 0 && run > 0; i--)
        {
            (run, long at) = Math.DivRem(run, RowExtents[i]);
            s += at * RowStrides[i];
        }
        return s;
    }
}
