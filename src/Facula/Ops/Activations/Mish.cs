using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("mish", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class Mish
{
    /// <summary>Returns x · tanh(ln(1 + eˣ)) of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<MishKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => MishBackward.Call(grad, input);
}

[CompositeOp("mish", In = "torch.nn.functional")]
internal static partial class MishFunction
{
    /// <summary>Returns x · tanh(ln(1 + eˣ)) of each element; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Mish.CallInPlace(input) : Mish.Call(input);
}
