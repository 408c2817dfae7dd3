using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lerp", InPlace = true)]
internal static partial class Lerp
{
    /// <summary>Returns input + <paramref name="weight"/> · (end − input), broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor end, [OrScalar] Tensor weight)
    {
        Check.That(input.DType == end.DType, $"expected dtype {input.DType.MetaName()} for `end` but got dtype {end.DType.MetaName()}");
        Check.That(weight.IsWrappedNumber || input.DType == weight.DType, $"expected dtype {input.DType.MetaName()} for `weight` but got dtype {weight.DType.MetaName()}");
        if (!input.DType.IsDifferentiable) throw TypeSwitch.NotImplemented("lerp_kernel_scalar", input.DType);
        if (weight.IsWrappedNumber) NumberRange.Require(weight, input.DType);
        TensorSpec spec = TensorSpec.Broadcast(input, end);
        return weight.Rank == 0 ? spec : TensorSpec.Pointwise(Broadcasting.Shape(spec.Sizes, weight.SizesRef), spec.DType, input.device, input, end, weight);
    }

    static string NodeName(Tensor weight) => weight.IsWrappedNumber ? "LerpBackward0" : "LerpBackward1";

    static void Compute(Tensor input, Tensor end, Tensor weight, Tensor result) => Elementwise.Number3(default(LerpMap), input, end, weight, result, "lerp");

    static Tensor GradInput(Tensor grad, Tensor weight) => grad * (1 - weight).conj();

    static Tensor GradEnd(Tensor grad, Tensor weight) => grad * weight.conj();

    static Tensor GradWeight(Tensor grad, Tensor input, Tensor end) => grad * (end - input).conj();
}
