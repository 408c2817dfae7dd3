using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bitwise_left_shift", InPlace = true)]
internal static partial class BitwiseLeftShift
{
    /// <summary>Returns <paramref name="input"/> shifted to the left by <paramref name="other"/> bits, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => Bitwise.InferShift(input, other, "lshift_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<ShiftLeftKernel>(input, other, result);
}
