using Facula.Kernels;

namespace Facula.Ops;

/// <summary>How a grid is read.</summary>
internal sealed record GridSettings(GridMode Mode, GridBorder Border, bool AlignCorners)
{
    internal GridShape Shape(in Size input, in Size grid)
    {
        int spatial = input.Rank - 2;
        long points = 1;
        for (int d = 1; d <= spatial; d++) points *= grid[d];
        return new(input[0], input[1], spatial, Extent3.Create(input.AsSpan()[2..], 1), points, Mode, Border, AlignCorners);
    }

    internal static ScalarType Type(Tensor input) => input.DType == ScalarType.Float64 ? ScalarType.Float64
        : input.DType.is_floating_point ? ScalarType.Float32
        : throw new TorchException($"grid_sampler_{input.Rank - 2}d_cpu not implemented for {input.DType.LegacyName}");
}

[TensorOp("grid_sampler", Public = false, Out = false)]
internal static unsafe partial class GridSampler
{
    /// <summary>The input (N, C, …) read at the points of the grid (N, …, 2 or 3).</summary>
    static TensorSpec Infer(Tensor input, Tensor grid, GridSettings settings)
    {
        Check.That(input.device == grid.device, $"grid_sampler(): expected input and grid to be on same device, but input is on {input.device} and grid is on {grid.device}");
        Check.That(input.Rank > 0 && grid.Rank > 0 && input.Sizes[0] == grid.Sizes[0],
            $"grid_sampler(): expected grid and input to have same batch size, but got input with sizes {input.SizesRef.Brackets()} and grid with sizes {grid.SizesRef.Brackets()}");
        Check.That(grid.Sizes[^1] == input.Rank - 2, $"grid_sampler(): expected grid to have size {input.Rank - 2} in last dimension, but got grid with sizes {grid.SizesRef.Brackets()}");
        Check.That(input.Rank is 4 or 5 && input.Rank == grid.Rank,
            $"grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got input with sizes {input.SizesRef.Brackets()} and grid with sizes {grid.SizesRef.Brackets()}");
        for (int d = 2; d < input.Rank; d++)
            Check.That(input.Sizes[d] > 0, $"grid_sampler(): expected input to have non-empty spatial dimensions, but input has sizes {input.SizesRef.Brackets()} with dimension {d} being empty");
        Check.That(settings.Mode != GridMode.Cubic || input.Rank == 4, $"grid_sampler(): bicubic interpolation only supports 4D input");
        Check.That(input.DType == grid.DType, $"expected scalar type {input.DType.LegacyName} but found {grid.DType.LegacyName}");
        Span<long> sizes = stackalloc long[input.Rank];
        sizes[0] = input.Sizes[0];
        sizes[1] = input.Sizes[1];
        for (int d = 2; d < input.Rank; d++) sizes[d] = grid.Sizes[d - 1];
        return new(new Size(sizes), input.DType, input.device);
    }

    static string NodeName(Tensor input) => input.Rank == 4 ? "GridSampler2DBackward0" : "GridSampler3DBackward0";

    static void Compute(Tensor input, Tensor grid, GridSettings settings, Tensor result)
    {
        ScalarType type = GridSettings.Type(input);
        if (result.Numel == 0) return;
        Tensor x = Dense.Of(input, type), p = Dense.Of(grid, type), y = Dense.Target(result, type);
        GridShape shape = settings.Shape(x.SizesRef, p.SizesRef);
        fixed (byte* px = &x.Reference, pp = &p.Reference, py = &y.Reference)
        {
            if (type == ScalarType.Float32) GridSampling.Forward(shape, (float*)px, (float*)pp, (float*)py);
            else GridSampling.Forward(shape, (double*)px, (double*)pp, (double*)py);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(p);
        Dense.Finish(y, result);
    }

    static Tensor GradInput(Tensor grad, Size input, Tensor grid, GridSettings settings) => GridSamplerInputGradient.Call(grad, grid, input, settings);

    static Tensor GradGrid(Tensor grad, Tensor input, Tensor grid, GridSettings settings) => GridSamplerPointGradient.Call(grad, input, grid, settings);
}

[TensorOp("grid_sampler_input_gradient", Public = false, Out = false)]
internal static unsafe partial class GridSamplerInputGradient
{
    /// <summary>A gradient of what was read, added to the elements it was read from.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor grid, Size size, GridSettings settings) => new(size, gradOutput.DType, gradOutput.device);

    static void Compute(Tensor gradOutput, Tensor grid, Size size, GridSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType type = GridSettings.Type(gradOutput);
        Tensor g = Dense.Of(gradOutput, type), p = Dense.Of(grid, type), x = Dense.Target(result, type);
        GridShape shape = settings.Shape(size, p.SizesRef);
        fixed (byte* pg = &g.Reference, pp = &p.Reference, px = &x.Reference)
        {
            if (type == ScalarType.Float32) GridSampling.InputGradient(shape, (float*)pg, (float*)pp, (float*)px);
            else GridSampling.InputGradient(shape, (double*)pg, (double*)pp, (double*)px);
        }
        GC.KeepAlive(g);
        GC.KeepAlive(p);
        Dense.Finish(x, result);
    }

    // ⟨v, Gᵀg⟩ = ⟨Gv, g⟩, so the other two maps are the derivatives.
    static Tensor GradGradOutput(Tensor grad, Tensor grid, GridSettings settings) => GridSampler.Call(grad, grid, settings);

    static Tensor GradGrid(Tensor grad, Tensor gradOutput, Tensor grid, GridSettings settings) => GridSamplerPointGradient.Call(gradOutput, grad, grid, settings);
}

[TensorOp("grid_sampler_point_gradient", Public = false, Out = false)]
internal static unsafe partial class GridSamplerPointGradient
{
    /// <summary>The gradient of the grid.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, Tensor grid, GridSettings settings) => TensorSpec.Like(grid);

    static void Compute(Tensor gradOutput, Tensor input, Tensor grid, GridSettings settings, Tensor result)
    {
        if (result.Numel == 0) return;
        ScalarType type = GridSettings.Type(gradOutput);
        Tensor g = Dense.Of(gradOutput, type), x = Dense.Of(input, type), p = Dense.Of(grid, type), y = Dense.Target(result, type);
        GridShape shape = settings.Shape(x.SizesRef, p.SizesRef);
        fixed (byte* pg = &g.Reference, px = &x.Reference, pp = &p.Reference, py = &y.Reference)
        {
            if (type == ScalarType.Float32) GridSampling.PointGradient(shape, (float*)pg, (float*)px, (float*)pp, (float*)py);
            else GridSampling.PointGradient(shape, (double*)pg, (double*)px, (double*)pp, (double*)py);
        }
        GC.KeepAlive(g);
        GC.KeepAlive(x);
        GC.KeepAlive(p);
        Dense.Finish(y, result);
    }

    // PyTorch does not differentiate it either.
    static Tensor GradGradOutput(Tensor grad, Size input) => Derivatives.NotImplemented($"grid_sampler_{input.Rank - 2}d_backward");

    static Tensor GradInput(Tensor grad, Size input) => Derivatives.NotImplemented($"grid_sampler_{input.Rank - 2}d_backward");

    static Tensor GradGrid(Tensor grad, Size input) => Derivatives.NotImplemented($"grid_sampler_{input.Rank - 2}d_backward");
}
