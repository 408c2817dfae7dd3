using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("atan", InPlace = true)]
[Alias("torch.arctan")]
internal static partial class Atan
{
    /// <summary>Returns the inverse tangent of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<AtanKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad / (input * input + 1).conj();
}
