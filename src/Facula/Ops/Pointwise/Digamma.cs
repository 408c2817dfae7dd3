using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("digamma", InPlace = true)]
[Alias("torch.special.digamma", InPlace = false)]
[Alias("torch.special.psi", InPlace = false)]
internal static partial class Digamma
{
    /// <summary>Returns the logarithmic derivative of the gamma function of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<DigammaKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * torch.polygamma(1, input);
}
