using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("neg", InPlace = true)]
[Alias("torch.negative")]
internal static partial class Neg
{
    /// <summary>Returns −input, elementwise.</summary>
    static TensorSpec Infer(Tensor input)
    {
        Check.That(input.DType != ScalarType.Bool,
            $"Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.");
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, Tensor result) => Elementwise.Number<NegKernel>(input, result);

    static Tensor GradInput(Tensor grad) => -grad;
}
