using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("linalg_det", Public = false, Node = "LinalgDetBackward0")]
internal static unsafe partial class DetFactors
{
    /// <summary>The determinants, and the factors that they come from.</summary>
    static (TensorSpec result, TensorSpec LU, TensorSpec pivots) Infer(Tensor A)
    {
        Matrices.RequireSquare("linalg.det", A);
        return (Matrices.Spec(A, []), TensorSpec.Like(A), LuFactorEx.Pivots(A));
    }

    static void Compute(Tensor A, Tensor result, Tensor LU, Tensor pivots)
    {
        var kernel = new Kernel { N = A.Sizes[^1] };
        LU.CopyRaw(A);
        MatrixBatch.Run(ref kernel, A.DType, Matrices.Batch(A), MatrixOperand.InOut(LU), MatrixOperand.Out(pivots, 1), MatrixOperand.Out(result, 0));
    }

    private struct Kernel : IMatrixKernel
    {
        public long N;

        public readonly void Run<T, R, C>(in MatrixOperands at)
            where T : unmanaged, INumberBase<T> where R : unmanaged, INumberBase<R> where C : unmanaged, INumberBase<C>
        {
            if (N > 0) Lu.Factor(at.As<T>(0), N, N, N, at.As<int>(1));
            *at.As<T>(2) = Lu.Determinant(at.As<T>(0), N, N, at.As<int>(1));
        }
    }

    static Tensor? GradA(Tensor grad, Tensor A, Tensor result, Tensor LU, Tensor pivots)
    {
        if (A.Numel == 0) return null;
        if (GradMode.Enabled) return Differentiable(grad, A, result);
        // det·A⁻ᴴ: the same last pivot divides the inverse and multiplies the determinant, so that a nearly singular matrix does no harm.
        Tensor zeros = LU.diagonal(0, -2, -1).eq(0);
        Tensor factors = LU, determinant = result;
        if (zeros.any().item<bool>())
        {
            factors = LU + torch.diag_embed(zeros.to(LU.DType)) * Epsilon(A.DType);
            determinant = factors.diagonal(0, -2, -1).prod(-1) * Parity(pivots, LU.DType);
        }
        Tensor spread = Matrices.Identity(A) * (grad * determinant.conj()).unsqueeze(-1).unsqueeze(-1);
        return LuSolve.Call(factors, pivots, spread, adjoint: true);
    }

    internal static double Epsilon(ScalarType dtype) => dtype.ToReal() == ScalarType.Float32 ? 1.1920928955078125e-07 : 2.220446049250313e-16;

    // −1 for every exchange.
    private static Tensor Parity(Tensor pivots, ScalarType dtype)
    {
        Tensor places = torch.arange(1, pivots.Sizes[^1] + 1, dtype: ScalarType.Int32);
        return (1 - 2 * (pivots.ne(places).sum(-1) % 2)).to(dtype);
    }

    // Formulas that have derivatives themselves; of a singular matrix the singular values tell the adjugate.
    private static Tensor Differentiable(Tensor grad, Tensor A, Tensor result)
    {
        Tensor singular = torch.lt(result.detach().abs(), 100 * Epsilon(A.DType));
        if (!singular.any().item<bool>()) return Regular(grad, A, result);
        if (singular.all().item<bool>()) return Singular(grad, A);
        Tensor regular = torch.logical_not(singular);
        Tensor total = torch.zeros_like(A);
        total = total.index_put([regular], Regular(grad[regular], A[regular], result[regular]));
        return total.index_put([singular], Singular(grad[singular], A[singular]));
    }

    // By the factors of A, from which the determinant came: those of Aᴴ have a last pivot of their own.
    private static Tensor Regular(Tensor grad, Tensor A, Tensor result)
    {
        var (factors, pivots, _) = LuFactorEx.Call(A);
        return LuSolve.Call(factors, pivots, Matrices.Identity(A) * (grad * result.conj()).unsqueeze(-1).unsqueeze(-1), adjoint: true);
    }

    private static Tensor Singular(Tensor grad, Tensor A)
    {
        // The derivative of complex singular vectors divides by the vanishing value, which the phase in the product does not forgive.
        if (A.DType.is_complex && A.Sizes[^1] <= 8) return grad.unsqueeze(-1).unsqueeze(-1) * Matrices.Adjoint(Adjugate(A));
        var (u, s, vh) = LinalgSvd.Call(A);
        Tensor alpha = (LinalgDet.Call(u) * LinalgDet.Call(vh)).conj() * grad;
        return Matrices.Product(Matrices.ScaleColumns(u, alpha.unsqueeze(-1) * ProductOfOthers(s)), vh);
    }

    // Faddeev and LeVerrier: a polynomial in A, accurate for small matrices.
    private static Tensor Adjugate(Tensor A)
    {
        int n = (int)A.Sizes[^1];
        Tensor identity = Matrices.Identity(A), m = torch.zeros_like(A.detach()) + identity;
        for (int k = 1; k < n; k++)
        {
            Tensor product = Matrices.Product(A, m);
            m = product - product.diagonal(0, -2, -1).sum(-1).unsqueeze(-1).unsqueeze(-1) / k * identity;
        }
        return n % 2 == 0 ? -m : m;
    }

    // The product of all elements but one, without division.
    private static Tensor ProductOfOthers(Tensor s)
    {
        long n = s.Sizes[^1];
        Tensor one = torch.ones_like(s.narrow(-1, 0, 1).detach());
        Tensor before = torch.cat(new[] { one, s.narrow(-1, 0, n - 1) }, -1).cumprod(-1);
        Tensor after = torch.cat(new[] { one, s.narrow(-1, 1, n - 1).flip(-1) }, -1).cumprod(-1).flip(-1);
        return before * after;
    }
}

[CompositeOp("det", In = "torch.linalg", Method = false, Out = true)]
internal static partial class LinalgDet
{
    /// <summary>The determinant of each matrix.</summary>
    static Tensor Compose(Tensor A) => DetFactors.Call(A).result;
}

[CompositeOp("det")]
internal static partial class Det
{
    /// <summary>The determinant of each matrix.</summary>
    static Tensor Compose(Tensor input) => DetFactors.Call(input).result;
}
