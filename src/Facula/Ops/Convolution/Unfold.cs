using Facula.Kernels;

namespace Facula.Ops;

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
