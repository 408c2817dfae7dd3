using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Layers and losses that the list leaves out, forward and with their derivatives.</summary>
internal static class Networks
{
    public static void AddTo(WorkloadList list)
    {
        Layer(list, "Conv1d(32, 64, 5, padding=2) 16x32x200", "nn.Conv1d(32, 64, 5, padding=2)", "(16, 32, 200)", () => nn.Conv1d(32, 64, 5, padding: 2).call, [16, 32, 200]);
        Layer(list, "Conv1d(64, 64, 3, dilation=4) 16x64x200", "nn.Conv1d(64, 64, 3, dilation=4)", "(16, 64, 200)", () => nn.Conv1d(64, 64, 3, dilation: 4).call, [16, 64, 200]);
        Layer(list, "Conv3d(8, 16, 3, padding=1) 2x8x16x16x16", "nn.Conv3d(8, 16, 3, padding=1)", "(2, 8, 16, 16, 16)", () => nn.Conv3d(8, 16, 3, padding: 1).call, [2, 8, 16, 16, 16]);
        Layer(list, "ConvTranspose2d(64, 32, 4, 2, 1) 8x64x16x16", "nn.ConvTranspose2d(64, 32, 4, 2, 1)", "(8, 64, 16, 16)", () => nn.ConvTranspose2d(64, 32, 4, 2, 1).call, [8, 64, 16, 16]);
        Layer(list, "ConvTranspose2d(32, 32, 3, 1, 1) 8x32x28x28", "nn.ConvTranspose2d(32, 32, 3, 1, 1)", "(8, 32, 28, 28)", () => nn.ConvTranspose2d(32, 32, 3, 1, 1).call, [8, 32, 28, 28]);
        Layer(list, "Conv2d(32, 32, 3, groups=4) 8x32x28x28", "nn.Conv2d(32, 32, 3, groups=4)", "(8, 32, 28, 28)", () => nn.Conv2d(32, 32, 3, groups: 4).call, [8, 32, 28, 28]);
        Layer(list, "Conv2d(32, 32, 3, dilation=2) 8x32x28x28", "nn.Conv2d(32, 32, 3, dilation=2)", "(8, 32, 28, 28)", () => nn.Conv2d(32, 32, 3, dilation: 2).call, [8, 32, 28, 28]);
        Layer(list, "Conv2d(64, 64, 3, stride=2) 8x64x28x28", "nn.Conv2d(64, 64, 3, stride=2)", "(8, 64, 28, 28)", () => nn.Conv2d(64, 64, 3, stride: 2).call, [8, 64, 28, 28]);
        Layer(list, "GroupNorm(8, 64) 8x64x28x28", "nn.GroupNorm(8, 64)", "(8, 64, 28, 28)", () => nn.GroupNorm(8, 64).call, [8, 64, 28, 28]);
        Layer(list, "InstanceNorm2d(64) 8x64x28x28", "nn.InstanceNorm2d(64)", "(8, 64, 28, 28)", () => nn.InstanceNorm2d(64).call, [8, 64, 28, 28]);
        Layer(list, "BatchNorm1d(256) 128x256", "nn.BatchNorm1d(256)", "(128, 256)", () => nn.BatchNorm1d(256).call, [128, 256]);
        Layer(list, "LocalResponseNorm(5) 8x32x28x28", "nn.LocalResponseNorm(5)", "(8, 32, 28, 28)", () => nn.LocalResponseNorm(5).call, [8, 32, 28, 28]);
        Layer(list, "PReLU(64) 8x64x28x28", "nn.PReLU(64)", "(8, 64, 28, 28)", () => nn.PReLU(64).call, [8, 64, 28, 28]);
        Layer(list, "AdaptiveAvgPool2d(7) 8x64x28x28", "nn.AdaptiveAvgPool2d(7)", "(8, 64, 28, 28)", () => nn.AdaptiveAvgPool2d(7).call, [8, 64, 28, 28]);
        Layer(list, "AdaptiveMaxPool2d(5) 8x64x28x28", "nn.AdaptiveMaxPool2d(5)", "(8, 64, 28, 28)", () => nn.AdaptiveMaxPool2d(5).call, [8, 64, 28, 28]);
        Layer(list, "MaxPool2d(3, 2, 1) 8x64x28x28", "nn.MaxPool2d(3, 2, 1)", "(8, 64, 28, 28)", () => nn.MaxPool2d(3, 2, 1).call, [8, 64, 28, 28]);
        Layer(list, "MaxPool1d(2) 32x64x200", "nn.MaxPool1d(2)", "(32, 64, 200)", () => nn.MaxPool1d(2).call, [32, 64, 200]);
        Layer(list, "AvgPool3d(2) 4x8x16x16x16", "nn.AvgPool3d(2)", "(4, 8, 16, 16, 16)", () => nn.AvgPool3d(2).call, [4, 8, 16, 16, 16]);
        Layer(list, "LPPool2d(2, 2) 8x16x28x28", "nn.LPPool2d(2, 2)", "(8, 16, 28, 28)", () => nn.LPPool2d(2, 2).call, [8, 16, 28, 28]);
        Layer(list, "Linear(64, 64) 32x64", "nn.Linear(64, 64)", "(32, 64)", () => nn.Linear(64, 64).call, [32, 64]);
        Layer(list, "Linear(300, 5) 1000x300", "nn.Linear(300, 5)", "(1000, 300)", () => nn.Linear(300, 5).call, [1000, 300]);
        Layer(list, "Linear(512, 10) 64x512", "nn.Linear(512, 10)", "(64, 512)", () => nn.Linear(512, 10).call, [64, 512]);
        Layer(list, "Linear(512, 512) 8x512", "nn.Linear(512, 512)", "(8, 512)", () => nn.Linear(512, 512).call, [8, 512]);
        Layer(list, "Linear(512, 512) 32x512", "nn.Linear(512, 512)", "(32, 512)", () => nn.Linear(512, 512).call, [32, 512]);
        Layer(list, "Linear(1024, 4096) 16x1024", "nn.Linear(1024, 4096)", "(16, 1024)", () => nn.Linear(1024, 4096).call, [16, 1024]);
        Layer(list, "LSTM(64, 64) 20x16x64", "(lambda m: lambda x: m(x)[0])(nn.LSTM(64, 64))", "(20, 16, 64)", () => { var m = nn.LSTM(64, 64); return x => m.call(x).output; }, [20, 16, 64]);
        Layer(list, "LSTM(64, 64, bidirectional=True) 20x16x64", "(lambda m: lambda x: m(x)[0])(nn.LSTM(64, 64, bidirectional=True))", "(20, 16, 64)", () => { var m = nn.LSTM(64, 64, bidirectional: true); return x => m.call(x).output; }, [20, 16, 64]);
        Layer(list, "LSTM(16, 32) 30x1x16", "(lambda m: lambda x: m(x)[0])(nn.LSTM(16, 32))", "(30, 1, 16)", () => { var m = nn.LSTM(16, 32); return x => m.call(x).output; }, [30, 1, 16]);
        Layer(list, "GRU(64, 64) 20x16x64", "(lambda m: lambda x: m(x)[0])(nn.GRU(64, 64))", "(20, 16, 64)", () => { var m = nn.GRU(64, 64); return x => m.call(x).output; }, [20, 16, 64]);
        Layer(list, "GRU(64, 64, bidirectional=True) 20x16x64", "(lambda m: lambda x: m(x)[0])(nn.GRU(64, 64, bidirectional=True))", "(20, 16, 64)", () => { var m = nn.GRU(64, 64, bidirectional: true); return x => m.call(x).output; }, [20, 16, 64]);
        Layer(list, "RNN(64, 64) 20x16x64", "(lambda m: lambda x: m(x)[0])(nn.RNN(64, 64))", "(20, 16, 64)", () => { var m = nn.RNN(64, 64); return x => m.call(x).output; }, [20, 16, 64]);
        Layer(list, "LSTMCell(64, 64) 16x64", "(lambda m: lambda x: m(x)[0])(nn.LSTMCell(64, 64))", "(16, 64)", () => { var m = nn.LSTMCell(64, 64); return x => m.call(x).Item1; }, [16, 64]);
        Layer(list, "MultiheadAttention(128, 4) 32x8x128", "(lambda m: lambda x: m(x, x, x)[0])(nn.MultiheadAttention(128, 4))", "(32, 8, 128)", () => { var m = nn.MultiheadAttention(128, 4); return x => m.call(x, x, x).Item1; }, [32, 8, 128]);
        Layer(list, "TransformerDecoderLayer(128, 4, 256, 0.0) 32x8x128", "(lambda m: lambda x: m(x, x))(nn.TransformerDecoderLayer(128, 4, 256, 0.0))", "(32, 8, 128)", () => { var m = nn.TransformerDecoderLayer(128, 4, 256, 0.0, activation: "relu"); return x => m.call(x, x); }, [32, 8, 128]);
        Layer(list, "TransformerEncoderLayer(64, 4, 128, 0.0) 50x1x64", "nn.TransformerEncoderLayer(64, 4, 128, 0.0)", "(50, 1, 64)", () => { var m = nn.TransformerEncoderLayer(64, 4, 128, 0.0, activation: "relu"); return x => m.call(x); }, [50, 1, 64]);
        Layer(list, "Bilinear(32, 32, 16) 128x32", "(lambda m: lambda x: m(x, x))(nn.Bilinear(32, 32, 16))", "(128, 32)", () => { var m = nn.Bilinear(32, 32, 16); return x => m.call(x, x); }, [128, 32]);
        Layer(list, "F.softmax dim 1 8x21x64x64", "(lambda x: F.softmax(x, 1))", "(8, 21, 64, 64)", () => x => F.softmax(x, 1), [8, 21, 64, 64]);
        Layer(list, "F.glu 128x512", "F.glu", "(128, 512)", () => x => F.glu(x), [128, 512]);
        Layer(list, "F.interpolate bilinear 8x16x32x32", "(lambda x: F.interpolate(x, scale_factor=2, mode='bilinear'))", "(8, 16, 32, 32)", () => x => F.interpolate(x, scale_factor: 2, mode: "bilinear"), [8, 16, 32, 32]);
        Layer(list, "F.pad reflect 8x16x32x32", "(lambda x: F.pad(x, (2, 2, 2, 2), mode='reflect'))", "(8, 16, 32, 32)", () => x => F.pad(x, [2, 2, 2, 2], mode: "reflect"), [8, 16, 32, 32]);

        const string sides = "a, b = torch.randn(256, 100), torch.randn(256, 100); a.requires_grad_(); s = torch.sign(b); t = torch.randint(0, 100, (256,)); p = torch.rand(256, 100)";
        foreach ((string python, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> loss) in ((string, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>)[])
        [
            ("F.l1_loss(a, b)", (a, b, s, t, p) => F.l1_loss(a, b)), ("F.smooth_l1_loss(a, b)", (a, b, s, t, p) => F.smooth_l1_loss(a, b)), ("F.huber_loss(a, b)", (a, b, s, t, p) => F.huber_loss(a, b)),
            ("F.mse_loss(a, b)", (a, b, s, t, p) => F.mse_loss(a, b)), ("F.binary_cross_entropy_with_logits(a, p)", (a, b, s, t, p) => F.binary_cross_entropy_with_logits(a, p)),
            ("F.kl_div(a, p, reduction='batchmean')", (a, b, s, t, p) => F.kl_div(a, p, reduction: "batchmean")), ("F.cross_entropy(a, t, label_smoothing=0.1)", (a, b, s, t, p) => F.cross_entropy(a, t, label_smoothing: 0.1)),
            ("F.cross_entropy(a, p)", (a, b, s, t, p) => F.cross_entropy(a, p)), ("F.hinge_embedding_loss(a, s)", (a, b, s, t, p) => F.hinge_embedding_loss(a, s)), ("F.cosine_embedding_loss(a, b, s[:, 0])", (a, b, s, t, p) => F.cosine_embedding_loss(a, b, s[.., 0])),
            ("F.triplet_margin_loss(a, b, p)", (a, b, s, t, p) => F.triplet_margin_loss(a, b, p)), ("F.multi_margin_loss(a, t)", (a, b, s, t, p) => F.multi_margin_loss(a, t)), ("F.poisson_nll_loss(a, p)", (a, b, s, t, p) => F.poisson_nll_loss(a, p)),
            ("F.gaussian_nll_loss(a, b, p)", (a, b, s, t, p) => F.gaussian_nll_loss(a, b, p)), ("F.soft_margin_loss(a, s)", (a, b, s, t, p) => F.soft_margin_loss(a, s)), ("F.multilabel_soft_margin_loss(a, p)", (a, b, s, t, p) => F.multilabel_soft_margin_loss(a, p)),
        ])
            list.Sweep("losses", python + " fwdbwd", sides, $"backward({python}, a)", () =>
            {
                Tensor a = randn([256, 100], requires_grad: true), b = randn(256, 100), s = sign(b), t = randint(0, 100, [256]), p = rand(256, 100);
                return () => Backward(loss(a, b, s, t, p), a);
            });
        list.Sweep("losses", "F.ctc_loss 50x16x20 fwdbwd", "a = torch.randn(50, 16, 20).log_softmax(2).detach().requires_grad_(); t = torch.randint(1, 20, (16, 20)); n = torch.full((16,), 50); k = torch.randint(10, 20, (16,))", "backward(F.ctc_loss(a, t, n, k), a)", () =>
        {
            Tensor a = randn(50, 16, 20).log_softmax(2).detach().requires_grad_(), t = randint(1, 20, [16, 20]), n = full([16], 50), k = randint(10, 20, [16]);
            return () => Backward(F.ctc_loss(a, t, n, k), a);
        });
        list.Sweep("layers", "EmbeddingBag(1000, 64) 128x20 fwdbwd", "m = nn.EmbeddingBag(1000, 64, mode='sum'); i = torch.randint(0, 1000, (128, 20))", "backward(m(i).sum(), m.weight)", () =>
        {
            var m = nn.EmbeddingBag(1000, 64, mode: "sum");
            Tensor i = randint(0, 1000, [128, 20]), weight = m.parameters().First();
            return () => Backward(m.call(i).sum(), weight);
        });
        Gradients(list);
    }

