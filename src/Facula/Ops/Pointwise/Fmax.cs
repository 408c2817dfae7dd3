using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fmax")]
internal static partial class Fmax
{
    /// <summary>Returns the greater of two elements, the number where one is NaN, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => Extremes.Infer(input, other, "fmax");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<FmaxKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => Derivatives.Where((input >= other).logical_or(other.isnan()), grad);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => Derivatives.Where((input >= other).logical_or(other.isnan()).logical_not(), grad);
}
