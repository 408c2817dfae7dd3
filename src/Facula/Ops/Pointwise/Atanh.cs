using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("atanh", InPlace = true)]
[Alias("torch.arctanh")]
internal static partial class Atanh
{
    /// <summary>Returns the inverse hyperbolic tangent of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<AtanhKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad / (1 - input * input).conj();
}
