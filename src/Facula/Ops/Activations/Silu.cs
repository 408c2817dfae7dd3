using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("silu", Function = false, Method = false, InPlace = true, Out = false)]
internal static partial class Silu
{
    /// <summary>Returns x · sigmoid(x) of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<SiluKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => SiluBackward.Call(grad, input);
}

[CompositeOp("silu", In = "torch.nn.functional")]
internal static partial class SiluFunction
{
    /// <summary>Returns x · sigmoid(x) of each element; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Silu.CallInPlace(input) : Silu.Call(input);
}
