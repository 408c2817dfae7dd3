using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Reductions, cumulations, orders and probabilities along lines, also of few elements and of transposed operands, with their derivatives.</summary>
internal static class Lines
{
    private const string Setup = "x = torch.randn(200, 300, requires_grad=True); d = torch.randn(200, 300, dtype=torch.float64, requires_grad=True); w = torch.randn(64, 10, requires_grad=True); z = torch.randn(1024, 10, requires_grad=True); h = torch.randn(16, 2000, requires_grad=True); c = torch.randn(8, 16, 20, 20, requires_grad=True); i = torch.randint(0, 100, (200, 300)); k = x.detach() > 0; g = torch.tensor([0.1, 0.5, 0.9])";

    private static readonly (string python, Func<Data, Tensor> run)[] Tracked =
    [
        ("x.softmax(0)", t => t.X.softmax(0)), ("x.softmax(1)", t => t.X.softmax(1)), ("x.log_softmax(0)", t => t.X.log_softmax(0)), ("w.softmax(1)", t => t.W.softmax(1)), ("z.softmax(1)", t => t.Z.softmax(1)), ("w.log_softmax(1)", t => t.W.log_softmax(1)), ("z.log_softmax(1)", t => t.Z.log_softmax(1)), ("h.softmax(1)", t => t.H.softmax(1)), ("h.softmax(0)", t => t.H.softmax(0)), ("d.softmax(1)", t => t.D.softmax(1)), ("d.log_softmax(0)", t => t.D.log_softmax(0)),
        ("x.t().softmax(0)", t => t.X.t().softmax(0)), ("x.t().log_softmax(1)", t => t.X.t().log_softmax(1)), ("c.softmax(1)", t => t.C.softmax(1)), ("F.softmin(x, 1)", t => F.softmin(t.X, 1)), ("x.logsumexp(0)", t => t.X.logsumexp(0)), ("d.logsumexp(1)", t => t.D.logsumexp(1)), ("x.t().logsumexp(1)", t => t.X.t().logsumexp(1)), ("z.logsumexp(1)", t => t.Z.logsumexp(1)),
        ("x.std(0)", t => t.X.std(0)), ("x.std(1)", t => t.X.std(1)), ("x.var()", t => t.X.var()), ("d.var(1)", t => t.D.var(1)), ("x.t().var(0)", t => t.X.t().var(0)), ("torch.var_mean(x, 1)[0]", t => var_mean(t.X, 1).var), ("x.mean(0)", t => t.X.mean(0)), ("x.prod(0)", t => t.X.prod(0)), ("z.prod(1)", t => t.Z.prod(1)), ("x.nansum(1)", t => t.X.nansum(1)), ("x.nanmean(0)", t => t.X.nanmean(0)),
        ("x.amax(0)", t => t.X.amax(0)), ("x.amin((0, 1))", t => t.X.amin((0, 1))), ("x.min(0)[0]", t => t.X.min(0).values), ("x.median(1)[0]", t => t.X.median(1).values), ("x.median()", t => t.X.median()), ("x.mode(1)[0]", t => t.X.mode(1).values), ("x.kthvalue(20, 1)[0]", t => t.X.kthvalue(20, 1).values), ("x.quantile(0.5, 1)", t => t.X.quantile(0.5, 1)), ("x.quantile(g, 0)", t => t.X.quantile(t.G, 0)), ("x.nanmedian(0)[0]", t => t.X.nanmedian(0).values), ("x.sort(0)[0]", t => t.X.sort(0).values), ("x.topk(10, 0)[0]", t => t.X.topk(10, 0).values),
        ("x.cumsum(0)", t => t.X.cumsum(0)), ("x.cumprod(0)", t => t.X.cumprod(0)), ("d.cumprod(1)", t => t.D.cumprod(1)), ("x.cummax(0)[0]", t => t.X.cummax(0).values), ("x.cummax(1)[0]", t => t.X.cummax(1).values), ("x.cummin(1)[0]", t => t.X.cummin(1).values), ("x.logcumsumexp(0)", t => t.X.logcumsumexp(0)), ("x.logcumsumexp(1)", t => t.X.logcumsumexp(1)), ("x.diff(dim=0)", t => t.X.diff(dim: 0)), ("torch.cumulative_trapezoid(x)", t => cumulative_trapezoid(t.X)), ("torch.gradient(x)[0]", t => gradient(t.X)[0]),
        ("F.gumbel_softmax(z, tau=0.5)", t => F.gumbel_softmax(t.Z, tau: 0.5)), ("F.gumbel_softmax(z, hard=True)", t => F.gumbel_softmax(t.Z, hard: true)), ("F.glu(x, 0)", t => F.glu(t.X, 0)), ("torch.logaddexp(x, x.flip(0))", t => logaddexp(t.X, t.X.flip(0))), ("x.renorm(1, 1, 3.0)", t => t.X.renorm(1, 1, 3.0)), ("(x * k).sum(1) / k.sum(1)", t => (t.X * t.K).sum(1) / t.K.sum(1)),
    ];

