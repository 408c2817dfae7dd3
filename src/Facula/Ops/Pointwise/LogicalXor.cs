using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logical_xor", InPlace = true)]
internal static partial class LogicalXor
{
    /// <summary>Tests elementwise whether exactly one of the elements is not zero, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Logical<LogicalXorKernel>(input, other, result);
}
