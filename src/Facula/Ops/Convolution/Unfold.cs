using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The sliding patches of (N, C, H, W); each number stands for height and width.</summary>
internal sealed record PatchSettings(long[] Kernel, long[] Dilation, long[] Padding, long[] Stride)
{
    internal static PatchSettings Create(Dims kernel, Dims dilation, Dims padding, Dims stride)
    {
        var settings = new PatchSettings(Expand(kernel, "kernel_size", 1), Expand(dilation, "dilation", 1), Expand(padding, "padding", 0), Expand(stride, "stride", 1));
        (long[] k, long[] d, long[] p, long[] s) = settings;
        Check.That(k[0] > 0 && k[1] > 0, $"kernel size should be greater than zero, but got kernel_height: {k[0]} kernel_width: {k[1]}");
        Check.That(d[0] > 0 && d[1] > 0, $"dilation should be greater than zero, but got dilation_height: {d[0]} dilation_width: {d[1]}");
        Check.That(p[0] >= 0 && p[1] >= 0, $"padding should be non-negative, but got pad_height: {p[0]} pad_width: {p[1]}");
        Check.That(s[0] > 0 && s[1] > 0, $"stride should be greater than zero, but got stride_height: {s[0]} stride_width: {s[1]}");
        return settings;
    }

    internal static long[] Expand(Dims value, string name, long filler)
    {
        if (value.IsNone) return [filler, filler];
        Check.That(value.Count is 1 or 2, $"It is expected {name} equals to 2, but got size {value.Count}");
        return [value[0], value[value.Count - 1]];
    }

    /// <summary>Patches along one dimension; below 1 when none fits.</summary>
    internal long Count(long size, int d) => (long)Math.Floor((double)(size + 2 * Padding[d] - Dilation[d] * (Kernel[d] - 1) - 1) / Stride[d]) + 1;

    internal PatchShape Shape(long planes, long height, long width) => new(planes, height, width, Kernel[0], Kernel[1], Count(height, 0), Count(width, 1))
    {
        Stride = (Stride[0], Stride[1]),
        Padding = (Padding[0], Padding[1]),
        Dilation = (Dilation[0], Dilation[1]),
    };

    internal string Describe(bool strided) => $"kernel_size={Pair(Kernel)}, dilation={Pair(Dilation)}, padding={Pair(Padding)}" + (strided ? $", stride={Pair(Stride)}" : "");

    internal static string Pair(ReadOnlySpan<long> two) => $"({two[0]}, {two[1]})";
}

[TensorOp("im2col", Public = false, Out = false, Node = "Im2ColBackward0")]
internal static unsafe partial class Im2Col
{
    /// <summary>The patches of (N, C, H, W) as (N, C · kernel, patches).</summary>
    static TensorSpec Infer(Tensor input, PatchSettings settings)
    {
        long rows = settings.Count(input.Sizes[2], 0), columns = settings.Count(input.Sizes[3], 1);
        Check.That(rows >= 1 && columns >= 1,
            $"Given input with spatial size {PatchSettings.Pair(input.Sizes[2..])}, {settings.Describe(false)}, calculated shape of the array of sliding blocks as ({rows}, {columns}), but its components must be at least one.");
        return new([input.Sizes[0], input.Sizes[1] * settings.Kernel[0] * settings.Kernel[1], rows * columns], input.DType, input.device);
    }

    static void Compute(Tensor input, PatchSettings settings, Tensor result)
    {
        if (!input.DType.IsDifferentiable) throw TypeSwitch.NotImplemented("im2col_out_cpu", input.DType);
        if (result.Numel == 0) return;
        Tensor x = input.contiguous();
        fixed (byte* from = &x.Reference, to = &result.Reference)
        {
            var action = new Copy { Shape = settings.Shape(x.Sizes[0] * x.Sizes[1], x.Sizes[2], x.Sizes[3]), From = from, To = to };
            TypeSwitch.Width(x.DType, ref action);
        }
        GC.KeepAlive(x);
    }

    private struct Copy : ITypeAction
    {
        public PatchShape Shape;
        public byte* From, To;

        public readonly void Run<T>() where T : unmanaged => Patches.Unfold(Shape, (T*)From, (T*)To);
    }

    static Tensor GradInput(Tensor grad, Size input, PatchSettings settings) => Col2Im.Call(grad, input, settings);
}

