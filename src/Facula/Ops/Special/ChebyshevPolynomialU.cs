using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("chebyshev_polynomial_u", In = "torch.special")]
internal static partial class ChebyshevPolynomialU
{
    /// <summary>Returns the Chebyshev polynomial of the second kind of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Elementwise.Float<ChebyshevPolynomialUKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_chebyshev_polynomial_u");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_chebyshev_polynomial_u");
}
