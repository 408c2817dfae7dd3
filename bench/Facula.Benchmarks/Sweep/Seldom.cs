using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Functions that no other row calls.</summary>
internal static class Seldom
{
    private const string Setup = "x = torch.randn(100, 200); y = torch.randn(100, 200); d = torch.randn(100, 200, dtype=torch.float64); u = torch.rand(100, 200) * 0.9 + 0.05; k = x > 0; i = torch.randint(1, 100, (100, 200)); j = torch.randint(1, 100, (100, 200)); m = torch.randn(64, 64); s = m @ m.t() + 64 * torch.eye(64); b = torch.randn(16, 20, 20); v = torch.randn(20000); c = torch.randn(100, 200, dtype=torch.complex64)"
        + "; l = torch.randn(16, 8, 50); p = torch.randn(4, 8, 24, 24); q = torch.randn(2, 4, 8, 8, 8); r = torch.randint(0, 100, (50,)); a = torch.randn(32, 20, 64); w = torch.randn(16, 8, 5); o = torch.randn(4, 8, 3, 3, 3); e = torch.linalg.cholesky(s)";

    private static readonly (string python, Func<Data, object> run)[] Rows =
    [
        ("F.adaptive_max_pool3d(q, 2)", t => F.adaptive_max_pool3d(t.Q, 2)), ("F.adaptive_avg_pool3d(q, 3)", t => F.adaptive_avg_pool3d(t.Q, 3)),
        ("F.conv_transpose1d(l, w.transpose(0, 1).contiguous())", t => F.conv_transpose1d(t.L, t.W.transpose(0, 1))), ("F.conv_transpose3d(q, o)", t => F.conv_transpose3d(t.Q, t.O)),
        ("F.bilinear(x[:, :20], y[:, :20], b)", t => F.bilinear(t.X[.., ..20], t.Y[.., ..20], t.B)), ("F.max_unpool1d(*F.max_pool1d(l, 2, return_indices=True), 2)", t => Unpooled(t.L)),
        ("torch.argwhere(k)", t => argwhere(t.K)), ("torch.column_stack([x, y])", t => column_stack([t.X, t.Y])), ("torch.vstack([x, y, x])", t => vstack([t.X, t.Y, t.X])),
        ("torch.cholesky_solve(m, e)", t => cholesky_solve(t.M, t.E)), ("torch.linalg.cond(m)", t => linalg.cond(t.M)), ("torch.linalg.inv(s)", t => linalg.inv(t.S)), ("torch.inverse(b)", t => inverse(t.B)),
        ("torch.logdet(s)", t => logdet(t.S)), ("torch.linalg.slogdet(b)", t => linalg.slogdet(t.B)), ("torch.linalg.matrix_rank(m)", t => linalg.matrix_rank(t.M)),
        ("torch.linalg.ldl_factor(s)", t => linalg.ldl_factor(t.S)), ("torch.linalg.lu(b)", t => linalg.lu(t.B)), ("torch.linalg.lu_factor(m)", t => linalg.lu_factor(t.M)),
        ("torch.linalg.solve_triangular(e, m, upper=False)", t => linalg.solve_triangular(t.E, t.M, upper: false)), ("torch.triangular_solve(m, e, upper=False)", t => triangular_solve(t.M, t.E, upper: false)),
        ("torch.pinverse(m)", t => pinverse(t.M)), ("torch.geqrf(m)", t => geqrf(t.M)), ("torch.linalg.householder_product(m, m[0])", t => linalg.householder_product(t.M, t.M[0])),
        ("torch.linalg.matrix_power(b, 5)", t => linalg.matrix_power(t.B, 5)), ("torch.linalg.vecdot(x, y)", t => linalg.vecdot(t.X, t.Y)), ("torch.vdot(c[0], c[1])", t => vdot(t.C[0], t.C[1])),
        ("torch.inner(x, y)", t => inner(t.X, t.Y)), ("torch.ger(v[:200], v[:100])", t => ger(t.V[..200], t.V[..100])), ("torch.tensordot(a, m, 1)", t => tensordot(t.A, t.M, 1)),
        ("torch.fft.rfftn(p)", t => fft.rfftn(t.P)), ("torch.fft.ifftn(c)", t => fft.ifftn(t.C)), ("torch.fft.irfftn(c)", t => fft.irfftn(t.C)), ("torch.fft.hfft(c)", t => fft.hfft(t.C)),
        ("torch.fft.ihfft(x)", t => fft.ihfft(t.X)), ("torch.fft.fftshift(x)", t => fft.fftshift(t.X)), ("torch.fft.ifftshift(x, dim=1)", t => fft.ifftshift(t.X, dim: 1)), ("torch.fliplr(x)", t => fliplr(t.X)),
        ("torch.flipud(x)", t => flipud(t.X)), ("torch.rot90(x)", t => rot90(t.X)), ("torch.moveaxis(a, 0, 1).contiguous()", t => moveaxis(t.A, 0, 1).contiguous()),
        ("a.swapaxes(1, 2).reshape(-1)", t => t.A.swapaxes(1, 2).reshape(-1)), ("torch.diagonal_scatter(m, m[0])", t => diagonal_scatter(t.M, t.M[0])),
        ("torch.select_scatter(x, y[0], 0, 5)", t => select_scatter(t.X, t.Y[0], 0, 5)),
        ("torch.std_mean(x, 1)", t => std_mean(t.X, 1)), ("torch.var_mean(a, (0, 2))", t => var_mean(t.A, (0, 2))), ("torch.bitwise_or(i, j)", t => bitwise_or(t.I, t.J)),
        ("torch.bitwise_xor(i, j)", t => bitwise_xor(t.I, t.J)), ("i << 2", t => t.I << 2), ("torch.logical_or(k, x > 1)", t => logical_or(t.K, t.X > 1)), ("torch.isinf(x)", t => isinf(t.X)),
        ("torch.isposinf(d)", t => isposinf(t.D)), ("torch.isfinite(d)", t => isfinite(t.D)), ("torch.isreal(c)", t => isreal(t.C)), ("torch.real(c).contiguous()", t => real(t.C).contiguous()),
        ("torch.imag(c).sum()", t => imag(t.C).sum()), ("torch.view_as_complex(a.view(32, 20, 32, 2)) * 2", t => view_as_complex(t.A.view(32, 20, 32, 2)) * 2), ("torch.polar(u, x)", t => polar(t.U, t.X)),
        ("torch.complex(x, y)", t => complex(t.X, t.Y)), ("torch.rad2deg(x)", t => rad2deg(t.X)), ("torch.heaviside(x, y)", t => heaviside(t.X, t.Y)), ("torch.copysign(x, y)", t => copysign(t.X, t.Y)),
        ("torch.ldexp(x, i % 5)", t => ldexp(t.X, t.I % 5)), ("torch.frexp(x)", t => frexp(t.X)), ("torch.lcm(i, j)", t => lcm(t.I, t.J)), ("torch.mvlgamma(u + 5, 3)", t => mvlgamma(t.U + 5, 3)),
        ("torch.polygamma(1, u)", t => polygamma(1, t.U)), ("torch.special.expit(x)", t => special.expit(t.X)), ("torch.special.log_ndtr(x)", t => special.log_ndtr(t.X)), ("torch.special.i0e(x)", t => special.i0e(t.X)),
        ("torch.special.bessel_j0(x)", t => special.bessel_j0(t.X)), ("torch.special.zeta(u + 2, u)", t => special.zeta(t.U + 2, t.U)), ("torch.special.xlog1py(x, u)", t => special.xlog1py(t.X, t.U)),
        ("torch.special.entr(u)", t => special.entr(t.U)), ("F.hardshrink(x)", t => F.hardshrink(t.X)), ("F.hardsigmoid(x)", t => F.hardsigmoid(t.X)), ("F.hardswish(x)", t => F.hardswish(t.X)),
        ("F.mish(x)", t => F.mish(t.X)), ("F.celu(x)", t => F.celu(t.X)), ("F.glu(x)", t => F.glu(t.X)), ("F.logsigmoid(x)", t => F.logsigmoid(t.X)), ("F.softsign(x)", t => F.softsign(t.X)),
        ("F.threshold(x, 0.1, 20)", t => F.threshold(t.X, 0.1, 20)), ("F.gumbel_softmax(x)", t => F.gumbel_softmax(t.X)), ("F.alpha_dropout(x, 0.5, True)", t => F.alpha_dropout(t.X, 0.5, true)),
        ("F.feature_alpha_dropout(p, 0.5, True)", t => F.feature_alpha_dropout(t.P, 0.5, true)), ("F.dropout3d(q, 0.5, True)", t => F.dropout3d(t.Q, 0.5, true)),
        ("F.channel_shuffle(p, 2)", t => F.channel_shuffle(t.P, 2)), ("F.local_response_norm(p, 3)", t => F.local_response_norm(t.P, 3)), ("F.lp_pool2d(p, 2, 2)", t => F.lp_pool2d(t.P, 2, 2)),
        ("F.lp_pool1d(l, 2, 2)", t => F.lp_pool1d(t.L, 2, 2)), ("F.avg_pool1d(l, 3)", t => F.avg_pool1d(t.L, 3)), ("F.avg_pool3d(q, 2)", t => F.avg_pool3d(t.Q, 2)), ("F.max_pool3d(q, 2)", t => F.max_pool3d(t.Q, 2)),
        ("F.unfold(p, 3)", t => F.unfold(t.P, 3)), ("F.fold(F.unfold(p, 3), (24, 24), 3)", t => F.fold(F.unfold(t.P, 3), (24, 24), 3)), ("F.pixel_unshuffle(p, 2)", t => F.pixel_unshuffle(t.P, 2)),
        ("F.one_hot(i)", t => F.one_hot(t.I)), ("F.triplet_margin_loss(x, y, d.float())", t => F.triplet_margin_loss(t.X, t.Y, t.D.@float())),
        ("F.cosine_embedding_loss(x, y, torch.ones(100))", t => F.cosine_embedding_loss(t.X, t.Y, ones(100))), ("F.pairwise_distance(x, y)", t => F.pairwise_distance(t.X, t.Y)), ("F.pdist(x)", t => F.pdist(t.X)),
        ("F.gaussian_nll_loss(x, y, u)", t => F.gaussian_nll_loss(t.X, t.Y, t.U)), ("F.poisson_nll_loss(x, u)", t => F.poisson_nll_loss(t.X, t.U)),
        ("F.soft_margin_loss(x, y.sign())", t => F.soft_margin_loss(t.X, t.Y.sign())), ("F.kl_div(x.log_softmax(1), u)", t => F.kl_div(t.X.log_softmax(1), t.U)),
        ("F.ctc_loss(a.permute(1, 0, 2).log_softmax(2), i[:32, :5] % 63 + 1, torch.full((32,), 20), torch.full((32,), 5))", t => F.ctc_loss(t.A.permute(1, 0, 2).log_softmax(2), t.I[..32, ..5] % 63 + 1, full([32], 20), full([32], 5))),
        ("torch.nn.utils.rnn.pad_sequence([a[n, :n % 19 + 1] for n in range(32)])", t => nn.utils.rnn.pad_sequence([.. Enumerable.Range(0, 32).Select(n => t.A[n, ..(n % 19 + 1)])])),
        ("torch.nn.utils.rnn.pack_padded_sequence(a, torch.arange(20, 4, -1).repeat_interleave(2), batch_first=True)[0]", t => nn.utils.rnn.pack_padded_sequence(t.A, arange(20, 4, -1).repeat_interleave(2), batch_first: true).data),
        ("torch.split_with_sizes(x, [20, 30, 50])[1] + 1", t => split_with_sizes(t.X, [20, 30, 50])[1] + 1), ("torch.tensor_split(x, 7)[2].sum()", t => tensor_split(t.X, 7)[2].sum()),
        ("x.unflatten(1, (10, 20)).sum(1)", t => t.X.unflatten(1, [10, 20]).sum(1)), ("x.narrow(1, 10, 50).contiguous()", t => t.X.narrow(1, 10, 50).contiguous()),
        ("torch.broadcast_to(x[0], (100, 200)) * y", t => broadcast_to(t.X[0], [100, 200]) * t.Y), ("torch.take_along_dim(x, i % 100, 0)", t => take_along_dim(t.X, t.I % 100, 0)),
        ("x.index_fill(0, r, 2.0)", t => t.X.index_fill(0, t.R, 2.0)), ("x.index_copy(0, r.unique(), y[:r.unique().numel()])", t => IndexCopied(t)),
        ("x.index_reduce(0, r, y[:50], 'prod')", t => t.X.index_reduce(0, t.R, t.Y[..50], "prod")), ("x.masked_scatter(k, y)", t => t.X.masked_scatter(t.K, t.Y)), ("torch.normal(x, u)", t => normal(t.X, t.U)),
        ("torch.binomial(i.float(), u)", t => binomial(t.I.@float(), t.U)), ("torch.randint_like(x, 10)", t => randint_like(t.X, 10)), ("torch.multinomial(u, 10)", t => multinomial(t.U, 10)),
        ("x.clone().exponential_()", t => t.X.clone().exponential_()), ("x.clone().random_(0, 100)", t => t.X.clone().random_(0, 100)), ("torch.nn.init.trunc_normal_(x.clone())", t => nn.init.trunc_normal_(t.X.clone())),
        ("torch.nn.init.orthogonal_(m.clone())", t => nn.init.orthogonal_(t.M.clone())), ("x.clone().clamp_(-1, 1)", t => t.X.clone().clamp_(-1, 1)), ("x.clone().tril_()", t => t.X.clone().tril_()),
        ("x.clone().fill_diagonal_(1)", t => t.X.clone().fill_diagonal_(1)), ("x.clone().sigmoid_()", t => t.X.clone().sigmoid_()), ("x.clone().cumsum_(1)", t => t.X.clone().cumsum_(1)),
        ("x.clone().index_add_(0, r, y[:50])", t => t.X.clone().index_add_(0, t.R, t.Y[..50])), ("x.clone().masked_fill_(k, 0)", t => t.X.clone().masked_fill_(t.K, 0)),
        ("x.clone().copysign_(y)", t => t.X.clone().copysign_(t.Y)), ("x.clone().lerp_(y, 0.5)", t => t.X.clone().lerp_(t.Y, 0.5)), ("x.clone().addcmul_(y, u, value=2)", t => t.X.clone().addcmul_(t.Y, t.U, value: 2)),
        ("x.clone().remainder_(0.3)", t => t.X.clone().remainder_(0.3)), ("torch.distributions.Normal(x, u).log_prob(y)", t => torch.distributions.Normal(t.X, t.U).log_prob(t.Y)),
        ("torch.distributions.Categorical(logits=x).entropy()", t => torch.distributions.Categorical(logits: t.X).entropy()),
        ("torch.distributions.Categorical(logits=x).sample()", t => torch.distributions.Categorical(logits: t.X).sample()), ("torch.distributions.Normal(x, u).icdf(u)", t => torch.distributions.Normal(t.X, t.U).icdf(t.U)),
        ("torch.distributions.kl_divergence(torch.distributions.Normal(x, u), torch.distributions.Normal(y, u))", t => torch.distributions.kl_divergence(torch.distributions.Normal(t.X, t.U), torch.distributions.Normal(t.Y, t.U))),
        ("torch.nn.utils.parameters_to_vector([x, y, d.float()])", t => nn.utils.parameters_to_vector([t.X, t.Y, t.D.@float()])), ("torch.nn.utils.clip_grad_norm_([x], 1.0)", t => nn.utils.clip_grad_norm_([t.X], 1.0)),
        ("torch.cdist(x, y, p=1)", t => cdist(t.X, t.Y, p: 1)), ("torch.nanmean(x, 1)", t => nanmean(t.X, 1)), ("x.nansum(0)", t => t.X.nansum(0)), ("torch.aminmax(x, dim=1)", t => aminmax(t.X, dim: 1)),
        ("x.count_nonzero(1)", t => t.X.count_nonzero(1)), ("torch.logcumsumexp(x, 0)", t => logcumsumexp(t.X, 0)), ("x.quantile(0.3, 1)", t => t.X.quantile(0.3, 1)), ("torch.histogram(v, 50)", t => histogram(t.V, 50)),
        ("x.dist(y)", t => t.X.dist(t.Y)), ("x.renorm(2, 0, 1.0)", t => t.X.renorm(2, 0, 1.0)), ("torch.chain_matmul(m, m, m)", t => chain_matmul([t.M, t.M, t.M])),
        ("torch.linalg.multi_dot([x, y.t(), x])", t => linalg.multi_dot([t.X, t.Y.t(), t.X])), ("torch.baddbmm(b, b, b)", t => baddbmm(t.B, t.B, t.B)), ("torch.addbmm(b[0], b, b)", t => addbmm(t.B[0], t.B, t.B)),
        ("torch.addr(x, v[:100], v[:200])", t => addr(t.X, t.V[..100], t.V[..200])), ("torch.addmv(v[:100], x, v[:200])", t => addmv(t.V[..100], t.X, t.V[..200])),
        ("torch.linalg.norm(m, 'nuc')", t => linalg.norm(t.M, "nuc")), ("torch.linalg.norm(m, 2)", t => linalg.norm(t.M, 2)), ("torch.linalg.matrix_norm(b, 1)", t => linalg.matrix_norm(t.B, 1)),
        ("torch.linalg.vector_norm(x, 3, 1)", t => linalg.vector_norm(t.X, 3, 1)), ("torch.hamming_window(20000)", t => hamming_window(20000)), ("torch.kaiser_window(20000)", t => kaiser_window(20000)),
    ];

