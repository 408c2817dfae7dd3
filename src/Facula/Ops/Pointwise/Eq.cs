using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("eq", InPlace = true)]
internal static partial class Eq
{
    /// <summary>Tests elementwise whether <paramref name="input"/> and <paramref name="other"/> are equal, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Equality<EqKernel>(input, other, result, equal: true);

    // In place the answers are numbers of the input's dtype.
    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);

    static Tensor GradOther(Tensor grad) => Derivatives.Zeros(grad);
}
