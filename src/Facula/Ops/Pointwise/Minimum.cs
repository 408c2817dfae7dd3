using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("minimum")]
internal static partial class Minimum
{
    /// <summary>Returns the lesser of two elements, NaN where one is NaN, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => Extremes.Infer(input, other, "minimum");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<MinimumKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => Extremes.Share(grad, input, other, input < other);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => Extremes.Share(grad, input, other, input > other);
}
