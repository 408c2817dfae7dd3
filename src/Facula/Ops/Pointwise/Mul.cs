using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("mul", InPlace = true)]
[Alias("torch.multiply")]
internal static partial class Mul
{
    /// <summary>Multiplies <paramref name="input"/> by <paramref name="other"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.Broadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Number<MulKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor other) => grad * other.conj();

    static Tensor GradOther(Tensor grad, Tensor input) => grad * input.conj();
}
