using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("xlog1py", In = "torch.special")]
internal static partial class Xlog1py
{
    /// <summary>Returns input·ln(1 + other), 0 where input is zero, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<Xlog1pyKernel>(input, other, result);

    static Tensor GradInput(Tensor grad, Tensor other) => grad * other.log1p();

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad * input / (other + 1);
}
