using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bitwise_xor", InPlace = true)]
internal static partial class BitwiseXor
{
    /// <summary>Returns the bitwise exclusive or of integers, or the logical one of bools, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => Bitwise.Infer(input, other, "bitwise_xor_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<BitwiseXorKernel>(input, other, result);
}
