using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sqrt", InPlace = true)]
internal static partial class Sqrt
{
    /// <summary>Returns the square root of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<SqrtKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => grad / (2 * result.conj());
}
