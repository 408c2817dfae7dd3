namespace Facula.Ops;

/// <summary>Randomised decompositions of matrices of low rank (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1).</summary>
internal static class LowRanks
{
    internal static (Tensor U, Tensor S, Tensor V) Decompose(Tensor a, long q, long niter, Tensor? mean)
    {
        RequireMatrix(a);
        long m = a.Sizes[^2], n = a.Sizes[^1];
        Check.That(q <= m, $"svd_lowrank: q must not be greater than the number of rows, but got {q} for matrices {Products.Dims(a)}");
        if (m < n || n > q)
        {
            // The transpose has the smaller product to decompose.
            Tensor basis = Basis(MatrixTranspose.Call(a), q, niter, mean is null ? null : MatrixTranspose.Call(mean));
            var (u, s, vh) = LinalgSvd.Call(Centred(a, mean, basis.conj()), false);
            return (u, s, Matrices.Product(basis, Matrices.Adjoint(vh)));
        }
        else
        {
            Tensor basis = Basis(a, q, niter, mean);
            Tensor? turned = mean is null ? null : MatrixTranspose.Call(mean);
            var (u, s, vh) = LinalgSvd.Call(MatrixTranspose.Call(Centred(MatrixTranspose.Call(a), turned, basis.conj())), false);
            return (Matrices.Product(basis, u), s, Matrices.Adjoint(vh));
        }
    }

    internal static void RequireMatrix(Tensor a) => Check.That(a.Rank >= 2, $"svd_lowrank: A must have at least 2 dimensions, but has {a.Rank}");

    // Q with orthonormal columns for which Q·Qᴴ·(A − M) is near A − M.
    private static Tensor Basis(Tensor a, long q, long niter, Tensor? mean)
    {
        ScalarType type = a.DType.is_complex || !a.DType.IsDifferentiable || a.DType == ScalarType.BFloat16 ? ScalarType.Float32 : a.DType;
        Tensor random = torch.randn([a.Sizes[^1], q], dtype: type, device: a.device);
        Tensor adjoint = Matrices.Adjoint(a);
        Tensor? adjointMean = mean is null ? null : Matrices.Adjoint(mean);
        Tensor basis = LinalgQr.Call(Centred(a, mean, random)).Q;
        for (long i = 0; i < niter; i++)
        {
            basis = LinalgQr.Call(Centred(adjoint, adjointMean, basis)).Q;
            basis = LinalgQr.Call(Centred(a, mean, basis)).Q;
        }
        return basis;
    }

    private static Tensor Centred(Tensor a, Tensor? mean, Tensor right)
    {
        Tensor product = Matrices.Product(a, right);
        return mean is null ? product : product - Matrices.Product(mean, right);
    }
}

[CompositeOp("svd_lowrank", Method = false)]
internal static partial class SvdLowRank
{
    /// <summary>An approximate singular value decomposition A − M = U·diag(S)·Vᴴ of rank <paramref name="q"/>, from random directions.</summary>
    static (Tensor U, Tensor S, Tensor V) Compose(Tensor A, long? q = 6, long? niter = 2, Tensor? M = null) => LowRanks.Decompose(A, q ?? 6, niter ?? 2, M);
}

[CompositeOp("pca_lowrank", Method = false)]
internal static partial class PcaLowRank
{
    /// <summary>The principal components of the rows of A, approximately and from random directions; the rows are centred first unless told otherwise.</summary>
    static (Tensor U, Tensor S, Tensor V) Compose(Tensor A, long? q = null, bool center = true, long niter = 2)
    {
        LowRanks.RequireMatrix(A);
        long m = A.Sizes[^2], n = A.Sizes[^1];
        long rank = q ?? Math.Min(6, Math.Min(m, n));
        Check.That(rank >= 0 && rank <= Math.Min(m, n), $"q(={rank}) must be non-negative integer and not greater than min(m, n)={Math.Min(m, n)}");
        Check.That(niter >= 0, $"niter(={niter}) must be non-negative integer");
        return LowRanks.Decompose(center ? A - A.mean(-2, keepdim: true) : A, rank, niter, null);
    }
}
