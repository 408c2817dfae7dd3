using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bitwise_and", InPlace = true)]
internal static partial class BitwiseAnd
{
    /// <summary>Returns the bitwise and of integers, or the logical one of bools, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => Bitwise.Infer(input, other, "bitwise_and_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<BitwiseAndKernel>(input, other, result);
}
