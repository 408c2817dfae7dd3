using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardsigmoid_backward", Public = false, Out = false)]
internal static partial class HardsigmoidBackward
{
    /// <summary>The gradient through the hardsigmoid.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, Tensor result) => Elementwise.Body(new HardsigmoidBackwardBody(), gradOutput, input, result, "hardsigmoid_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input) => Call(grad, input);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