[TensorOp("col2im", Public = false, Out = false, Node = "Col2ImBackward0")]
internal static unsafe partial class Col2Im
{
    /// <summary>Patches (N, C · kernel, patches) added up to (N, C, H, W).</summary>
    static TensorSpec Infer(Tensor input, Size size, PatchSettings settings) => new(size, input.DType, input.device);

    static void Compute(Tensor input, Size size, PatchSettings settings, Tensor result)
    {
        if (!input.DType.IsDifferentiable) throw TypeSwitch.NotImplemented("col2im_out_cpu", input.DType);
        if (result.Numel == 0) return;
        ScalarType type = Elementwise.Arithmetic(input.DType);
        Tensor patches = Dense.Of(input, type), planes = Dense.Target(result, type);
        PatchShape shape = settings.Shape(size[0] * size[1], size[2], size[3]);
        fixed (byte* from = &patches.Reference, to = &planes.Reference)
        {
            if (type == ScalarType.Float32) Patches.Fold(shape, (float*)from, (float*)to);
            else if (type == ScalarType.Float64) Patches.Fold(shape, (double*)from, (double*)to);
            else Patches.Fold(shape, (System.Numerics.Complex*)from, (System.Numerics.Complex*)to);
        }
        GC.KeepAlive(patches);
        Dense.Finish(planes, result);
    }

    static Tensor GradInput(Tensor grad, PatchSettings settings) => Im2Col.Call(grad, settings);
}

[CompositeOp("unfold", In = "torch.nn.functional")]
internal static partial class UnfoldPatches
{
    /// <summary>The sliding patches of (N, C, H, W) or (C, H, W) as columns (N, C · kernel, patches).</summary>
    static Tensor Compose(Tensor input, Dims kernel_size, Dims dilation = default, Dims padding = default, Dims stride = default)
    {
        PatchSettings settings = PatchSettings.Create(kernel_size, dilation, padding, stride);
        int lead = input.Rank == 4 ? 1 : 0;
        bool valid = input.Rank is 3 or 4;
        for (int d = lead; d < input.Rank; d++) valid &= input.Sizes[d] > 0;
        Check.That(valid, $"Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: {input.SizesRef.Brackets()}");
        return input.Rank == 4 ? Im2Col.Call(input, settings) : SqueezeDim.Call(Im2Col.Call(Unsqueeze.Call(input, 0), settings), 0);
    }
}

[CompositeOp("fold", In = "torch.nn.functional")]
internal static partial class FoldPatches
{
    /// <summary>Adds patches (N, C · kernel, patches) or (C · kernel, patches) up to (N, C, H, W): the reverse of <c>unfold</c> up to the overlaps.</summary>
    static Tensor Compose(Tensor input, Dims output_size, Dims kernel_size, Dims dilation = default, Dims padding = default, Dims stride = default)
    {
        long[] output = PatchSettings.Expand(output_size, "output_size", 1);
        PatchSettings settings = PatchSettings.Create(kernel_size, dilation, padding, stride);
        int lead = input.Rank == 3 ? 1 : 0;
        bool valid = input.Rank is 2 or 3;
        for (int d = lead; d < input.Rank; d++) valid &= input.Sizes[d] > 0;
        Check.That(valid, $"Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: {input.SizesRef.Brackets()}");
        long taps = settings.Kernel[0] * settings.Kernel[1], channels = input.Sizes[^2] / taps;
        Check.That(channels * taps == input.Sizes[^2],
            $"Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)={input.Sizes[^2]} and kernel_size={PatchSettings.Pair(settings.Kernel)}.");
        long rows = settings.Count(output[0], 0), columns = settings.Count(output[1], 1);
        Check.That(rows * columns == input.Sizes[^1],
            $"Given output_size={PatchSettings.Pair(output)}, {settings.Describe(true)}, expected size of input's dimension 2 to match the calculated number of sliding blocks {rows} * {columns} = {rows * columns}, but got input.size(2)={input.Sizes[^1]}.");
        Check.That(rows >= 1 && columns >= 1,
            $"Given output_size={PatchSettings.Pair(output)}, {settings.Describe(true)}, calculated shape of the array of sliding blocks as ({rows}, {columns}), which is too small (non-positive)");
        Check.That(output[0] >= 1 && output[1] >= 1, $"Expected output spatial size to be positive, but got: output_size={PatchSettings.Pair(output)}.");
        Tensor patches = input.Rank == 3 ? input : Unsqueeze.Call(input, 0);
        Tensor planes = Col2Im.Call(patches, [patches.Sizes[0], channels, output[0], output[1]], settings);
        return input.Rank == 3 ? planes : SqueezeDim.Call(planes, 0);
    }
}
