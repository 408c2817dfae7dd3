using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("reciprocal", InPlace = true)]
internal static partial class Reciprocal
{
    /// <summary>Returns the reciprocal of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<ReciprocalKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => -grad * (result * result).conj();
}
