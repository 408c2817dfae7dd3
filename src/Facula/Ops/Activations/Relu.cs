using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("relu", InPlace = true, Out = false)]
internal static partial class Relu
{
    /// <summary>Returns max(x, 0) of each element.</summary>
    static TensorSpec Infer(Tensor input) => RequireNumbers(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Real<ReluKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => ThresholdBackward.Call(grad, result, 0);

    private static TensorSpec RequireNumbers(Tensor input)
    {
        Check.That(input.DType != ScalarType.Bool, $"Boolean inputs not supported for relu");
        return TensorSpec.Pointwise(input);
    }
}

[CompositeOp("relu", In = "torch.nn.functional")]
internal static partial class ReluFunction
{
    /// <summary>Returns max(x, 0) of each element; with <paramref name="inplace"/> in the input's memory.</summary>
    static Tensor Compose(Tensor input, bool inplace = false) => inplace ? Relu.CallInPlace(input) : Relu.Call(input);
}

[CompositeOp("relu_", In = "torch.nn.functional")]
internal static partial class ReluInPlaceFunction
{
    /// <summary>Returns max(x, 0) of each element, in the input's memory.</summary>
    static Tensor Compose(Tensor input) => Relu.CallInPlace(input);
}
