using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("erfc", InPlace = true)]
[Alias("torch.special.erfc", InPlace = false)]
internal static partial class Erfc
{
    /// <summary>Returns the complementary error function 1 − erf(x) of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Float<ErfcKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => -2 / Math.Sqrt(Math.PI) * (-(input * input)).exp() * grad;
}
