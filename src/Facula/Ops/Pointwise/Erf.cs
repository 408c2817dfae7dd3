using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("erf", InPlace = true)]
[Alias("torch.special.erf", InPlace = false)]
internal static partial class Erf
{
    /// <summary>Returns the error function of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ErfKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => 2 / Math.Sqrt(Math.PI) * (-(input * input)).exp() * grad;
}
