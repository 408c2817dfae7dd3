using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("i0e", In = "torch.special")]
internal static partial class I0e
{
    /// <summary>Returns the modified Bessel function of order 0, scaled by e^(−|x|).</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<I0eKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => grad * (torch.special.i1e(input) - input.sgn() * result);
}
