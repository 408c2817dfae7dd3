using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardsigmoid", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class Hardsigmoid
{
    /// <summary>Returns min(max(x + 3, 0), 6) / 6 of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Body(default(HardsigmoidBody), input, result, "hardsigmoid_cpu", PointwiseGrain.Light);

    static Tensor GradInput(Tensor grad, Tensor input) => HardsigmoidBackward.Call(grad, input);
}

[CompositeOp("hardsigmoid", In = "torch.nn.functional")]
internal static partial class HardsigmoidFunction
{
    /// <summary>Returns min(max(x + 3, 0), 6) / 6 of each element; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Hardsigmoid.CallInPlace(input) : Hardsigmoid.Call(input);
}
