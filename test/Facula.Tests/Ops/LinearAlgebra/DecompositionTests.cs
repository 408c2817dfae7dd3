using static Facula.torch;

namespace Facula.Tests.Ops.LinearAlgebra;

public class DecompositionTests
{
    private static Tensor Random(params long[] size) => randn(size, dtype: float64, generator: new Generator().manual_seed(5));

    private static void Close(Tensor expected, Tensor actual, double tolerance = 1e-9) =>
        Assert.True(allclose(expected, actual, tolerance, tolerance), $"{actual}\ninstead of\n{expected}");

    /// <summary>A batch, which runs side by side, against its matrices one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(33)]
    public void A_batch_is_its_matrices(long n)
    {
        Tensor a = Random(11, n, n), b = Random(11, n, 2), symmetric = a + a.mT, positive = a.matmul(a.mT) + eye(n, dtype: float64);
        for (long i = 0; i < 11; i++)
        {
            Close(linalg.solve(a[i], b[i]), linalg.solve(a, b)[i], 1e-7);
            Close(linalg.inv(positive[i]), linalg.inv(positive)[i]);
            Close(linalg.det(a[i]), linalg.det(a)[i]);
            Close(linalg.cholesky(positive[i]), linalg.cholesky(positive)[i]);
            Close(linalg.qr(a[i]).R, linalg.qr(a).R[i]);
            Close(linalg.eigvalsh(symmetric[i]), linalg.eigvalsh(symmetric)[i]);
            Close(linalg.eigh(symmetric[i]).eigenvalues, linalg.eigh(symmetric).eigenvalues[i]);
            Close(linalg.svdvals(a[i]), linalg.svdvals(a)[i]);
            Close(linalg.lu_factor(a[i]).LU, linalg.lu_factor(a).LU[i]);
            Close(linalg.slogdet(a[i]).sign, linalg.slogdet(a).sign[i]);
            Close(linalg.slogdet(a[i]).logabsdet, linalg.slogdet(a).logabsdet[i]);
            Close(cholesky_inverse(positive[i].tril()), cholesky_inverse(positive)[i]);
            Close(cholesky_inverse(positive[i], upper: true), cholesky_inverse(positive.triu(), upper: true)[i]);
        }
        var (u, s, vh) = linalg.svd(a);
        Close(a, (u * s.unsqueeze(-2)).matmul(vh));
        var (values, vectors) = linalg.eigh(symmetric.transpose(0, 0)["::2"]);
        Close(symmetric["::2"], (vectors * values.unsqueeze(-2)).matmul(vectors.mT));
    }

    [Fact]
    public void Every_way_to_give_a_tolerance()
    {
        Tensor a = diag(tensor(new[] { 1.0, 1e-3, 1e-6 })), limit = tensor(1e-2);
        Assert.Equal(3, linalg.matrix_rank(a).item<long>());
        Assert.Equal(2, linalg.matrix_rank(a, 1e-4).item<long>());
        Assert.Equal(2, linalg.matrix_rank(a, rtol: 1e-4).item<long>());
        Assert.Equal(1, linalg.matrix_rank(a, limit).item<long>());
        Assert.Equal(1, linalg.matrix_rank(a, atol: limit, rtol: null).item<long>());
        Assert.Equal(1, linalg.matrix_rank(a, rtol: limit).item<long>());
        Assert.Equal(1, linalg.matrix_rank(a, limit, hermitian: true).item<long>());
        Tensor full = diag(tensor(new[] { 1.0, 1e3, 1e6 })), first = diag(tensor(new[] { 1.0, 0, 0 }));
        Close(full, linalg.pinv(a));
        Close(first, linalg.pinv(a, 1e-2));
        Close(first, linalg.pinv(a, atol: 1e-2));
        Close(first, linalg.pinv(a, limit));
        Close(first, linalg.pinv(a, limit, true));
        Close(first, linalg.pinv(a, rtol: limit));
        Close(first, linalg.pinv(a, atol: limit, rtol: null));
        Close(first, pinverse(a, 1e-2));
    }

    [Fact]
    public void Norms_by_number_and_by_name()
    {
        Tensor a = tensor(new[,] { { 1.0, -2 }, { 3, 4 } });
        Assert.Equal(6, linalg.norm(a, 1).item<double>(), 12);
        Assert.Equal(7, linalg.norm(a, double.PositiveInfinity).item<double>(), 12);
        Assert.Equal(Math.Sqrt(30), linalg.norm(a).item<double>(), 12);
        Assert.Equal(Math.Sqrt(30), linalg.norm(a, "fro").item<double>(), 12);
        Assert.Equal(linalg.svdvals(a).sum().item<double>(), linalg.matrix_norm(a, "nuc").item<double>(), 12);
        Assert.Equal(linalg.svdvals(a)[0].item<double>(), linalg.matrix_norm(a, 2, dim: (1, 0)).item<double>(), 12);
        Assert.Equal(linalg.cond(a).item<double>(), (linalg.norm(a, 2) * linalg.norm(linalg.inv(a), 2)).item<double>(), 12);
    }

    [Fact]
    public void A_singular_matrix_of_a_batch_is_named()
    {
        Tensor a = eye(2).repeat(6, 1, 1);
        a[4] = zeros(2, 2);
        Assert.Equal("torch.linalg.solve: (Batch element 4): The solver failed because the input matrix is singular.",
            Assert.Throws<LinAlgException>(() => linalg.solve(a, ones(6, 2, 1))).Message);
        Assert.StartsWith("linalg.inv: (Batch element 4): The diagonal element 1 is zero", Assert.Throws<LinAlgException>(() => linalg.inv(a)).Message);
        Assert.Contains("(the leading minor of order 1 is not positive-definite)", Assert.Throws<LinAlgException>(() => linalg.cholesky(a)).Message);
        Assert.StartsWith("torch.linalg.lu_factor: (Batch element 4): U[1,1] is zero", Assert.Throws<TorchException>(() => linalg.lu_factor(a)).Message);
        Assert.Equal(0, linalg.det(a)[4].item<float>());
        a[4, 0, 0] = float.NaN;
        Assert.Contains("(Batch element 4): The algorithm failed to converge because the input matrix contained non-finite values.", Assert.Throws<LinAlgException>(() => linalg.svd(a)).Message);
        Assert.Equal("torch.linalg.eig: input tensor should not contain infs or NaNs.", Assert.Throws<TorchException>(() => linalg.eig(a)).Message);
    }

    [Fact]
    public void A_loss_that_depends_on_a_phase_is_refused()
    {
        Tensor a = randn([3, 3], dtype: complex128, generator: new Generator().manual_seed(6)).requires_grad_();
        foreach (var loss in new Func<Tensor>[]
        {
            () => real(linalg.eigh(a + a.mH).eigenvectors).sum(), () => real(linalg.eig(a).eigenvectors).sum(), () => real(linalg.svd(a).U).sum(),
        })
            Assert.Contains("ill-defined", Assert.Throws<TorchException>(() => loss().backward()).Message);
        linalg.eigh(a + a.mH).eigenvectors.abs().sum().backward();
    }
}
