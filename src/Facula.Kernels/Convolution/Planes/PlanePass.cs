using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>One sum over taps for all positions of a grid over bordered planes: the forward pass, or one phase of an input gradient.</summary>
internal unsafe struct PlanePass<T> where T : unmanaged
{
    /// <summary>Positions, and the step between their rows in a bordered plane; columns are neighbours. The rows of all slices follow each other.</summary>
    public nint Height, Width, RowStep;
    /// <summary>Rows of a slice, and the step between slices.</summary>
    public nint SliceHeight, SliceStep;
    /// <summary>Where positions lie in a plane of the result.</summary>
    public nint ResultOrigin, ResultRowStep, ResultColumnStep;
    /// <summary>
    /// Summed terms (row of the filter, channel, column), the offset of each from a position, and their weights: group, block of filters, tap, filter.
    /// </summary>
    public nint Taps;
    public nint* Offsets;
    public T* Weights;
    /// <summary>Which bordered row position row r meets with row k of the filter: r · PositionStep + FilterOrigin + k · FilterStep; and how many rows and terms a row there are.</summary>
    public nint PositionStep, FilterOrigin, FilterStep, FilterRows, RowTaps;
    /// <summary>Height and width of a single filter of a single channel whose rows lie as far apart as those of the positions; else zero.</summary>
    public int ColumnHeight, ColumnWidth;

    /// <summary>How high columns can be.</summary>
    public const int LeastColumn = 4, MostColumn = 7;

    /// <summary>Takes tiles of columns if these serve the kernel and the channels and filters of a group; the kernel's rows must lie as far apart as those of the positions.</summary>
    public void SetColumn(Extent3 kernel, nint channels, nint filters)
    {
        if (channels == 1 && filters == 1 && Height == SliceHeight && Height >= LeastColumn && kernel is { Depth: 1, Height: 3 or 5 or 7 })
            (ColumnHeight, ColumnWidth) = ((int)kernel.Height, (int)kernel.Width);
    }

    /// <summary>Where a row of positions lies in a bordered plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint RowAt(nint row)
    {
        // No division for the only slice.
        nint slice = Height == SliceHeight ? 0 : row / SliceHeight;
        return slice * SliceStep + (row - slice * SliceHeight) * RowStep;
    }

    /// <summary>The terms that do not lie in the border for all of some rows of positions; all where positions or taps lie in several slices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (nint First, nint Count) TapsOf(nint firstRow, nint lastRow, in PhasedPlane plane)
    {
        if (Height != SliceHeight || Taps != FilterRows * RowTaps)
            return (0, Taps);
        nint first = 0, end = FilterRows, low = firstRow * PositionStep + FilterOrigin, high = lastRow * PositionStep + FilterOrigin;
        while (first < end && high + first * FilterStep < plane.FirstRow) first++;
        while (end > first && low + (end - 1) * FilterStep >= plane.EndRow) end--;
        return (first * RowTaps, (end - first) * RowTaps);
    }

    /// <summary>Whether another pass fills the columns between those of this one.</summary>
    public readonly bool IsFollowedBy(in PlanePass<T> next) => ResultColumnStep == 2 && next.ResultOrigin == ResultOrigin + 1 && next.Width == Width;
}
