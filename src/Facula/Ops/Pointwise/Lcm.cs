using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lcm", InPlace = true)]
internal static partial class Lcm
{
    /// <summary>Returns the least common multiple, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => Bitwise.InferShift(input, other, "lcm_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<LcmKernel>(input, other, result);
}
