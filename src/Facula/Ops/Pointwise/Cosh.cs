using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("cosh", InPlace = true)]
internal static partial class Cosh
{
    /// <summary>Returns the hyperbolic cosine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<CoshKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * input.sinh().conj();
}
