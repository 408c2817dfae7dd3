using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("leaky_relu_backward", Public = false, Out = false)]
internal static partial class LeakyReluBackward
{
    /// <summary>The gradient through the leaky relu.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, double negative_slope) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, double negative_slope, Tensor result) => Elementwise.Body(new LeakyReluBackwardBody(negative_slope), gradOutput, input, result, "leaky_relu_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input, double negative_slope) => Call(grad, input, negative_slope);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
