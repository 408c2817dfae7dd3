using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("chebyshev_polynomial_t", In = "torch.special")]
internal static partial class ChebyshevPolynomialT
{
    /// <summary>Returns the Chebyshev polynomial of the first kind of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Elementwise.Float<ChebyshevPolynomialTKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_chebyshev_polynomial_t");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_chebyshev_polynomial_t");
}
