using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("rsub", Method = false)]
internal static partial class Rsub
{
    /// <summary>Subtracts <paramref name="input"/>, scaled by <paramref name="alpha"/>, from <paramref name="other"/>: other − alpha · input, broadcast.</summary>
    static TensorSpec Infer(Tensor input, [OrScalar] Tensor other, Scalar? alpha = null) => Sub.InferSpec(other, input, alpha);

    static void Compute(Tensor input, Tensor other, Scalar? alpha, Tensor result) =>
        Elementwise.Number<SubKernel>(other, Add.Scaled(input, alpha, result.DType), result);

    static Tensor GradInput(Tensor grad, Scalar? alpha) => alpha is { } a ? -(grad * a.Conjugate()) : -grad;

    static Tensor GradOther(Tensor grad) => grad;
}
