using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("maximum")]
internal static partial class Maximum
{
    /// <summary>Returns the greater of two elements, NaN where one is NaN, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => Extremes.Infer(input, other, "maximum");

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Real<MaximumKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => Extremes.Share(grad, input, other, input > other);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => Extremes.Share(grad, input, other, input < other);
}
