using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("mish_backward", Public = false, Out = false)]
internal static partial class MishBackward
{
    /// <summary>The gradient through the mish.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, Tensor result) => Elementwise.Float<MishBackwardKernel>(gradOutput, input, result);

    static Tensor GradGradOutput(Tensor grad, Tensor input) => Call(grad, input);

    // With t = tanh(softplus x), s = sigmoid x: (t + x·s·(1 − t²))′ = s·(1 − t²)·(2 + x·(1 − s) − 2·x·t·s).
    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input)
    {
        Tensor sigmoid = input.sigmoid();
        Tensor tanh = SoftplusOp.Call(input, 1, 20).tanh();
        return grad * gradOutput * sigmoid * (1 - tanh * tanh) * (2 + input * (1 - sigmoid) - 2 * input * tanh * sigmoid);
    }
}
