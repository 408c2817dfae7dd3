using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("softplus_backward", Public = false, Out = false)]
internal static partial class SoftplusBackward
{
    /// <summary>The gradient through the softplus.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, double beta, double threshold) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, double beta, double threshold, Tensor result) => Elementwise.Body(new SoftplusBackwardBody(beta, threshold), gradOutput, input, result, "softplus_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input, double beta, double threshold) => Call(grad, input, beta, threshold);

    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input, double beta, double threshold)
    {
        Tensor sigmoid = (input * beta).sigmoid();
        return Derivatives.Where(input * beta <= threshold, grad * gradOutput * sigmoid * (1 - sigmoid) * beta);
    }
}
