using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("ne", InPlace = true)]
[Alias("torch.not_equal")]
internal static partial class Ne
{
    /// <summary>Tests elementwise whether <paramref name="input"/> and <paramref name="other"/> differ, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Equality<NeKernel>(input, other, result, equal: false);

    // In place the answers are numbers of the input's dtype.
    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);

    static Tensor GradOther(Tensor grad) => Derivatives.Zeros(grad);
}
