using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logical_or", InPlace = true)]
internal static partial class LogicalOr
{
    /// <summary>Tests elementwise whether one of the elements is not zero, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Logical<LogicalOrKernel>(input, other, result);
}
