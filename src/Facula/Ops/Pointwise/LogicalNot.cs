using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logical_not", InPlace = true)]
internal static partial class LogicalNot
{
    /// <summary>Tests whether each element is zero.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor result)
    {
        if (input.DType == ScalarType.Bool) Elementwise.Integer<BitwiseXorKernel>(input, Tensor.FromNumber(true), result);
        else Elementwise.Equality<EqKernel>(input, Tensor.FromNumber(0), result, equal: true);
    }
}
