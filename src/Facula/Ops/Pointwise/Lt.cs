using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("lt", InPlace = true)]
[Alias("torch.less")]
internal static partial class Lt
{
    /// <summary>Tests elementwise whether <paramref name="input"/> is less than <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Compare<LtKernel>(input, other, result);

    // In place the answers are numbers of the input's dtype.
    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);

    static Tensor GradOther(Tensor grad) => Derivatives.Zeros(grad);
}
