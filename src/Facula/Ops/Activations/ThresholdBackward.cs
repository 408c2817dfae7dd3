using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("threshold_backward", Public = false, Out = false)]
internal static partial class ThresholdBackward
{
    /// <summary>The gradient where <paramref name="input"/> is above the threshold.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, double threshold) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, double threshold, Tensor result) => Elementwise.Body(new ThresholdBackwardBody(threshold), gradOutput, input, result, "threshold_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input, double threshold) => Call(grad, input, threshold);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
