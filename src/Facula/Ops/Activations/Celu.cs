using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("celu", Method = false, InPlace = true, Out = false)]
internal static partial class Celu
{
    /// <summary>Returns x above zero and <paramref name="alpha"/> · (e^(x / alpha) − 1) below.</summary>
    static TensorSpec Infer(Tensor input, double alpha = 1.0) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, double alpha, Tensor result) => Elementwise.Body(new EluBody(alpha, 1, 1 / alpha), input, result, "elu_cpu");

    static Tensor GradInput(Tensor grad, Tensor input, double alpha) => EluBackward.Call(grad, input, alpha, 1, 1 / alpha);
}

[CompositeOp("celu", In = "torch.nn.functional")]
internal static partial class CeluFunction
{
    /// <summary>Returns x above zero and <paramref name="alpha"/> · (e^(x / alpha) − 1) below; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, double alpha = 1.0, bool inplace = false) => inplace ? Celu.CallInPlace(input, alpha) : Celu.Call(input, alpha);
}

[CompositeOp("celu_", In = "torch.nn.functional")]
internal static partial class CeluInPlaceFunction
{
    /// <summary>Returns x above zero and <paramref name="alpha"/> · (e^(x / alpha) − 1) below, in the input's memory.</summary>
    static Tensor Compose(Tensor input, double alpha = 1.0) => Celu.CallInPlace(input, alpha);
}
