using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("gcd", InPlace = true)]
internal static partial class Gcd
{
    /// <summary>Returns the greatest common divisor, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => Bitwise.InferShift(input, other, "gcd_cpu");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Integer<GcdKernel>(input, other, result);
}
