using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sub", InPlace = true)]
[Alias("torch.subtract")]
internal static partial class Sub
{
    /// <summary>Subtracts <paramref name="other"/>, scaled by <paramref name="alpha"/>: input − alpha · other, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other, Scalar? alpha = null) => InferSpec(input, other, alpha);

    internal static TensorSpec InferSpec(Tensor input, Tensor other, Scalar? alpha)
    {
        Check.That(input.DType != ScalarType.Bool || other.DType != ScalarType.Bool,
            $"Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.");
        Check.That(input.DType != ScalarType.Bool && other.DType != ScalarType.Bool,
            $"Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.");
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        if (alpha is { } a) Add.CheckAlpha(a, spec.DType);
        return spec;
    }

    static void Compute(Tensor input, Tensor other, Scalar? alpha, Tensor result) =>
        Elementwise.Number<SubKernel>(input, Add.Scaled(other, alpha, result.DType), result);

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradOther(Tensor grad, Scalar? alpha) => alpha is { } a ? -(grad * a.Conjugate()) : -grad;
}
