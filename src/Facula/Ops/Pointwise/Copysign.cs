using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("copysign", InPlace = true)]
internal static partial class Copysign
{
    /// <summary>Returns the size of <paramref name="input"/> with the sign of <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static string NodeName(Tensor other) => other.IsWrappedNumber ? "CopysignBackward1" : "CopysignBackward0";

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<CopysignKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => grad * torch.where(input == 0, 0, result / input);

    static Tensor GradOther(Tensor grad) => Derivatives.Zeros(grad);
}
