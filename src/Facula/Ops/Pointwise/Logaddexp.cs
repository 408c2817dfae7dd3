using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logaddexp")]
internal static partial class Logaddexp
{
    /// <summary>Returns ln(e^input + e^other) without overflow, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<LogaddexpKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => grad / (1 + (other - input).exp());

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad / (1 + (input - other).exp());
}
