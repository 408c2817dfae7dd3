using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sigmoid_backward", Public = false, Out = false)]
internal static partial class SigmoidBackward
{
    /// <summary>grad · (1 − result) · result, conjugated.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor output) => TensorSpec.Broadcast(gradOutput, output);

    static void Compute(Tensor gradOutput, Tensor output, Tensor result) => Elementwise.FloatOrComplex<SigmoidBackwardKernel>(gradOutput, output, result);

    static Tensor GradGradOutput(Tensor grad, Tensor output) => SigmoidBackward.Call(grad, output.conj());

    static Tensor GradOutput(Tensor grad, Tensor gradOutput, Tensor output) => grad.conj() * gradOutput * (1 - 2 * output.conj());
}
