using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bitwise_or", InPlace = true)]
internal static partial class BitwiseOr
{
    /// <summary>Returns the bitwise or of integers, or the logical one of bools, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => Bitwise.Infer(input, other, "bitwise_or_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<BitwiseOrKernel>(input, other, result);
}
