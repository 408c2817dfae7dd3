using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Reductions, norms, pooling and losses over the shapes of images and sequences.</summary>
internal static class Images
{
    private static readonly (string python, Func<Tensor, object> run)[] Forward =
    [
        ("x.mean((2, 3))", x => x.mean((2, 3))), ("x.sum((0, 2, 3))", x => x.sum((0, 2, 3))), ("x.var((2, 3))", x => x.var((2, 3))), ("x.var((0, 2, 3))", x => x.var((0, 2, 3))), ("x.amax((2, 3))", x => x.amax((2, 3))),
        ("x.argmax(1)", x => x.argmax(1)), ("x.max(1)", x => x.max(1)), ("x.logsumexp(1)", x => x.logsumexp(1)), ("x.softmax(1)", x => x.softmax(1)), ("x.log_softmax(1)", x => x.log_softmax(1)), ("x.softmax(-1)", x => x.softmax(-1)),
        ("x.norm(2, 1)", x => x.norm(2, 1)), ("x.mean((0, 2, 3))", x => x.mean((0, 2, 3))), ("x.sum(1)", x => x.sum(1)), ("x.std(1)", x => x.std(1)), ("x.prod(1)", x => x.prod(1)), ("(x > 0).all(1)", x => (x > 0).all(1)), ("x.sum((1, 3))", x => x.sum((1, 3))), ("x.sum((0, 2))", x => x.sum((0, 2))),
        ("x.argmax(-1)", x => x.argmax(-1)), ("x.min(2)", x => x.min(2)), ("F.normalize(x, dim=1)", x => F.normalize(x, dim: 1)), ("x.count_nonzero(1)", x => x.count_nonzero(1)), ("x.permute(0, 2, 3, 1).sum(-1)", x => x.permute(0, 2, 3, 1).sum(-1)), ("x.permute(0, 2, 3, 1).mean((1, 2))", x => x.permute(0, 2, 3, 1).mean((1, 2))),
    ];

    private static readonly long[][] Shapes = [[32, 64, 7, 7], [8, 64, 28, 28], [64, 10, 32], [1000, 30, 4]];

