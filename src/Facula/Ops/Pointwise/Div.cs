using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("div", InPlace = true)]
[Alias("torch.divide")]
internal static partial class Div
{
    /// <summary>Divides <paramref name="input"/> by <paramref name="other"/>, broadcast; <paramref name="rounding_mode"/> "trunc" rounds towards zero, "floor" towards −∞.</summary>
    static TensorSpec Infer([OrScalar] Tensor input, [OrScalar] Tensor other, string? rounding_mode = null)
    {
        if (rounding_mode is null) return TensorSpec.FloatBroadcast(input, other);
        Check.That(rounding_mode is "trunc" or "floor", $"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{rounding_mode}'");
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        IntegerDivision.Require(spec, other, "div_" + rounding_mode + "_cpu");
        return spec;
    }

    static string NodeName(string? rounding_mode) => rounding_mode is null ? "DivBackward0" : "DivBackward2";

    static void Compute(Tensor input, Tensor other, string? rounding_mode, Tensor result)
    {
        if (rounding_mode is null) Elementwise.FloatOrComplex<DivKernel>(input, other, result);
        else if (rounding_mode is "trunc") Elementwise.Real<DivTruncKernel>(input, other, result);
        else Elementwise.Real<DivFloorKernel>(input, other, result);
    }

    static Tensor GradInput(Tensor grad, Tensor other, string? rounding_mode) => rounding_mode is null ? grad / other.conj() : Derivatives.Zeros(grad);

    static Tensor GradOther(Tensor grad, Tensor input, Tensor other, string? rounding_mode) =>
        rounding_mode is null ? -grad * (input / other / other).conj() : Derivatives.Zeros(grad);
}

/// <summary>What divisions of integers must check.</summary>
internal static class IntegerDivision
{
    internal static void Require(in TensorSpec spec, Tensor divisor, string op)
    {
        if (spec.DType == ScalarType.Bool || spec.DType.is_complex) throw TypeSwitch.NotImplemented(op, spec.DType);
        if (!spec.DType.IsIntegral || spec.Sizes.Numel == 0) return;
        Tensor zero = TensorSpec.Like(divisor).As(ScalarType.Bool).Allocate();
        // The dtype of the division may wrap a number round to zero.
        Elementwise.Compare<EqKernel>(Elementwise.Cast(divisor, spec.DType), Tensor.FromNumber(0), zero);
        Check.That(!(bool)Any.Call(zero).item(), $"ZeroDivisionError");
    }
}
