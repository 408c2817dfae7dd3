using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("shrink_backward", Public = false, Out = false)]
internal static partial class ShrinkBackward
{
    /// <summary>The gradient outside [−λ, λ].</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input, double lambd) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, double lambd, Tensor result) => Elementwise.Body(new ShrinkBackwardBody(lambd), gradOutput, input, result, "shrink_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input, double lambd) => Call(grad, input, lambd);

    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);
}
