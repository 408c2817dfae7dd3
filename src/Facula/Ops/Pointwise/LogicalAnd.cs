using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logical_and", InPlace = true)]
internal static partial class LogicalAnd
{
    /// <summary>Tests elementwise whether both elements are not zero, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Logical<LogicalAndKernel>(input, other, result);
}
