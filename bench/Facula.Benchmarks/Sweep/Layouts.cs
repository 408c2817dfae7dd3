using static Facula.torch;

namespace Facula.Benchmarks.Sweep;

/// <summary>Operands of unlike types and layouts: promotion, transposes, steps, broadcasts.</summary>
internal static class Layouts
{
    private const string Matrices = "a = torch.randn(1000, 1000); b = torch.randn(1000, 1000); i = torch.randint(0, 9, (1000, 1000)); d = b.double(); m = a > 0; c = torch.randn(64, 32, 28, 28); q = torch.randn(100, 100)";

    private static readonly (string python, Func<Data, object> run)[] Cases =
    [
        ("a + i", t => t.A + t.I), ("a + d", t => t.A + t.D), ("a * m", t => t.A * t.M), ("i + 2.5", t => t.I + 2.5), ("i.int() + i", t => t.I.@int() + t.I), ("a > i", t => t.A > t.I),
        ("d.float()", t => t.D.@float()), ("i.float()", t => t.I.@float()), ("a.long()", t => t.A.@long()), ("a.bool()", t => t.A.@bool()), ("m.float()", t => t.M.@float()), ("i.int()", t => t.I.@int()),
        ("a.half()", t => t.A.half()), ("a.bfloat16()", t => t.A.bfloat16()), ("a.to(torch.uint8)", t => t.A.to(uint8)), ("a.int()", t => t.A.@int()),
        ("a.t() * 2", t => t.A.t() * 2), ("a.t() + b.t()", t => t.A.t() + t.B.t()), ("torch.exp(a.t())", t => exp(t.A.t())), ("a.t().sum(0)", t => t.A.t().sum(0)), ("a.t().sum(1)", t => t.A.t().sum(1)),
        ("a.t().sum()", t => t.A.t().sum()), ("d.t().contiguous()", t => t.D.t().contiguous()), ("m.t().contiguous()", t => t.M.t().contiguous()), ("a.t() > 0", t => t.A.t() > 0),
        ("a[:, ::2] + 1", t => t.A[.., Stepped(2)] + 1), ("a[:, ::2].sum()", t => t.A[.., Stepped(2)].sum()), ("a[:, ::2].sum(0)", t => t.A[.., Stepped(2)].sum(0)), ("torch.exp(a[:, ::2])", t => exp(t.A[.., Stepped(2)])),
        ("a[:, ::2] + b[:, 1::2]", t => t.A[.., Stepped(2)] + t.B[.., torch.TensorIndex.Slice(1, null, 2)]), ("a[::2] + 1", t => t.A[Stepped(2)] + 1), ("a[:, :500] + 1", t => t.A[.., ..500] + 1), ("a[:, :500].contiguous()", t => t.A[.., ..500].contiguous()),
        ("a[:, ::2].contiguous()", t => t.A[.., Stepped(2)].contiguous()), ("a[0].expand(1000, 1000) * a", t => t.A[0].expand(1000, 1000) * t.A), ("a[0].expand(1000, 1000).contiguous()", t => t.A[0].expand(1000, 1000).contiguous()),
        ("a[:, :1].expand(1000, 1000).contiguous()", t => t.A[.., ..1].expand(1000, 1000).contiguous()), ("a[0][:, None] + b[0]", t => t.A[0].unsqueeze(1) + t.B[0]), ("a[0][:, None] > b[0]", t => t.A[0].unsqueeze(1) > t.B[0]),
        ("c + c[0, :, :1, :1]", t => t.C + t.C[0, .., ..1, ..1]), ("c * c[:, :1]", t => t.C * t.C[.., ..1]), ("c.permute(0, 2, 3, 1).contiguous()", t => t.C.permute(0, 2, 3, 1).contiguous()),
        ("c.permute(0, 2, 3, 1) + 1", t => t.C.permute(0, 2, 3, 1) + 1), ("c.transpose(0, 1).contiguous()", t => t.C.transpose(0, 1).contiguous()), ("c.permute(3, 2, 1, 0).contiguous()", t => t.C.permute(3, 2, 1, 0).contiguous()),
        ("c[:, :, ::2, ::2].contiguous()", t => t.C[.., .., Stepped(2), Stepped(2)].contiguous()), ("c.contiguous(memory_format=torch.channels_last)", t => t.C.contiguous(channels_last)),
        ("a.t().softmax(1)", t => t.A.t().softmax(1)), ("a.t().cumsum(1)", t => t.A.t().cumsum(1)), ("a.t().argmax(1)", t => t.A.t().argmax(1)), ("a.t().reshape(-1)", t => t.A.t().reshape(-1)),
        ("a.add_(b.t(), alpha=0.001)", t => t.A.add_(t.B.t(), alpha: 0.001)), ("a[:, ::2].mul_(1.0)", t => t.A[.., Stepped(2)].mul_(1.0)), ("a.t().copy_(b)", t => t.A.t().copy_(t.B)), ("a[:, 10:20].copy_(b[:, 10:20])", t => t.A[.., 10..20].copy_(t.B[.., 10..20])),
        ("a[5:900, 5:900].fill_(1.0)", t => t.A[5..900, 5..900].fill_(1.0)), ("q.t() + q", t => t.Q.t() + t.Q), ("q[:, ::2] * 2", t => t.Q[.., Stepped(2)] * 2), ("q + q[0]", t => t.Q + t.Q[0]), ("q - q.mean(1, keepdim=True)", t => t.Q - t.Q.mean(1, keepdim: true)),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach ((string python, var run) in Cases)
            list.Sweep("types and layouts", python, Matrices, python, () =>
            {
                var data = new Data();
                return () => run(data);
            });
    }

    private static torch.TensorIndex Stepped(long step) => torch.TensorIndex.Slice(step: step);

    private sealed class Data
    {
        public Tensor A { get; } = randn(1000, 1000);
        public Tensor B { get; } = randn(1000, 1000);
        public Tensor I { get; } = randint(0, 9, [1000, 1000]);
        public Tensor C { get; } = randn(64, 32, 28, 28);
        public Tensor Q { get; } = randn(100, 100);
        public Tensor D => field ??= B.@double();
        public Tensor M => field ??= A > 0;
    }
}
