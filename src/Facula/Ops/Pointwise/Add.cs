using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("add", InPlace = true)]
internal static partial class Add
{
    /// <summary>Adds <paramref name="other"/>, scaled by <paramref name="alpha"/>, to <paramref name="input"/>: input + alpha · other, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other, Scalar? alpha = null)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        if (alpha is { } a) CheckAlpha(a, spec.DType);
        return spec;
    }

    static void Compute(Tensor input, Tensor other, Scalar? alpha, Tensor result) =>
        Elementwise.Number<AddKernel>(input, alpha is null ? other : Scaled(other, alpha, result.DType), result);

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradOther(Tensor grad, Scalar? alpha) => alpha is { } a ? grad * a.Conjugate() : grad;

    /// <summary>alpha · other, in the dtype of the sum.</summary>
    internal static Tensor Scaled(Tensor other, Scalar? alpha, ScalarType dtype)
    {
        if (alpha is not { } a || a == 1) return other;
        Tensor scaled = Tensor.Allocate(other.SizesRef, dtype, other.device);
        Elementwise.Number<MulKernel>(other, Tensor.FromNumber(a), scaled);
        return scaled;
    }

    internal static void CheckAlpha(Scalar alpha, ScalarType dtype)
    {
        Check.That(!alpha.IsBool || dtype == ScalarType.Bool, $"Boolean alpha only supported for Boolean results.");
        Check.That(dtype.IsDifferentiable || alpha.IsIntegral, $"For integral input tensors, argument alpha must not be a floating point number.");
        Check.That(dtype.is_complex || !alpha.IsComplex, $"For non-complex input tensors, argument alpha must not be a complex number.");
        NumberRange.Require(alpha, dtype);
    }
}
