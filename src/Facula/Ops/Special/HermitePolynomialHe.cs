using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hermite_polynomial_he", In = "torch.special")]
internal static partial class HermitePolynomialHe
{
    /// <summary>Returns the probabilist's Hermite polynomial of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Polynomials.Evaluate<HermitePolynomialHeKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_hermite_polynomial_he");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_hermite_polynomial_he");
}
