using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("tan", InPlace = true)]
internal static partial class Tan
{
    /// <summary>Returns the tangent of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<TanKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor result) => grad * (1 + result * result).conj();
}
