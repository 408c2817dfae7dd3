using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("fmin")]
internal static partial class Fmin
{
    /// <summary>Returns the lesser of two elements, the number where one is NaN, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => Extremes.Infer(input, other, "fmin");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<FminKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => Derivatives.Where((input <= other).logical_or(other.isnan()), grad);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => Derivatives.Where((input <= other).logical_or(other.isnan()).logical_not(), grad);
}