    private static void Gradients(WorkloadList list)
    {
        const string leaves = "a = torch.randn(300, 300, requires_grad=True); b = torch.randn(300, 300); i = torch.randint(0, 300, (300, 300)); r = torch.randint(0, 300, (300,)); v = torch.randn(300, requires_grad=True)";
        foreach ((string python, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> f) in ((string, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>)[])
        [
            ("torch.where(a > 0, a, b)", (a, b, i, r, v) => where(a > 0, a, b)), ("a.gather(1, i)", (a, b, i, r, v) => a.gather(1, i)), ("a[r]", (a, b, i, r, v) => a[r]), ("a[10:200, 5]", (a, b, i, r, v) => a[10..200, 5]), ("a[a > 0]", (a, b, i, r, v) => a[a > 0]),
            ("a.cumsum(1)", (a, b, i, r, v) => a.cumsum(1)), ("a.cumprod(1)", (a, b, i, r, v) => a.cumprod(1)), ("a.prod(1)", (a, b, i, r, v) => a.prod(1)), ("a.max(1)[0]", (a, b, i, r, v) => a.max(1).values), ("a.amax(1)", (a, b, i, r, v) => a.amax(1)), ("a.max()", (a, b, i, r, v) => a.max()),
            ("a.sort(1)[0]", (a, b, i, r, v) => a.sort(1).values), ("a.topk(5)[0]", (a, b, i, r, v) => a.topk(5).values), ("a.var(0)", (a, b, i, r, v) => a.var(0)), ("a.norm()", (a, b, i, r, v) => a.norm()), ("a.norm(dim=1)", (a, b, i, r, v) => a.norm(dim: 1)),
            ("a.logsumexp(1)", (a, b, i, r, v) => a.logsumexp(1)), ("a + v", (a, b, i, r, v) => a + v), ("a * v[:, None]", (a, b, i, r, v) => a * v.unsqueeze(1)), ("a / (b * b + 1)", (a, b, i, r, v) => a / (b * b + 1)), ("(a * a + 1).pow(1.5)", (a, b, i, r, v) => (a * a + 1).pow(1.5)), ("a.sqrt().nan_to_num()", (a, b, i, r, v) => a.sqrt().nan_to_num()),
            ("a.clamp(-1, 1)", (a, b, i, r, v) => a.clamp(-1, 1)), ("a.abs()", (a, b, i, r, v) => a.abs()), ("a.sin() * a.cos()", (a, b, i, r, v) => a.sin() * a.cos()), ("torch.maximum(a, b)", (a, b, i, r, v) => maximum(a, b)), ("torch.cat([a, b], 1)", (a, b, i, r, v) => cat([a, b], 1)), ("torch.stack([a, b])", (a, b, i, r, v) => stack([a, b])),
            ("a.t().reshape(-1)", (a, b, i, r, v) => a.t().reshape(-1)), ("a.flip(1)", (a, b, i, r, v) => a.flip(1)), ("a.roll(3, 0)", (a, b, i, r, v) => a.roll(3, 0)), ("a.tril()", (a, b, i, r, v) => a.tril()), ("a.repeat(2, 1)", (a, b, i, r, v) => a.repeat(2, 1)), ("a.scatter_add(1, i, b)", (a, b, i, r, v) => a.scatter_add(1, i, b)),
            ("a.index_add(0, r, b)", (a, b, i, r, v) => a.index_add(0, r, b)), ("a.masked_fill(b > 0, 0.0)", (a, b, i, r, v) => a.masked_fill(b > 0, 0.0)), ("a.softmax(0)", (a, b, i, r, v) => a.softmax(0)), ("torch.cdist(a, b)", (a, b, i, r, v) => cdist(a, b)), ("a.double().sum(0)", (a, b, i, r, v) => a.@double().sum(0)), ("torch.einsum('ij,kj->ik', a, b)", (a, b, i, r, v) => einsum("ij,kj->ik", a, b)),
            ("F.silu(a)", (a, b, i, r, v) => F.silu(a)), ("F.elu(a)", (a, b, i, r, v) => F.elu(a)), ("F.leaky_relu(a)", (a, b, i, r, v) => F.leaky_relu(a)), ("F.softplus(a)", (a, b, i, r, v) => F.softplus(a)), ("a.erf()", (a, b, i, r, v) => a.erf()), ("a.tan()", (a, b, i, r, v) => a.tan()), ("torch.atan2(a, b)", (a, b, i, r, v) => atan2(a, b)),
        ])
            list.Sweep("gradients", python + " fwdbwd", leaves, $"backward({python}, a, v)", () =>
            {
                Tensor a = randn([300, 300], requires_grad: true), b = randn(300, 300), i = randint(0, 300, [300, 300]), r = randint(0, 300, [300]), v = randn([300], requires_grad: true);
                return () => Backward(f(a, b, i, r, v), a, v);
            });
    }

    private static void Layer(WorkloadList list, string name, string python, string pythonShape, Func<Func<Tensor, Tensor>> make, long[] shape)
    {
        list.Sweep("layers", name + " fwd", $"f = {python}; x = torch.randn{pythonShape}", "without_grad(lambda: f(x))()", () =>
        {
            Func<Tensor, Tensor> f = make();
            Tensor x = randn(new Size(shape));
            return () => { using (no_grad()) f(x); };
        });
        list.Sweep("layers", name + " fwdbwd", $"f = {python}; x = torch.randn({pythonShape}, requires_grad=True)", "backward(f(x), x)", () =>
        {
            Func<Tensor, Tensor> f = make();
            Tensor x = randn(new Size(shape), requires_grad: true);
            return () => Backward(f(x), x);
        });
    }

    /// <summary>A backward pass of ones into leaves without gradients.</summary>
    internal static void Backward(Tensor result, params ReadOnlySpan<Tensor> leaves)
    {
        foreach (Tensor leaf in leaves) leaf.grad = null;
        result.backward(ones_like(result));
    }
}
