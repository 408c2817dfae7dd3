using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sinh", InPlace = true)]
internal static partial class Sinh
{
    /// <summary>Returns the hyperbolic sine of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.FloatOrComplex<SinhKernel>(input, result);

    static Tensor GradInput(Tensor grad, Tensor input) => grad * input.cosh().conj();
}
