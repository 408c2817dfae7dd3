using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("hermite_polynomial_h", In = "torch.special")]
internal static partial class HermitePolynomialH
{
    /// <summary>Returns the physicist's Hermite polynomial of degree <paramref name="n"/> at <paramref name="x"/>, elementwise and broadcast.</summary>
    static TensorSpec Infer([OrScalar] Tensor x, [OrScalar] Tensor n) => TensorSpec.FloatBroadcast(x, n);

    static void Compute(Tensor x, Tensor n, Tensor result) => Polynomials.Evaluate<HermitePolynomialHKernel>(x, n, result);

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("special_hermite_polynomial_h");

    static Tensor GradN(Tensor grad) => Derivatives.NotImplemented("special_hermite_polynomial_h");
}
