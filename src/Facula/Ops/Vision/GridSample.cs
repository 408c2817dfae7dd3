using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("grid_sample", In = "torch.nn.functional")]
internal static partial class GridSample
{
    internal const string AlignWarning = "Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. Please specify align_corners=True if the old behavior is desired. See the documentation of grid_sample for details.";

    /// <summary>
    /// Reads the input (N, C, H, W) at the points (x, y) of the grid (N, h, w, 2), or (N, C, D, H, W) at (x, y, z); −1 and 1 are the outermost elements.
    /// The mode is bilinear, nearest or bicubic; beyond the input lie zeros, the border or its reflection.
    /// </summary>
    static Tensor Compose(Tensor input, Tensor grid, string mode = "bilinear", string padding_mode = "zeros", bool? align_corners = null)
    {
        if (mode is not ("bilinear" or "nearest" or "bicubic"))
            throw new ArgumentException($"nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '{mode}'");
        if (padding_mode is not ("zeros" or "border" or "reflection"))
            throw new ArgumentException($"nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '{padding_mode}'");
        if (align_corners is null) warnings.warn(AlignWarning);
        return GridSampler.Call(input, grid, new(
            mode switch { "bilinear" => GridMode.Linear, "nearest" => GridMode.Nearest, _ => GridMode.Cubic },
            padding_mode switch { "zeros" => GridBorder.Zeros, "border" => GridBorder.Border, _ => GridBorder.Reflection }, align_corners ?? false));
    }
}

[CompositeOp("grid_sampler", Method = false)]
internal static partial class GridSamplerNumbered
{
    /// <summary>As <c>nn.functional.grid_sample</c>, with modes (bilinear, nearest, bicubic) and borders (zeros, border, reflection) by number.</summary>
    static Tensor Compose(Tensor input, Tensor grid, long interpolation_mode, long padding_mode, bool align_corners) =>
        GridSampler.Call(input, grid, new((GridMode)interpolation_mode, (GridBorder)padding_mode, align_corners));
}
