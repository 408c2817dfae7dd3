namespace Facula.Kernels;

/// <summary>One sum over taps: positions on a grid over bordered images, all filters, results on a grid of their own.</summary>
/// <remarks>
/// The forward pass is one of these. The input gradient of stride s is s (per dimension) of them, one for each phase of the input: each is
/// a convolution of stride 1 over the output gradient, with those taps of the turned filters that meet the phase.
/// </remarks>
internal unsafe struct DirectPass
{
    /// <summary>Positions per image.</summary>
    public nint Depth, Height, Width;
    /// <summary>Steps between positions in the bordered image, and where the first lies.</summary>
    public nint DepthStep, HeightStep, WidthStep, Origin;
    /// <summary>Steps between positions in a plane of the result, and where the first lies.</summary>
    public nint ResultDepthStep, ResultHeightStep, ResultWidthStep, ResultOrigin;
    /// <summary>Summed terms, and the offset of each from a position.</summary>
    public nint Taps;
    public nint* Offsets;
    /// <summary>Packed weights: group, panel of filters, tap, lane.</summary>
    public float* Weights;

    /// <summary>How far panels of so many taps are apart: some more than they hold, so that they do not share cache sets.</summary>
    public static nint PanelStride(nint taps, int panel) => taps * panel + 16;
}
