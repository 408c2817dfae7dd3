using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("gt", InPlace = true)]
[Alias("torch.greater")]
internal static partial class Gt
{
    /// <summary>Tests elementwise whether <paramref name="input"/> is greater than <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Compare<GtKernel>(input, other, result);

    // In place the answers are numbers of the input's dtype.
    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);

    static Tensor GradOther(Tensor grad) => Derivatives.Zeros(grad);
}
