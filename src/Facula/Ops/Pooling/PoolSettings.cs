using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Windows of a pooling over 1–3 spatial dimensions.</summary>
internal sealed record PoolSettings(string Op, int Spatial, long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, bool CeilMode, long[]? Adaptive = null)
{
    /// <summary>2 or 3: PyTorch pools lines as planes of height 1.</summary>
    internal int Planar => Math.Max(2, Spatial);

    internal static PoolSettings Create(string op, int spatial, Dims kernel, Dims stride, Dims padding, Dims dilation, bool ceilMode)
    {
        long[] k = Expand(op, kernel, spatial, "kernel_size", 1);
        long[] s = stride.IsNone || stride.Count == 0 ? k : Expand(op, stride, spatial, "stride", 1);
        long[] p = Expand(op, padding, spatial, "padding", 0);
        long[] d = Expand(op, dilation, spatial, "dilation", 1);
        for (int i = 0; i < spatial; i++)
        {
            Check.That(s[i] != 0, $"stride should not be zero");
            Check.That(k[i] > 0, $"kernel size should be greater than zero, but got {Named(k, "k")}");
            Check.That(s[i] > 0, $"stride should be greater than zero, but got {Named(s, "d")}");
            Check.That(d[i] > 0, $"dilation should be greater than zero, but got {Named(d, "dilation")}");
            Check.That(p[i] >= 0, $"pad must be non-negative, but got pad: {p[i]}");
            Check.That(p[i] <= k[i] / 2, $"pad should be at most half of kernel size, but got pad={p[i]} and kernel_size={k[i]}");
        }
        return new(op, spatial, k, s, p, d, ceilMode);
    }

    /// <summary>The line form of max pooling has words of its own, as long as nothing is recorded.</summary>
    internal static void CheckLine(Tensor input, Dims kernel, Dims stride, Dims padding, Dims dilation)
    {
        if (input.NeedsGrad || kernel.Count != 1) return;
        long step = stride.IsNone || stride.Count == 0 ? kernel[0] : stride[0], border = padding.IsNone ? 0 : padding[0], spread = dilation.IsNone ? 1 : dilation[0];
        Check.That(kernel[0] > 0, $"max_pool1d() kernel_size must be greater than zero, but got {kernel[0]}");
        Check.That(step > 0, $"max_pool1d() stride must be greater than zero, but got {step}");
        Check.That(border >= 0, $"max_pool1d() padding must be non-negative, but got {border}");
        Check.That(border <= kernel[0] / 2, $"max_pool1d() padding should be at most half of kernel size, but got padding={border} and kernel_size={kernel[0]}");
        Check.That(spread > 0, $"max_pool1d() dilation must be greater than zero, but got {spread}");
    }

    /// <summary>Whether no window fits into the line; without a graph and without indices, that gives an empty result.</summary>
    internal static bool IsEmptyLine(Tensor input, Dims kernel, Dims stride, Dims padding, Dims dilation, bool ceil)
    {
        if (input.NeedsGrad || kernel.Count != 1 || input.Rank is not (2 or 3) || input.Sizes[^1] == 0) return false;
        long step = stride.IsNone || stride.Count == 0 ? kernel[0] : stride[0], border = padding.IsNone ? 0 : padding[0], spread = dilation.IsNone ? 1 : dilation[0];
        long count = PoolingShape.OutputSize(input.Sizes[^1], kernel[0], step, border, spread, ceil);
        Check.That(count >= 0, $"max_pool1d() Invalid computed output size: {count}");
        return count == 0;
    }

    private static string Named(long[] values, string prefix) => values.Length == 3
        ? $"{prefix}T: {values[0]} {prefix}H: {values[1]} {prefix}W: {values[2]}"
        : $"{prefix}H: {(values.Length == 1 ? 1 : values[0])} {prefix}W: {values[^1]}";

    private static long[] Expand(string op, Dims value, int spatial, string name, long filler)
    {
        if (value.IsNone) return Enumerable.Repeat(filler, spatial).ToArray();
        if (value.Count == 1) return Enumerable.Repeat(value[0], spatial).ToArray();
        Check.That(value.Count == spatial, $"{op}: {name} must either be a single int, or a tuple of {spatial} ints");
        return value.ToArray();
    }

    /// <summary>The kernels' description for an input of shape (N, C, …) or (C, …).</summary>
    internal PoolingShape Shape(in Size input)
    {
        int lead = input.Rank - Spatial;
        long planes = 1;
        for (int i = 0; i < lead; i++) planes *= input[i];
        ReadOnlySpan<long> spatial = input.AsSpan()[lead..];
        return Adaptive is { } output
            ? PoolingShape.CreateAdaptive(planes, spatial, output)
            : PoolingShape.Create(planes, spatial, Kernel, Stride, Padding, Dilation, CeilMode);
    }

