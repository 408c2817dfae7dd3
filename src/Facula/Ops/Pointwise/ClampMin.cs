using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("clamp_min", InPlace = true)]
internal static partial class ClampMin
{
    /// <summary>Raises each element to at least <paramref name="min"/>, broadcast; NaN stays.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor min) => Extremes.Infer(input, min, "clamp_min");

    static string NodeName(Tensor min) => min.IsWrappedNumber ? "ClampMinBackward0" : "ClampMinBackward1";

    static void Compute(Tensor input, Tensor min, Tensor result) => Elementwise.Real<MaximumKernel>(input, min, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor min) => Derivatives.Where(input >= min, grad);

    static Tensor GradMin(Tensor grad, Tensor input, Tensor min) => Derivatives.Where(input < min, grad);
}
