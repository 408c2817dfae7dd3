using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Norms of every order, distances, and sums over products of elements.</summary>
internal static class Distances
{
    private const string Setup = "x = torch.randn(300, 100, requires_grad=True); y = torch.randn(300, 100); d = torch.randn(300, 100, dtype=torch.float64, requires_grad=True); s = torch.randn(60, 20, requires_grad=True); t = torch.randn(50, 20); v = torch.randn(10000, requires_grad=True); b = torch.randn(8, 30, 40, requires_grad=True); c = torch.randn(8, 30, 40)";

    private static readonly (string python, Func<Data, Tensor> run)[] Rows =
    [
        ("x.norm(1)", t => t.X.norm(1)), ("x.norm(3)", t => t.X.norm(3)), ("x.norm(4)", t => t.X.norm(4)), ("x.norm(1.5)", t => t.X.norm(1.5)), ("x.norm(0.5)", t => t.X.norm(0.5)), ("x.norm(2, 0)", t => t.X.norm(2, 0)), ("x.norm(1, 1)", t => t.X.norm(1, 1)), ("x.norm(3, 1)", t => t.X.norm(3, 1)), ("x.norm(3, 0)", t => t.X.norm(3, 0)),
        ("x.norm(2.5, 1)", t => t.X.norm(2.5, 1)), ("d.norm(3, 1)", t => t.D.norm(3, 1)), ("d.norm(2.5)", t => t.D.norm(2.5)), ("torch.linalg.vector_norm(x, float('inf'), 1)", t => linalg.vector_norm(t.X, double.PositiveInfinity, 1)), ("torch.linalg.matrix_norm(x)", t => linalg.matrix_norm(t.X)), ("torch.linalg.matrix_norm(x, 1)", t => linalg.matrix_norm(t.X, 1)),
        ("F.normalize(x, dim=1)", t => F.normalize(t.X, dim: 1)), ("F.normalize(x, p=1, dim=1)", t => F.normalize(t.X, p: 1, dim: 1)), ("F.normalize(x, dim=0)", t => F.normalize(t.X, dim: 0)), ("F.normalize(x.t(), dim=1)", t => F.normalize(t.X.t(), dim: 1)), ("F.normalize(d, dim=-1)", t => F.normalize(t.D, dim: -1)), ("x.renorm(2, 0, 5.0)", t => t.X.renorm(2, 0, 5.0)), ("x.renorm(3, 0, 2.0)", t => t.X.renorm(3, 0, 2.0)),
        ("F.cosine_similarity(x, y)", t => F.cosine_similarity(t.X, t.Y)), ("F.cosine_similarity(x, y, dim=0)", t => F.cosine_similarity(t.X, t.Y, dim: 0)), ("F.cosine_similarity(x[:, None], t[None, :, :1].expand(1, 50, 100), dim=-1)", t => F.cosine_similarity(t.X.unsqueeze(1), t.T[.., ..1].unsqueeze(0).expand(1, 50, 100), dim: -1)), ("F.pairwise_distance(x, y)", t => F.pairwise_distance(t.X, t.Y)), ("F.pairwise_distance(x, y, p=1)", t => F.pairwise_distance(t.X, t.Y, p: 1)), ("F.pairwise_distance(x, y, p=3)", t => F.pairwise_distance(t.X, t.Y, p: 3)),
        ("torch.dist(x, y)", t => dist(t.X, t.Y)), ("torch.dist(x, y, 3)", t => dist(t.X, t.Y, 3)), ("torch.cdist(s, t)", t => cdist(t.S, t.T)), ("torch.cdist(s, t, p=1.0)", t => cdist(t.S, t.T, p: 1)), ("torch.cdist(s, t, p=3.0)", t => cdist(t.S, t.T, p: 3)), ("torch.cdist(s, t, p=1.5)", t => cdist(t.S, t.T, p: 1.5)), ("torch.cdist(s, t, p=float('inf'))", t => cdist(t.S, t.T, p: double.PositiveInfinity)), ("torch.cdist(b, c)", t => cdist(t.B, t.C)),
        ("F.pdist(s)", t => F.pdist(t.S)), ("F.pdist(s, p=1)", t => F.pdist(t.S, p: 1)), ("F.pdist(s, p=3)", t => F.pdist(t.S, p: 3)),
        ("torch.einsum('ij,ij->', x, y)", t => einsum("ij,ij->", t.X, t.Y)), ("torch.einsum('ij,ij->j', x, y)", t => einsum("ij,ij->j", t.X, t.Y)), ("torch.einsum('ij->ji', x)", t => einsum("ij->ji", t.X)), ("torch.einsum('ij->j', x)", t => einsum("ij->j", t.X)), ("torch.einsum('bij,bij->b', b, c)", t => einsum("bij,bij->b", t.B, t.C)), ("torch.einsum('bij,j->bi', b, c[0, 0])", t => einsum("bij,j->bi", t.B, t.C[0, 0])), ("torch.einsum('ij,j->ij', x, y[0])", t => einsum("ij,j->ij", t.X, t.Y[0])),
        ("(x * y).sum(1)", t => (t.X * t.Y).sum(1)), ("((x - y) ** 2).mean()", t => ((t.X - t.Y).pow(2)).mean()), ("(x ** 3).sum()", t => t.X.pow(3).sum()), ("(x.abs() ** 2.5).mean()", t => t.X.abs().pow(2.5).mean()), ("v.std()", t => t.V.std()), ("(x - x.mean(0)) / x.std(0)", t => (t.X - t.X.mean(0)) / t.X.std(0)), ("torch.trapezoid(v)", t => trapezoid(t.V)), ("torch.cov(s.t())", t => cov(t.S.t())),
    ];

    public static void AddTo(WorkloadList list) => Trained.Both<Data>(list, "norms and distances", Setup, "x, d, s, v, b", t => [t.X, t.D, t.S, t.V, t.B], Rows);

    private sealed class Data
    {
        public Tensor X { get; } = randn([300, 100], requires_grad: true);
        public Tensor Y { get; } = randn(300, 100);
        public Tensor D { get; } = randn([300, 100], dtype: float64, requires_grad: true);
        public Tensor S { get; } = randn([60, 20], requires_grad: true);
        public Tensor T { get; } = randn(50, 20);
        public Tensor V { get; } = randn([10000], requires_grad: true);
        public Tensor B { get; } = randn([8, 30, 40], requires_grad: true);
        public Tensor C { get; } = randn(8, 30, 40);
    }
}
