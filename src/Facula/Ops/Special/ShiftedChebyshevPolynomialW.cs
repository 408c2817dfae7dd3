using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("shifted_chebyshev_polynomial_w", In = "torch.special")]
internal static partial class ShiftedChebyshevPolynomialW
{
    /// <summary>Returns the shifted Chebyshev polynomial of the fourth kind of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Elementwise.Float<ShiftedChebyshevPolynomialWKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_shifted_chebyshev_polynomial_w");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_shifted_chebyshev_polynomial_w");
}
