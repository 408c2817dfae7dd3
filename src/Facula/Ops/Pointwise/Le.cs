using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("le", InPlace = true)]
[Alias("torch.less_equal")]
internal static partial class Le
{
    /// <summary>Tests elementwise whether <paramref name="input"/> is at most <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Compare<LeKernel>(input, other, result);

    // In place the answers are numbers of the input's dtype.
    static Tensor GradInput(Tensor grad) => Derivatives.Zeros(grad);

    static Tensor GradOther(Tensor grad) => Derivatives.Zeros(grad);
}
