using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("silu_backward", Public = false, Out = false)]
internal static partial class SiluBackward
{
    /// <summary>The gradient through the silu.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, Tensor result) => Elementwise.FloatOrComplex<SiluBackwardKernel>(gradOutput, input, result);

    static Tensor GradGradOutput(Tensor grad, Tensor input) => Call(grad, input);

    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input)
    {
        Tensor sigmoid = input.sigmoid();
        return grad * gradOutput * sigmoid * (1 - sigmoid) * (2 + input * (1 - 2 * sigmoid));
    }
}
