using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("shifted_chebyshev_polynomial_v", In = "torch.special")]
internal static partial class ShiftedChebyshevPolynomialV
{
    /// <summary>Returns the shifted Chebyshev polynomial of the third kind of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Elementwise.Float<ShiftedChebyshevPolynomialVKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_shifted_chebyshev_polynomial_v");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_shifted_chebyshev_polynomial_v");
}