    private static readonly (string python, Func<Tensor, Tensor> run)[] Trained =
    [
        ("F.adaptive_avg_pool2d(x, 1)", x => F.adaptive_avg_pool2d(x, 1)), ("F.adaptive_max_pool2d(x, 1)", x => F.adaptive_max_pool2d(x, 1)), ("F.adaptive_avg_pool2d(x, 5)", x => F.adaptive_avg_pool2d(x, 5)), ("F.avg_pool2d(x, 3, 1, 1)", x => F.avg_pool2d(x, 3, stride: 1, padding: 1)),
        ("F.max_pool2d(x, 3, 1, 1)", x => F.max_pool2d(x, 3, stride: 1, padding: 1)), ("x.mean((2, 3))", x => x.mean((2, 3))), ("x.amax((2, 3))", x => x.amax((2, 3))), ("x.var((0, 2, 3))", x => x.var((0, 2, 3))), ("x.logsumexp(1)", x => x.logsumexp(1)), ("x.softmax(1)", x => x.softmax(1)), ("x.log_softmax(1)", x => x.log_softmax(1)),
        ("F.layer_norm(x, x.shape[1:])", x => F.layer_norm(x, x.shape[1..])), ("F.layer_norm(x, x.shape[-1:])", x => F.layer_norm(x, x.shape[^1..])), ("F.group_norm(x, 4)", x => F.group_norm(x, 4)), ("F.normalize(x, dim=1)", x => F.normalize(x, dim: 1)), ("F.glu(x, 1)", x => F.glu(x, 1)), ("F.glu(x, 3)", x => F.glu(x[.., .., .., ..6], 3)),
        ("F.interpolate(x, size=(14, 14))", x => F.interpolate(x, size: [14, 14])), ("F.interpolate(x, size=(13, 13), mode='bicubic')", x => F.interpolate(x, size: [13, 13], mode: "bicubic")), ("F.pixel_shuffle(x, 2)", x => F.pixel_shuffle(x, 2)),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach (long[] shape in Shapes)
            foreach ((string python, var run) in Forward)
            {
                if (shape.Length < 4 && (python.Contains('3', StringComparison.Ordinal) || python.Contains("(1, 2)", StringComparison.Ordinal))) continue;
                string sizes = string.Join(", ", shape);
                list.Sweep("images", $"{python} [{sizes}]", $"x = torch.rand({sizes})", python, () =>
                {
                    Tensor x = rand(new Size(shape));
                    return () => run(x);
                });
            }
        foreach (long[] shape in Shapes[..2])
            foreach ((string python, var run) in Trained)
            {
                string sizes = string.Join(", ", shape);
                list.Sweep("images", $"{python} [{sizes}] fwdbwd", $"x = torch.rand({sizes}, requires_grad=True)", $"backward({python}, x)", () =>
                {
                    Tensor x = rand(new Size(shape), requires_grad: true);
                    return () => Networks.Backward(run(x), x);
                });
            }
        const string maps = "a = torch.randn(8, 21, 32, 32, requires_grad=True); t = torch.randint(0, 21, (8, 32, 32)); g = torch.rand(8, 16, 16, 2) * 2 - 1; w = torch.randn(1000, 64, requires_grad=True); i = torch.randint(0, 1000, (128, 20)); o = torch.arange(0, 2560, 20); u = torch.randn(256, 64, requires_grad=True); v = torch.randn(200, 64)";
        foreach ((string python, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> f) in ((string, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>)[])
        [
            ("F.cross_entropy(a, t)", (a, t, g, w, i, o, u, v) => F.cross_entropy(a, t)), ("F.nll_loss(a, t)", (a, t, g, w, i, o, u, v) => F.nll_loss(a, t)), ("F.grid_sample(a, g, align_corners=False)", (a, t, g, w, i, o, u, v) => F.grid_sample(a, g, align_corners: false)),
            ("F.embedding(i, w)", (a, t, g, w, i, o, u, v) => F.embedding(i, w)), ("F.embedding_bag(i, w)", (a, t, g, w, i, o, u, v) => F.embedding_bag(i, w)), ("F.embedding_bag(i.view(-1), w, o, mode='sum')", (a, t, g, w, i, o, u, v) => F.embedding_bag(i.view(-1), w, o, mode: "sum")), ("F.embedding_bag(i, w, mode='max')", (a, t, g, w, i, o, u, v) => F.embedding_bag(i, w, mode: "max")),
            ("F.cosine_similarity(u, v[:1])", (a, t, g, w, i, o, u, v) => F.cosine_similarity(u, v[..1])), ("F.pairwise_distance(u, u.flip(0))", (a, t, g, w, i, o, u, v) => F.pairwise_distance(u, u.flip(0))), ("torch.cdist(u, v)", (a, t, g, w, i, o, u, v) => cdist(u, v)), ("torch.cdist(u, v, p=1.0)", (a, t, g, w, i, o, u, v) => cdist(u, v, p: 1.0)),
            ("F.pdist(u)", (a, t, g, w, i, o, u, v) => F.pdist(u)), ("F.batch_norm(u, None, None, training=True)", (a, t, g, w, i, o, u, v) => F.batch_norm(u, null, null, training: true)), ("F.layer_norm(u, (64,))", (a, t, g, w, i, o, u, v) => F.layer_norm(u, [64])), ("u.softmax(0)", (a, t, g, w, i, o, u, v) => u.softmax(0)), ("u.log_softmax(1)", (a, t, g, w, i, o, u, v) => u.log_softmax(1)),
        ])
            list.Sweep("images", python + " fwdbwd", maps, $"backward({python}, a, w, u)", () =>
            {
                Tensor a = randn([8, 21, 32, 32], requires_grad: true), t = randint(0, 21, [8, 32, 32]), g = rand(8, 16, 16, 2) * 2 - 1, w = randn([1000, 64], requires_grad: true), i = randint(0, 1000, [128, 20]), o = arange(0, 2560, 20);
                Tensor u = randn([256, 64], requires_grad: true), v = randn(200, 64);
                return () => Networks.Backward(f(a, t, g, w, i, o, u, v), a, w, u);
            });
    }
}
