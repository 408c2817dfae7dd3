using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("zeta", In = "torch.special")]
internal static partial class Zeta
{
    /// <summary>Returns the Hurwitz zeta function, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<ZetaKernel>(input, other, result);

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("zeta");

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad * -input * torch.special.zeta(input + 1, other);
}
