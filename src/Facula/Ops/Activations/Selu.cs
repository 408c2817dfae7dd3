using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("selu", Method = false, InPlace = true, Out = false, Node = "EluBackward0")]
internal static partial class Selu
{
    private const double Alpha = 1.6732632423543772848170429916717, Scale = 1.0507009873554804934193349852946;

    /// <summary>Returns the self-normalising elu: scale · x above zero, scale · alpha · (eˣ − 1) below.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Body(new EluBody(Alpha, Scale, 1), input, result, "elu_cpu");

    static Tensor GradInput(Tensor grad, Tensor input) => EluBackward.Call(grad, input, Alpha, Scale, 1);
}

[CompositeOp("selu", In = "torch.nn.functional")]
internal static partial class SeluFunction
{
    /// <summary>Returns the self-normalising elu: scale · x above zero, scale · alpha · (eˣ − 1) below; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Selu.CallInPlace(input) : Selu.Call(input);
}

[CompositeOp("selu_", In = "torch.nn.functional")]
internal static partial class SeluInPlaceFunction
{
    /// <summary>Returns the self-normalising elu: scale · x above zero, scale · alpha · (eˣ − 1) below, in the input's memory.</summary>
    static Tensor Compose(Tensor input) => Selu.CallInPlace(input);
}
