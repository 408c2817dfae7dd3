using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("cos", InPlace = true)]
internal static partial class Cos
{
    /// <summary>Returns the cosine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<CosKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * -input.sin().conj();
}
