using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lgamma", InPlace = true)]
[Alias("torch.special.gammaln", InPlace = false)]
internal static partial class Lgamma
{
    /// <summary>Returns the logarithm of |Γ(x)| of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<LgammaKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * input.digamma();
}
