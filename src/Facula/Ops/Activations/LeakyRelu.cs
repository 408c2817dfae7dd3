using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("leaky_relu", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class LeakyRelu
{
    /// <summary>Returns x above zero and <paramref name="negative_slope"/> · x below.</summary>
    static TensorSpec Infer(Tensor input, double negative_slope = 0.01) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, double negative_slope, Tensor result) => Elementwise.Body(new LeakyReluBody(negative_slope), input, result, "leaky_relu_cpu", PointwiseGrain.Light);

    static Tensor GradInput(Tensor grad, Tensor input, double negative_slope) => LeakyReluBackward.Call(grad, input, negative_slope);
}

[CompositeOp("leaky_relu", In = "torch.nn.functional")]
internal static partial class LeakyReluFunction
{
    /// <summary>Returns x above zero and <paramref name="negative_slope"/> · x below; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, double negative_slope = 0.01, bool inplace = false) => inplace ? LeakyRelu.CallInPlace(input, negative_slope) : LeakyRelu.Call(input, negative_slope);
}

[CompositeOp("leaky_relu_", In = "torch.nn.functional")]
internal static partial class LeakyReluInPlaceFunction
{
    /// <summary>Returns x above zero and <paramref name="negative_slope"/> · x below, in the input's memory.</summary>
    static Tensor Compose(Tensor input, double negative_slope = 0.01) => LeakyRelu.CallInPlace(input, negative_slope);
}