    public static void AddTo(WorkloadList list) => Trained.Plain<Data>(list, "seldom", Setup, Rows);

    private static Tensor Unpooled(Tensor x)
    {
        var (values, indices) = F.max_pool1d_with_indices(x, 2);
        return F.max_unpool1d(values, indices, 2);
    }

    private static Tensor IndexCopied(Data t)
    {
        Tensor rows = t.R.unique(), sources = t.Y[..(int)t.R.unique().numel()];
        return t.X.index_copy(0, rows, sources);
    }

    internal sealed class Data
    {
        public Tensor X { get; } = randn(100, 200);
        public Tensor Y { get; } = randn(100, 200);
        public Tensor D { get; } = randn([100, 200], dtype: float64);
        public Tensor U { get; } = rand(100, 200) * 0.9 + 0.05;
        public Tensor K => field ??= X > 0;
        public Tensor I { get; } = randint(1, 100, [100, 200]);
        public Tensor J { get; } = randint(1, 100, [100, 200]);
        public Tensor M { get; } = randn(64, 64);
        public Tensor S => field ??= M.matmul(M.t()) + 64 * eye(64);
        public Tensor B { get; } = randn(16, 20, 20);
        public Tensor V { get; } = randn(20000);
        public Tensor C { get; } = randn([100, 200], dtype: complex64);
        public Tensor L { get; } = randn(16, 8, 50);
        public Tensor P { get; } = randn(4, 8, 24, 24);
        public Tensor Q { get; } = randn(2, 4, 8, 8, 8);
        public Tensor R { get; } = randint(0, 100, [50]);
        public Tensor A { get; } = randn(32, 20, 64);
        public Tensor W { get; } = randn(16, 8, 5);
        public Tensor O { get; } = randn(4, 8, 3, 3, 3);
        public Tensor E => field ??= linalg.cholesky(S);
    }
}
