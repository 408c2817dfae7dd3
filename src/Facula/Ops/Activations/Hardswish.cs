using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardswish", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class Hardswish
{
    /// <summary>Returns x · min(max(x + 3, 0), 6) / 6 of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Body(default(HardswishBody), input, result, "hardswish_cpu", PointwiseGrain.Light);

    static Tensor GradInput(Tensor grad, Tensor input) => HardswishBackward.Call(grad, input);
}

[CompositeOp("hardswish", In = "torch.nn.functional")]
internal static partial class HardswishFunction
{
    /// <summary>Returns x · min(max(x + 3, 0), 6) / 6 of each element; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Hardswish.CallInPlace(input) : Hardswish.Call(input);
}
