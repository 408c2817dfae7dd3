namespace Facula.Kernels;

/// <summary>One sum over taps for all positions of a grid over bordered planes: the forward pass, or one phase of an input gradient.</summary>
internal unsafe struct PlanePass<T> where T : unmanaged
{
    /// <summary>Positions, and the step between their rows in a bordered plane; columns are neighbours.</summary>
    public nint Height, Width, RowStep;
    /// <summary>Where positions lie in a plane of the result.</summary>
    public nint ResultOrigin, ResultRowStep, ResultColumnStep;
    /// <summary>Summed terms, the offset of each from a position, and their weights: group, block of filters, tap, filter.</summary>
    public nint Taps;
    public nint* Offsets;
    public T* Weights;

    /// <summary>Whether another pass fills the columns between those of this one.</summary>
    public readonly bool IsFollowedBy(in PlanePass<T> next) => ResultColumnStep == 2 && next.ResultOrigin == ResultOrigin + 1 && next.Width == Width;
}
