using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("shifted_chebyshev_polynomial_u", In = "torch.special")]
internal static partial class ShiftedChebyshevPolynomialU
{
    /// <summary>Returns the shifted Chebyshev polynomial of the second kind of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Elementwise.Float<ShiftedChebyshevPolynomialUKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_shifted_chebyshev_polynomial_u");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_shifted_chebyshev_polynomial_u");
}
