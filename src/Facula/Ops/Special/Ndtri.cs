using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("ndtri", In = "torch.special")]
internal static partial class Ndtri
{
    /// <summary>Returns the argument at which the normal distribution function has the given value.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<NdtriKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => grad * Math.Sqrt(2 * Math.PI) * (result * result / 2).exp();
}
