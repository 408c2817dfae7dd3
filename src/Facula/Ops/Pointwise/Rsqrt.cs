using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("rsqrt", InPlace = true)]
internal static partial class Rsqrt
{
    /// <summary>Returns the reciprocal of the square root of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<RsqrtKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => -0.5 * grad * (result * result * result).conj();
}
