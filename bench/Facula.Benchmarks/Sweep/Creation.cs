using static Facula.torch;

namespace Facula.Benchmarks.Sweep;

/// <summary>Making tensors, drawing them, printing them, and carrying them between arrays, files and batches.</summary>
internal static class Creation
{
    private static readonly (string setup, string python, Func<Action> open)[] Cases =
    [
        ("", "torch.arange(100000)", () => () => arange(100000)), ("", "torch.arange(0, 10, 0.0001)", () => () => arange(0, 10, 0.0001)), ("", "torch.linspace(0, 1, 100000)", () => () => linspace(0, 1, 100000)),
        ("", "torch.logspace(0, 1, 100000)", () => () => logspace(0, 1, 100000)), ("", "torch.eye(500)", () => () => eye(500)), ("", "torch.full((500, 500), 3.5)", () => () => full([500, 500], 3.5)), ("", "torch.full((500, 500), 7)", () => () => full([500, 500], 7)),
        ("", "torch.ones(500, 500)", () => () => ones(500, 500)), ("", "torch.zeros(100, dtype=torch.int64)", () => () => zeros(100, dtype: int64)), ("x = torch.randn(500, 500)", "torch.ones_like(x)", () => { Tensor x = randn(500, 500); return () => ones_like(x); }),
        ("x = torch.randn(500, 500)", "torch.randn_like(x)", () => { Tensor x = randn(500, 500); return () => randn_like(x); }), ("x = torch.randn(500, 500)", "torch.rand_like(x)", () => { Tensor x = randn(500, 500); return () => rand_like(x); }),
        ("", "torch.rand(100)", () => () => rand(100)), ("", "torch.randn(10)", () => () => randn(10)), ("", "torch.randn(100, 100, dtype=torch.float64)", () => () => randn([100, 100], dtype: float64)), ("", "torch.randint(0, 1000, (100,))", () => () => randint(0, 1000, [100])),
        ("", "torch.randperm(1000)", () => () => randperm(1000)), ("p = torch.rand(1000)", "torch.multinomial(p, 100)", () => { Tensor p = rand(1000); return () => multinomial(p, 100); }),
        ("p = torch.rand(64, 1000)", "torch.multinomial(p, 1)", () => { Tensor p = rand(64, 1000); return () => multinomial(p, 1); }), ("p = torch.rand(1000)", "torch.multinomial(p, 10000, replacement=True)", () => { Tensor p = rand(1000); return () => multinomial(p, 10000, replacement: true); }),
        ("m = torch.rand(10000)", "torch.normal(m, m)", () => { Tensor m = rand(10000); return () => normal(m, m); }), ("x = torch.empty(10000)", "x.normal_(1, 2)", () => { Tensor x = empty(10000); return () => x.normal_(1, 2); }), ("x = torch.empty(10000)", "x.uniform_(1, 2)", () => { Tensor x = empty(10000); return () => x.uniform_(1, 2); }),
        ("x = torch.empty(10000)", "x.exponential_()", () => { Tensor x = empty(10000); return () => x.exponential_(); }), ("x = torch.empty(10000)", "x.geometric_(0.3)", () => { Tensor x = empty(10000); return () => x.geometric_(0.3); }), ("x = torch.empty(10000)", "x.cauchy_()", () => { Tensor x = empty(10000); return () => x.cauchy_(); }),
        ("x = torch.empty(10000)", "x.log_normal_()", () => { Tensor x = empty(10000); return () => x.log_normal_(); }), ("p = torch.rand(10000)", "torch.bernoulli(p)", () => { Tensor p = rand(10000); return () => bernoulli(p); }), ("p = torch.rand(10000) * 10", "torch.poisson(p)", () => { Tensor p = rand(10000) * 10; return () => poisson(p); }),
        ("d = torch.distributions.Gamma(torch.tensor(2.0), torch.tensor(1.0))", "d.sample((10000,))", () => { var d = torch.distributions.Gamma(tensor(2.0f), tensor(1.0f)); return () => d.sample(10000); }),
        ("d = torch.distributions.Normal(0.0, 1.0); x = torch.randn(10000)", "d.log_prob(x)", () => { var d = torch.distributions.Normal(0.0, 1.0); Tensor x = randn(10000); return () => d.log_prob(x); }),
        ("d = torch.distributions.Categorical(logits=torch.randn(64, 10))", "d.sample()", () => { var d = torch.distributions.Categorical(logits: randn(64, 10)); return () => d.sample(); }),
        ("x = torch.randn(1000, 1000)", "str(x)", () => { Tensor x = randn(1000, 1000); return () => x.ToString(); }), ("x = torch.randn(30, 30)", "str(x)", () => { Tensor x = randn(30, 30); return () => x.ToString(); }), ("x = torch.arange(1000)", "str(x)", () => { Tensor x = arange(1000); return () => x.ToString(); }),
        ("x = torch.randn(3)", "str(x)", () => { Tensor x = randn(3); return () => x.ToString(); }),
        ("import numpy; a = numpy.random.rand(1000, 1000).astype('float32')", "torch.tensor(a)", () => { var a = new float[1000, 1000]; return () => tensor(a); }), ("import numpy; a = numpy.random.rand(100000)", "torch.tensor(a)", () => { var a = new double[100000]; return () => tensor(a); }),
        ("a = [float(i) for i in range(1000)]", "torch.tensor(a)", () => { var a = new float[1000]; return () => tensor(a); }), ("", "torch.tensor([1.0, 2.0, 3.0])", () => () => tensor([1.0f, 2.0f, 3.0f])), ("", "torch.tensor(3.5)", () => () => tensor(3.5)),
        ("x = torch.randn(100000)", "x.numpy().copy()", () => { Tensor x = randn(100000); return () => x.ToArray<float>(); }), ("x = torch.randn(1000)", "x.tolist()", () => { Tensor x = randn(1000); return () => x.ToArray<float>(); }), ("x = torch.randn(3)", "float(x.sum())", () => { Tensor x = randn(3); return () => x.sum().item<float>(); }),
        ("import io; s = {f'p{i}': torch.randn(10) for i in range(500)}", "torch.save(s, io.BytesIO())", () => { var s = Small(); return () => save(s, new MemoryStream()); }),
        ("import io; b = io.BytesIO(); torch.save({f'p{i}': torch.randn(10) for i in range(500)}, b)", "(b.seek(0), torch.load(b))", () => { var b = new MemoryStream(); save(Small(), b); return () => { b.Position = 0; load(b); }; }),
        ("import io; m = nn.Sequential(*[nn.Linear(16, 16) for _ in range(20)])", "torch.save(m.state_dict(), io.BytesIO())", () => { var m = nn.Sequential([.. Enumerable.Range(0, 20).Select(_ => nn.Linear(16, 16))]); return () => save(m.state_dict(), new MemoryStream()); }),
        ("m = nn.Sequential(*[nn.Linear(16, 16) for _ in range(20)]); s = m.state_dict()", "m.load_state_dict(s)", () => { var m = nn.Sequential([.. Enumerable.Range(0, 20).Select(_ => nn.Linear(16, 16))]); var s = m.state_dict(); return () => m.load_state_dict(s); }),
        ("from torch.utils.data import DataLoader; d = [(torch.randn(3, 32, 32), i) for i in range(512)]", "[None for _ in DataLoader(d, batch_size=64, shuffle=True)]", () =>
        {
            (Tensor, long)[] d = [.. Enumerable.Range(0, 512).Select(i => (randn(3, 32, 32), (long)i))];
            return () => { foreach (var _ in utils.data.DataLoader(d, batch_size: 64, shuffle: true)) { } };
        }),
        ("p = [torch.randn(100, 100, requires_grad=True) for _ in range(20)]; [setattr(q, 'grad', torch.randn(100, 100)) for q in p]", "torch.nn.utils.clip_grad_norm_(p, 1.0)", () =>
        {
            Tensor[] p = [.. Enumerable.Range(0, 20).Select(_ => randn([100, 100], requires_grad: true))];
            foreach (Tensor q in p) q.grad = randn(100, 100);
            return () => nn.utils.clip_grad_norm_(p, 1.0);
        }),
        ("x = torch.randn(4, 3, requires_grad=True)", "torch.autograd.functional.jacobian(lambda t: (t * t).sum(1), x)", () => { Tensor x = randn([4, 3], requires_grad: true); return () => torch.autograd.functional.jacobian(t => (t * t).sum(1), x); }),
        ("m = nn.Linear(100, 100)", "nn.init.kaiming_uniform_(m.weight)", () => { var m = nn.Linear(100, 100); return () => nn.init.kaiming_uniform_(m.weight); }), ("m = nn.Linear(100, 100)", "nn.init.orthogonal_(m.weight)", () => { var m = nn.Linear(100, 100); return () => nn.init.orthogonal_(m.weight); }),
    ];

    public static void AddTo(WorkloadList list)
    {
        var names = new HashSet<string>();
        foreach ((string setup, string python, var open) in Cases)
            list.Sweep("creation and data", names.Add(python) ? python : $"{python} with {setup}", setup.Length == 0 ? "pass" : setup, python, open);
    }

    private static Dictionary<string, Tensor> Small() => Enumerable.Range(0, 500).ToDictionary(i => $"p{i}", _ => randn(10));
}
