using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sigmoid", InPlace = true)]
[Alias("torch.special.expit", InPlace = false)]
[Alias("torch.nn.functional.sigmoid", InPlace = false)]
internal static partial class Sigmoid
{
    /// <summary>Returns the logistic function 1 / (1 + e⁻ˣ) of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<SigmoidKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => SigmoidBackward.Call(grad, result);
}
