using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("erfinv", InPlace = true)]
[Alias("torch.special.erfinv", InPlace = false)]
internal static partial class Erfinv
{
    /// <summary>Returns the inverse error function of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ErfinvKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => 0.5 * Math.Sqrt(Math.PI) * (result * result).exp() * grad;
}
