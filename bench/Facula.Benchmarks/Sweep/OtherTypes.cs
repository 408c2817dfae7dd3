using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>What low precision, bytes, whole and complex numbers meet beside pointwise functions.</summary>
internal static class OtherTypes
{
    private const string Setup = "x = torch.randn(200, 300); b = x.bfloat16().requires_grad_(); h = x.half(); u = torch.randint(0, 256, (3, 200, 300), dtype=torch.uint8); s = torch.randint(-100, 100, (200, 300), dtype=torch.int16); i = torch.randint(0, 100, (200, 300)); n = i.int(); c = torch.randn(100, 200, dtype=torch.complex64); d = torch.randn(50, 100, dtype=torch.complex128); z = torch.randn(1024, 10, dtype=torch.bfloat16, requires_grad=True); j = torch.randint(0, 10, (1024,)); q = torch.randn(4, 8, 24, 24, dtype=torch.bfloat16, requires_grad=True)";

    private static readonly (string python, Func<Data, Tensor> run)[] Tracked =
    [
        ("b.softmax(1)", t => t.B.softmax(1)), ("b.log_softmax(0)", t => t.B.log_softmax(0)), ("b.sum(1)", t => t.B.sum(1)), ("b.mean(0)", t => t.B.mean(0)), ("b.var(1)", t => t.B.var(1)), ("b.norm(dim=1)", t => t.B.norm(dim: 1)), ("b.logsumexp(1)", t => t.B.logsumexp(1)), ("b.amax(1)", t => t.B.amax(1)), ("b.cumsum(1)", t => t.B.cumsum(1)), ("b.t().contiguous()", t => t.B.t().contiguous()), ("b[:, :100] * b[:, 100:200]", t => t.B[.., ..100] * t.B[.., 100..200]), ("b - b.mean(1, keepdim=True)", t => t.B - t.B.mean(1, keepdim: true)),
        ("F.layer_norm(b, (300,))", t => F.layer_norm(t.B, [300])), ("F.cross_entropy(z, j)", t => F.cross_entropy(t.Z, t.J)), ("F.normalize(b)", t => F.normalize(t.B)), ("F.gelu(b)", t => F.gelu(t.B)), ("F.max_pool2d(q, 2)", t => F.max_pool2d(t.Q, 2)), ("F.interpolate(q, scale_factor=2)", t => F.interpolate(t.Q, scale_factor: 2)), ("F.batch_norm(q, None, None, training=True)", t => F.batch_norm(t.Q, null, null, training: true)), ("F.pad(q, (1, 1, 1, 1))", t => F.pad(t.Q, [1, 1, 1, 1])), ("torch.cat([b, b], 1)", t => cat([t.B, t.B], 1)), ("b[i[:, 0]]", t => t.B[t.I[.., 0]]), ("b.float().sum()", t => t.B.@float().sum()),
    ];

