using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("elu_backward", Public = false, Out = false)]
internal static partial class EluBackward
{
    /// <summary>The gradient through the elu.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, double alpha, double scale, double inputScale) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, double alpha, double scale, double inputScale, Tensor result) => Elementwise.Body(new EluBackwardBody(alpha, scale, inputScale), gradOutput, input, result, "elu_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input, double alpha, double scale, double inputScale) => Call(grad, input, alpha, scale, inputScale);

    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input, double alpha, double scale, double inputScale) =>
        Derivatives.Where(input < 0, grad * gradOutput * (alpha * scale * inputScale * inputScale) * (input * inputScale).exp());
}
