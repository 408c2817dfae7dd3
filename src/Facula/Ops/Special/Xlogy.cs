using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("xlogy", InPlace = true)]
[Alias("torch.special.xlogy", InPlace = false)]
internal static partial class Xlogy
{
    /// <summary>Returns input·ln(other), 0 where input is zero, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other) => TensorSpec.FloatBroadcast(input, other);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Float<XlogyKernel>(input, other, result);

    static string NodeName(Tensor input, Tensor other) => input.IsWrappedNumber ? "XlogyBackward1" : other.IsWrappedNumber ? "XlogyBackward2" : "XlogyBackward0";

    static Tensor GradInput(Tensor grad, Tensor input, Tensor other) => grad * torch.xlogy((input != 0).to(other.is_floating_point() ? other.dtype : grad.dtype), other);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other) => grad * input / other;
}
