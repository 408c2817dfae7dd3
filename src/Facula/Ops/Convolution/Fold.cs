using Facula.Kernels;

namespace Facula.Ops;

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
