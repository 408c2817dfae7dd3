using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logsigmoid", In = "torch.nn.functional", Node = "LogSigmoidBackward0")]
internal static partial class LogSigmoid
{
    /// <summary>Returns ln(1 / (1 + e⁻ˣ)) of each element.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input);

    static void Compute(Tensor input, Tensor result) => Elementwise.Body(default(LogSigmoidBody), input, result, "log_sigmoid_cpu");

    static Tensor GradInput(Tensor grad, Tensor input) => LogSigmoidBackward.Call(grad, input);
}
