using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("laguerre_polynomial_l", In = "torch.special")]
internal static partial class LaguerrePolynomialL
{
    /// <summary>Returns the Laguerre polynomial of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Polynomials.Evaluate<LaguerrePolynomialLKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_laguerre_polynomial_l");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_laguerre_polynomial_l");
}
