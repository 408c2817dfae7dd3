using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logaddexp2")]
internal static partial class Logaddexp2
{
    /// <summary>Returns log₂(2^input + 2^other) without overflow, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<Logaddexp2Kernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => grad / (1 + (other - input).exp2());

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad / (1 + (input - other).exp2());
}