    private static readonly (string python, Func<Data, object> run)[] Plain =
    [
        ("h.sum(0)", t => t.H.sum(0)), ("h.sum(1)", t => t.H.sum(1)), ("h.mean()", t => t.H.mean()), ("h.max(1)", t => t.H.max(1)), ("h.argmax(1)", t => t.H.argmax(1)), ("h.t() + h.t()", t => t.H.t() + t.H.t()), ("h.sort(1)", t => t.H.sort(1)), ("h > 0", t => t.H > 0), ("h.float() * 2", t => t.H.@float() * 2), ("torch.where(h > 0, h, h)", t => where(t.H > 0, t.H, t.H)), ("h.clamp(0, 1)", t => t.H.clamp(0, 1)),
        ("u.float() / 255", t => t.U.@float() / 255), ("u / 255", t => t.U / 255), ("u.permute(1, 2, 0).contiguous()", t => t.U.permute(1, 2, 0).contiguous()), ("u.permute(1, 2, 0).float() / 255", t => t.U.permute(1, 2, 0).@float() / 255), ("u.flip(2)", t => t.U.flip(2)), ("u.sum()", t => t.U.sum()), ("u.float().mean((1, 2))", t => t.U.@float().mean((1, 2))), ("u[0].flatten().bincount()", t => t.U[0].flatten().bincount()), ("u.max()", t => t.U.max()), ("(u > 127).sum()", t => (t.U > 127).sum()), ("u.int() + 3", t => t.U.@int() + 3), ("u // 2", t => floor_divide(t.U, 2)), ("u.double().std()", t => t.U.@double().std()), ("u.sum(1)", t => t.U.sum(1)), ("u.float().var((1, 2))", t => t.U.@float().var((1, 2))), ("torch.stack([u, u]).float()", t => stack([t.U, t.U]).@float()),
        ("s + s", t => t.S + t.S), ("s * 3", t => t.S * 3), ("s.float()", t => t.S.@float()), ("s.abs()", t => t.S.abs()), ("s.sum(1)", t => t.S.sum(1)), ("s.max(1)", t => t.S.max(1)), ("s.clamp(-50, 50)", t => t.S.clamp(-50, 50)), ("s > 0", t => t.S > 0), ("s.sort(1)", t => t.S.sort(1)),
        ("n / 3", t => t.N / 3), ("n // 3", t => floor_divide(t.N, 3)), ("n % 7", t => t.N % 7), ("i // 3", t => floor_divide(t.I, 3)), ("i % 7", t => t.I % 7), ("i / 3", t => t.I / 3), ("i ** 2", t => t.I.pow(2)), ("i * 1.5", t => t.I * 1.5), ("i.float().mean(1)", t => t.I.@float().mean(1)), ("i.max(1)", t => t.I.max(1)), ("n.max(0)", t => t.N.max(0)), ("n.sum(1)", t => t.N.sum(1)), ("i[:50].mm(i[:50].t())", t => t.I[..50].mm(t.I[..50].t())), ("torch.gcd(i, n)", t => gcd(t.I, t.N)), ("i == i.t().t()", t => eq(t.I, t.I.t().t())), ("i[:, :10] - i[:, :1]", t => t.I[.., ..10] - t.I[.., ..1]), ("torch.clamp(i, max=50)", t => clamp(t.I, max: 50)), ("i.neg().exp()", t => t.I.neg().exp()), ("torch.cat([i, i])", t => cat([t.I, t.I])),
        ("c.abs()", t => t.C.abs()), ("c * c.conj()", t => t.C * t.C.conj()), ("c.real + c.imag", t => t.C.real + t.C.imag), ("c.t().contiguous()", t => t.C.t().contiguous()), ("c.sum(1)", t => t.C.sum(1)), ("c.mean()", t => t.C.mean()), ("c.exp()", t => t.C.exp()), ("torch.polar(x, x)", t => polar(t.X, t.X)), ("torch.complex(x, x)", t => complex(t.X, t.X)), ("torch.view_as_real(c).sum()", t => view_as_real(t.C).sum()), ("c.angle()", t => t.C.angle()), ("c * 2.5", t => t.C * 2.5), ("c / 3", t => t.C / 3), ("c.abs().pow(2)", t => t.C.abs().pow(2)), ("d + d", t => t.D + t.D), ("d.norm()", t => t.D.norm()), ("d.prod(1)", t => t.D.prod(1)), ("c.cumsum(1)", t => t.C.cumsum(1)), ("c == c", t => eq(t.C, t.C)), ("c.pow(2)", t => t.C.pow(2)), ("c.reciprocal()", t => t.C.reciprocal()),
    ];

    public static void AddTo(WorkloadList list)
    {
        Trained.Both<Data>(list, "other types", Setup, "b, z, q", t => [t.B, t.Z, t.Q], Tracked);
        Trained.Plain<Data>(list, "other types", Setup, Plain);
    }

    private sealed class Data
    {
        public Tensor X { get; } = randn(200, 300);
        public Tensor B => field ??= X.bfloat16().requires_grad_();
        public Tensor H => field ??= X.half();
        public Tensor U { get; } = randint(0, 256, [3, 200, 300], dtype: uint8);
        public Tensor S { get; } = randint(-100, 100, [200, 300], dtype: int16);
        public Tensor I { get; } = randint(0, 100, [200, 300]);
        public Tensor N => field ??= I.@int();
        public Tensor C { get; } = randn([100, 200], dtype: complex64);
        public Tensor D { get; } = randn([50, 100], dtype: complex128);
        public Tensor Z { get; } = randn(1024, 10).bfloat16().requires_grad_();
        public Tensor J { get; } = randint(0, 10, [1024]);
        public Tensor Q { get; } = randn(4, 8, 24, 24).bfloat16().requires_grad_();
    }
}
