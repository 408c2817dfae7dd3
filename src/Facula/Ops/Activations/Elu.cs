using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("elu", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class Elu
{
    /// <summary>Returns x above zero and <paramref name="alpha"/> · (eˣ − 1) below.</summary>
    static TensorSpec Infer(Tensor input, double alpha = 1.0) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, double alpha, Tensor result) => Elementwise.Body(new EluBody(alpha, 1, 1), input, result, "elu_cpu");

    static Tensor GradInput(Tensor grad, Tensor input, double alpha) => EluBackward.Call(grad, input, alpha, 1, 1);
}

[CompositeOp("elu", In = "torch.nn.functional")]
internal static partial class EluFunction
{
    /// <summary>Returns x above zero and <paramref name="alpha"/> · (eˣ − 1) below; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, double alpha = 1.0, bool inplace = false) => inplace ? Elu.CallInPlace(input, alpha) : Elu.Call(input, alpha);
}

[CompositeOp("elu_", In = "torch.nn.functional")]
internal static partial class EluInPlaceFunction
{
    /// <summary>Returns x above zero and <paramref name="alpha"/> · (eˣ − 1) below, in the input's memory.</summary>
    static Tensor Compose(Tensor input, double alpha = 1.0) => Elu.CallInPlace(input, alpha);
}
