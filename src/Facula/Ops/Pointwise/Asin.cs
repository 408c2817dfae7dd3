using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("asin", InPlace = true)]
[Alias("torch.arcsin")]
internal static partial class Asin
{
    /// <summary>Returns the inverse sine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<AsinKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * (1 - input * input).rsqrt().conj();
}
