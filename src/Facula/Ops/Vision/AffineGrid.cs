namespace Facula.Ops;

[CompositeOp("affine_grid", In = "torch.nn.functional")]
internal static partial class AffineGrid
{
    /// <summary>The grid (N, H, W, 2) or (N, D, H, W, 3) that the affine maps theta (N, 2, 3) or (N, 3, 4) make of an output of <paramref name="size"/>.</summary>
    static Tensor Compose(Tensor theta, Size size, bool? align_corners = null)
    {
        if (align_corners is null) warnings.warn(GridSample.AlignWarning);
        if (!theta.DType.is_floating_point) throw new ArgumentException($"Expected theta to have floating point type, but got {theta.DType}");
        string text = PythonText.Tuple(size.ToArray());
        int spatial = size.Rank - 2;
        if (spatial is not (2 or 3))
            throw new NotSupportedException($"affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size {text}.");
        if (theta.Rank != 3 || theta.Sizes[^2] != spatial || theta.Sizes[^1] != spatial + 1)
            throw new ArgumentException($"Expected a batch of {spatial}D affine matrices of shape Nx{spatial}x{spatial + 1} for size {text}. Got {theta.SizesRef}.");
        foreach (long extent in size)
            if (extent <= 0) throw new ArgumentException($"Expected non-zero, positive output size. Got {text}");
        long points = size[2..].numel();
        Tensor grid = new TensorSpec([points, spatial + 1], theta.DType, theta.device).Zeros();
        Span<long> shape = stackalloc long[spatial];
        for (int axis = 0; axis < spatial; axis++)
        {
            // The last dimension is x.
            int dim = size.Rank - 1 - axis;
            shape.Fill(1);
            shape[dim - 2] = size[dim];
            Tensor line = View.Call(Steps(size[dim], align_corners ?? false, theta), new Size(shape));
            grid.select(1, axis).copy_(Reshape.Call(Expand.Call(line, size[2..]), [points]));
        }
        grid.select(1, spatial).fill_(1);
        Tensor result = Bmm.Call(Expand.Call(grid, [size[0], points, spatial + 1]), MatrixTranspose.Call(theta));
        return View.Call(result, size.Without(1).Concat([spatial]));
    }

    private static Tensor Steps(long count, bool alignCorners, Tensor theta)
    {
        if (count <= 1) return new TensorSpec([1], theta.DType, theta.device).Zeros();
        Tensor line = torch.linspace(-1, 1, count, dtype: theta.DType, device: theta.device);
        return alignCorners ? line : line * ((double)(count - 1) / count);
    }
}
