using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardtanh_backward", Public = false, Out = false)]
internal static partial class HardtanhBackward
{
    /// <summary>The gradient inside the bounds.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, double min_val, double max_val) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, double min_val, double max_val, Tensor result) => Elementwise.Body(new HardtanhBackwardBody(min_val, max_val), gradOutput, input, result, "hardtanh_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input, double min_val, double max_val) => Call(grad, input, min_val, max_val);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