    internal Size OutputSize(Tensor input)
    {
        Check.That(input.Rank == Spatial + 1 || input.Rank == Spatial + 2, $"{ShapeText(input)}");
        int lead = input.Rank - Spatial;
        for (int i = input.Rank == Spatial + 2 ? 1 : 0; i < input.Rank; i++)
            Check.That(input.Sizes[i] > 0, $"{EmptyText(input, i)}");
        Span<long> sizes = stackalloc long[input.Rank];
        input.Sizes.CopyTo(sizes);
        for (int d = 0; d < Spatial; d++)
        {
            sizes[lead + d] = Adaptive?[d] ?? PoolingShape.OutputSize(input.Sizes[lead + d], Kernel[d], Stride[d], Padding[d], Dilation[d], CeilMode);
            Check.That(sizes[lead + d] > 0 || Adaptive is not null,
                $"Given input size: ({Extents(input, input.Sizes[^Spatial..].ToArray())}). Calculated output size: ({Extents(input, OutputSpatial(input))}). Output size is too small");
        }
        if (Op == "avg_pool3d" && Adaptive is null) RequireRoom(input.Sizes[lead..]);
        return new Size(sizes);
    }

    // PyTorch asks this of one family only.
    private void RequireRoom(ReadOnlySpan<long> extents)
    {
        for (int d = 0; d < Spatial; d++)
            Check.That(extents[d] >= Kernel[d],
                $"input image (T: {extents[0]} H: {extents[1]} W: {extents[2]}) smaller than kernel size (kT: {Kernel[0]} kH: {Kernel[1]} kW: {Kernel[2]})");
    }

    // Each family says it in words of its own.
    private string ShapeText(Tensor input) => Op == "avg_pool3d"
        ? "non-empty 4D or 5D (batch mode) tensor expected for input"
        : $"{Op}: Expected {Spatial + 1}D or {Spatial + 2}D (batch mode) tensor with optional 0 dim batch size for input, but got: {input.SizesRef.Brackets()}";

    private string EmptyText(Tensor input, int dim) => Spatial < 3 || Adaptive is not null || Op == "avg_pool3d" ? ShapeText(input)
        : $"{Op}: Expected input's non-batch dimensions to have positive length, but input has a shape of {input.SizesRef.Brackets()} and non-batch dimension {input.Sizes[dim]} has length zero!";

    // A line counts as a plane of one row.
    private string Extents(Tensor input, IEnumerable<long> spatial) => $"{input.Sizes[^(Spatial + 1)]}x{(Spatial == 1 ? "1x" : "")}{string.Join("x", spatial)}";

    private IEnumerable<long> OutputSpatial(Tensor input) => Enumerable.Range(0, Spatial)
        .Select(d => PoolingShape.OutputSize(input.shape[input.Rank - Spatial + d], Kernel[d], Stride[d], Padding[d], Dilation[d], CeilMode));

    /// <summary>An adaptive pooling; −1 stands for an extent that is kept.</summary>
    internal static PoolSettings CreateAdaptive(string op, int spatial, Tensor input, Dims output) => CreateAdaptive(op, spatial, input, new Size(output.ToArray()));

    /// <summary>An adaptive pooling; −1 stands for an extent that is kept.</summary>
    internal static PoolSettings CreateAdaptive(string op, int spatial, Tensor input, Size output)
    {
        Check.That(input.Rank == spatial + 1 || input.Rank == spatial + 2, $"{op}(): Expected {spatial + 1}D or {spatial + 2}D tensor, but got {input.SizesRef.Brackets()}");
        Check.That(output.Rank == spatial || output.Rank == 1, $"{op}: output_size must be {spatial}");
        var sizes = new long[spatial];
        for (int d = 0; d < spatial; d++)
        {
            long wanted = output[output.Rank == 1 ? 0 : d];
            sizes[d] = wanted == -1 ? input.Sizes[input.Rank - spatial + d] : wanted;
            Check.That(sizes[d] >= 0, $"elements of output_size must be greater than or equal to 0 but received {{{string.Join(", ", sizes)}}}");
        }
        long[] none = [];
        return new(op, spatial, none, none, none, none, false, sizes);
    }
}

/// <summary>The types that poolings compute in.</summary>
internal static class PoolTypes
{
    internal static ScalarType Arithmetic(string op, ScalarType dtype)
    {
        if (dtype == ScalarType.Float64 || dtype.IsIntegral) return ScalarType.Float64;
        if (dtype.is_floating_point) return ScalarType.Float32;
        throw TypeSwitch.NotImplemented(op, dtype);
    }
}
