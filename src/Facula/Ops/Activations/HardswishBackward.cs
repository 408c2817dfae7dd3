using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hardswish_backward", Public = false, Out = false)]
internal static partial class HardswishBackward
{
    /// <summary>The gradient through the hardswish.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, Tensor result) => Elementwise.Body(new HardswishBackwardBody(), gradOutput, input, result, "hardswish_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input) => Call(grad, input);

    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input) =>
        Derivatives.Where((input > -3).logical_and(input < 3), grad * gradOutput / 3);
}
