using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("legendre_polynomial_p", In = "torch.special")]
internal static partial class LegendrePolynomialP
{
    /// <summary>Returns the Legendre polynomial of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Polynomials.Evaluate<LegendrePolynomialPKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_legendre_polynomial_p");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_legendre_polynomial_p");
}
