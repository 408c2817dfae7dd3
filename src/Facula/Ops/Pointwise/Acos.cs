using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("acos", InPlace = true)]
[Alias("torch.arccos")]
internal static partial class Acos
{
    /// <summary>Returns the inverse cosine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<AcosKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * -(1 - input * input).rsqrt().conj();
}
