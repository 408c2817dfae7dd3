using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bitwise_not", InPlace = true)]
internal static partial class BitwiseNot
{
    /// <summary>Turns every bit of each element; for bool the logical not.</summary>
    static TensorSpec Infer(Tensor input)
    {
        if (input.DType.IsDifferentiable) throw TypeSwitch.NotImplemented("bitwise_not_cpu", input.DType);
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, Tensor result) =>
        Elementwise.Integer<BitwiseXorKernel>(input, input.DType == ScalarType.Bool ? Tensor.FromNumber(true) : Tensor.FromNumber(-1), result);
}
