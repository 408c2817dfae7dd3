using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("bitwise_right_shift", InPlace = true)]
internal static partial class BitwiseRightShift
{
    /// <summary>Returns <paramref name="input"/> shifted to the right by <paramref name="other"/> bits, broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => Bitwise.InferShift(input, other, "rshift_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<ShiftRightKernel>(input, other, result);
}
