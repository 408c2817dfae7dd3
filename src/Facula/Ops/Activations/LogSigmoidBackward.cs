using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("log_sigmoid_backward", Public = false, Out = false)]
internal static partial class LogSigmoidBackward
{
    /// <summary>The gradient through the log-sigmoid.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor input) => TensorSpec.Broadcast(gradOutput, input);

    static void Compute(Tensor gradOutput, Tensor input, Tensor result) => Elementwise.Body(new LogSigmoidBackwardBody(), gradOutput, input, result, "log_sigmoid_backward");

    static Tensor GradGradOutput(Tensor grad, Tensor input) => Call(grad, input);

    static Tensor GradInput(Tensor grad, Tensor gradOutput, Tensor input)
    {
        Tensor sigmoid = input.sigmoid();
        return -grad * gradOutput * sigmoid * (1 - sigmoid);
    }
}
