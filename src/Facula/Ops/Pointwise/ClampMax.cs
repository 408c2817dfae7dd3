using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("clamp_max", InPlace = true)]
internal static partial class ClampMax
{
    /// <summary>Lowers each element to at most <paramref name="max"/>, broadcast; NaN stays.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor max) => Extremes.Infer(input, max, "clamp_max");

    static string NodeName(Tensor max) => max.IsWrappedNumber ? "ClampMaxBackward0" : "ClampMaxBackward1";

    static void Compute(Tensor input, Tensor max, Tensor result) => Elementwise.Real<MinimumKernel>(input, max, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor max) => Derivatives.Where(input <= max, grad);

    static Tensor GradMax(Tensor grad, Tensor input, Tensor max) => Derivatives.Where(input > max, grad);
}
