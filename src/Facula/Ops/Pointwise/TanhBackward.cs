using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("tanh_backward", Public = false, Out = false)]
internal static partial class TanhBackward
{
    /// <summary>grad · (1 − result²), conjugated.</summary>
    static TensorSpec Infer(Tensor gradOutput, Tensor output) => TensorSpec.Broadcast(gradOutput, output);

    static void Compute(Tensor gradOutput, Tensor output, Tensor result) => Elementwise.FloatOrComplex<TanhBackwardKernel>(gradOutput, output, result);

    static Tensor GradGradOutput(Tensor grad, Tensor output) => TanhBackward.Call(grad, output.conj());

    static Tensor GradOutput(Tensor grad, Tensor gradOutput, Tensor output) => grad.conj() * (-2 * output.conj() * gradOutput);
}