    private static readonly (string python, Func<Data, object> run)[] Plain =
    [
        ("x.argmax(0)", t => t.X.argmax(0)), ("z.argmax(1)", t => t.Z.argmax(1)), ("d.argmin(1)", t => t.D.argmin(1)), ("x.aminmax()", t => t.X.aminmax()), ("i.argmax(1)", t => t.I.argmax(1)), ("i.argmax(0)", t => t.I.argmax(0)), ("x.t().argmin(0)", t => t.X.t().argmin(0)), ("i.sum(0)", t => t.I.sum(0)), ("i.sum(1)", t => t.I.sum(1)), ("i.prod(1)", t => t.I.prod(1)), ("i.max(0)", t => t.I.max(0)), ("i.median(1)", t => t.I.median(1)), ("i.mode(1)", t => t.I.mode(1)), ("i.mode(0)", t => t.I.mode(0)),
        ("i.cumsum(0)", t => t.I.cumsum(0)), ("i.cumsum(1)", t => t.I.cumsum(1)), ("i.cumprod(1)", t => t.I.cumprod(1)), ("i.cummax(1)", t => t.I.cummax(1)), ("i.sort(1)", t => t.I.sort(1)), ("i.sort(0)", t => t.I.sort(0)), ("i.argsort(1)", t => t.I.argsort(1)), ("i.unique(dim=0)", t => t.I.unique(dim: 0)), ("i.unique_consecutive()", t => t.I.unique_consecutive()), ("i.flatten().bincount()", t => t.I.flatten().bincount()), ("i.topk(5, 1)", t => t.I.topk(5, 1)), ("i.double().mean(0)", t => t.I.@double().mean(0)), ("i.float().std(0)", t => t.I.@float().std(0)),
        ("k.sum()", t => t.K.sum()), ("k.sum(0)", t => t.K.sum(0)), ("k.sum(1)", t => t.K.sum(1)), ("k.float().mean()", t => t.K.@float().mean()), ("k.all(0)", t => t.K.all(0)), ("k.any(1)", t => t.K.any(1)), ("k.any()", t => t.K.any()), ("k.t().all(1)", t => t.K.t().all(1)), ("k.cumsum(1)", t => t.K.cumsum(1)), ("k.int().argmax(1)", t => t.K.@int().argmax(1)), ("(x > 0).float().mean(1)", t => (t.X > 0).@float().mean(1)), ("(z.argmax(1) == i.flatten()[:1024]).float().mean()", t => (t.Z.argmax(1) == t.I.flatten()[..1024]).@float().mean()), ("(z.argmax(1) == i.flatten()[:1024]).sum().item()", t => (t.Z.argmax(1) == t.I.flatten()[..1024]).sum().item()),
        ("torch.histc(x, 100)", t => histc(t.X, 100)), ("torch.histogram(x.detach(), 50)", t => histogram(t.X.detach(), 50)), ("torch.bucketize(x, g)", t => bucketize(t.X, t.G)), ("torch.searchsorted(x.detach().sort(1)[0], x)", t => searchsorted(t.X.detach().sort(1).values, t.X)), ("torch.isclose(x, x)", t => isclose(t.X, t.X)), ("torch.nan_to_num(d).isfinite().all()", t => nan_to_num(t.D).isfinite().all()), ("x.detach().abs().multinomial(3)", t => t.X.detach().abs().multinomial(3)),
    ];

    public static void AddTo(WorkloadList list)
    {
        Trained.Both<Data>(list, "lines", Setup, "x, d, w, z, h, c", t => [t.X, t.D, t.W, t.Z, t.H, t.C], Tracked);
        Trained.Plain<Data>(list, "lines", Setup, Plain);
    }

    private sealed class Data
    {
        public Tensor X { get; } = randn([200, 300], requires_grad: true);
        public Tensor D { get; } = randn([200, 300], dtype: float64, requires_grad: true);
        public Tensor W { get; } = randn([64, 10], requires_grad: true);
        public Tensor Z { get; } = randn([1024, 10], requires_grad: true);
        public Tensor H { get; } = randn([16, 2000], requires_grad: true);
        public Tensor C { get; } = randn([8, 16, 20, 20], requires_grad: true);
        public Tensor I { get; } = randint(0, 100, [200, 300]);
        public Tensor K => field ??= X.detach() > 0;
        public Tensor G { get; } = tensor([0.1f, 0.5f, 0.9f]);
    }
}
