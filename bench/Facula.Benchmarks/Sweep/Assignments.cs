using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Masks, advanced indices, assignments, moves and borders, of the sizes of tutorials, with their derivatives.</summary>
internal static class Assignments
{
    private const string Setup = "x = torch.randn(200, 300, requires_grad=True); y = torch.randn(200, 300); e = torch.randn(200, 300); d = torch.randn(200, 300, dtype=torch.float64); r = torch.randint(0, 200, (500,)); q = torch.randint(0, 300, (500,)); f = torch.randint(0, 200, (200, 300)); v = torch.randn(500); k = y > 0; m = k[:, :1]; n = torch.randint(0, 100, (200, 300)); "
        + "u = torch.randn(200); o = torch.randint(0, 4, (200,)); c = torch.randn(4, 8, 24, 24, requires_grad=True); l = torch.randn(8, 16, 50, requires_grad=True); w = torch.randn(500, 32, requires_grad=True); j = torch.randint(1, 500, (32, 20)); p = (torch.rand(300, 300) > 0.5).triu()";

    private static readonly (string python, Func<Data, Tensor> run)[] Tracked =
    [
        ("x.masked_fill(k, 0.0)", t => t.X.masked_fill(t.K, 0.0)), ("x.masked_fill(m, float('-inf'))", t => t.X.masked_fill(t.M, double.NegativeInfinity)), ("x.masked_fill(k[0], 0.0)", t => t.X.masked_fill(t.K[0], 0.0)), ("x.masked_select(k)", t => t.X.masked_select(t.K)), ("x[k]", t => t.X[t.K]), ("x[m[:, 0]]", t => t.X[t.M[.., 0]]), ("torch.where(k, x, 0.0)", t => where(t.K, t.X, 0.0)), ("torch.where(k, x, y)", t => where(t.K, t.X, t.Y)), ("torch.where(m, x, y[0])", t => where(t.M, t.X, t.Y[0])),
        ("x[r, q]", t => t.X[t.R, t.Q]), ("x[r]", t => t.X[t.R]), ("x[:, q]", t => t.X[.., t.Q]), ("x[r[:50, None], q]", t => t.X[t.R[..50].unsqueeze(1), t.Q]), ("x[5]", t => t.X[5]), ("x[:, 3]", t => t.X[.., 3]), ("x[10:50, ::2]", t => t.X[10..50, torch.TensorIndex.Slice(step: 2)]), ("x.index_select(0, r)", t => t.X.index_select(0, t.R)), ("x.gather(0, f)", t => t.X.gather(0, t.Fs)), ("x.gather(1, f[:, :10])", t => t.X.gather(1, t.Fs[.., ..10])), ("x.take(r)", t => t.X.take(t.R)),
        ("x.index_put((r, q), v)", t => t.X.index_put([t.R, t.Q], t.V)), ("x.index_put((r, q), v, accumulate=True)", t => t.X.index_put([t.R, t.Q], t.V, accumulate: true)), ("x.index_add(0, r, y[0].expand(500, 300))", t => t.X.index_add(0, t.R, t.Y[0].expand(500, 300))), ("x.index_add(1, q, y[:, :1].expand(200, 500))", t => t.X.index_add(1, t.Q, t.Y[.., ..1].expand(200, 500))), ("x.index_fill(1, q, 0.0)", t => t.X.index_fill(1, t.Q, 0.0)), ("x.index_copy(0, o, y)", t => t.X.index_copy(0, t.O, t.Y)), ("x.scatter_reduce(0, f, y, 'sum')", t => t.X.scatter_reduce(0, t.Fs, t.Y, "sum")), ("x.scatter_reduce(1, f, y, 'mean')", t => t.X.scatter_reduce(1, t.Fs, t.Y, "mean")), ("x.scatter_reduce(0, f, y, 'amax')", t => t.X.scatter_reduce(0, t.Fs, t.Y, "amax")), ("x.scatter(1, f[:, :1], 1.0)", t => t.X.scatter(1, t.Fs[.., ..1], 1.0)),
        ("torch.zeros(4, 300).index_add(0, o, x)", t => zeros(4, 300).index_add(0, t.O, t.X)), ("torch.zeros(4, 300).scatter_add(0, o[:, None].expand(200, 300), x)", t => zeros(4, 300).scatter_add(0, t.O.unsqueeze(1).expand(200, 300), t.X)), ("x.roll(5, 0)", t => t.X.roll(5, 0)), ("x.roll(5, 1)", t => t.X.roll(5, 1)), ("x.flip(0)", t => t.X.flip(0)), ("c.flip(3)", t => t.C.flip(3)), ("x.rot90()", t => t.X.rot90()), ("x.repeat(1, 2)", t => t.X.repeat(1, 2)), ("x[:50].repeat_interleave(3, 0)", t => t.X[..50].repeat_interleave(3, 0)), ("x[:50].repeat_interleave(3, 1)", t => t.X[..50].repeat_interleave(3, 1)), ("x.repeat_interleave(o, 0)", t => t.X.repeat_interleave(t.O, 0)), ("x[0].expand(200, 300).contiguous()", t => t.X[0].expand(200, 300).contiguous()),
        ("l.unfold(2, 10, 5).contiguous()", t => t.L.unfold(2, 10, 5).contiguous()), ("F.unfold(c, 3)", t => F.unfold(t.C, 3)), ("F.unfold(c, 4, stride=4)", t => F.unfold(t.C, 4, stride: 4)), ("F.fold(F.unfold(c, 3, padding=1), (24, 24), 3, padding=1)", t => F.fold(F.unfold(t.C, 3, padding: 1), (24, 24), 3, padding: 1)), ("F.pad(x, (1, 2))", t => F.pad(t.X, [1, 2])), ("F.pad(c, (1, 1, 1, 1))", t => F.pad(t.C, [1, 1, 1, 1])), ("F.pad(c, (2, 2, 2, 2), mode='reflect')", t => F.pad(t.C, [2, 2, 2, 2], mode: "reflect")), ("F.pad(c, (2, 2, 2, 2), mode='replicate')", t => F.pad(t.C, [2, 2, 2, 2], mode: "replicate")), ("F.pad(c, (2, 2, 2, 2), mode='circular')", t => F.pad(t.C, [2, 2, 2, 2], mode: "circular")), ("F.pad(l, (4, 0))", t => F.pad(t.L, [4, 0])), ("F.pad(l, (2, 2), mode='replicate')", t => F.pad(t.L, [2, 2], mode: "replicate")), ("F.pad(l, (2, 2), mode='circular')", t => F.pad(t.L, [2, 2], mode: "circular")),
        ("torch.cat([x, x], 0)", t => cat([t.X, t.X], 0)), ("torch.cat([x[:, :10], x[:, 20:]], 1)", t => cat([t.X[.., ..10], t.X[.., 20..]], 1)), ("torch.stack([x, x], 2)", t => stack([t.X, t.X], 2)), ("torch.stack(x.unbind(0)[:20])", t => stack(t.X.unbind(0)[..20])), ("torch.cat(x.split(20, 1), 0)", t => cat(t.X.split(20, 1), 0)), ("torch.cat(x.chunk(3, 1)[::-1], 1)", t => { Tensor[] parts = [.. t.X.chunk(3, 1)]; Array.Reverse(parts); return cat(parts, 1); }), ("x.t().contiguous()", t => t.X.t().contiguous()), ("c.permute(0, 2, 3, 1).reshape(-1, 8)", t => t.C.permute(0, 2, 3, 1).reshape(-1, 8)), ("c.view(4, 8, 6, 4, 6, 4).permute(0, 2, 4, 1, 3, 5).reshape(4, 36, 128)", t => t.C.view(4, 8, 6, 4, 6, 4).permute(0, 2, 4, 1, 3, 5).reshape(4, 36, 128)), ("torch.movedim(c, 1, -1).contiguous()", t => movedim(t.C, 1, -1).contiguous()), ("l.transpose(1, 2).reshape(8, -1)", t => t.L.transpose(1, 2).reshape(8, -1)),
        ("x.triu()", t => t.X.triu()), ("x.diagonal().contiguous()", t => t.X.diagonal().contiguous()), ("torch.diag_embed(l[0])", t => diag_embed(t.L[0])), ("torch.block_diag(x[:10, :10], x[:20, :20])", t => block_diag(t.X[..10, ..10], t.X[..20, ..20])), ("x.clamp(min=0)", t => t.X.clamp(min: 0)), ("x.clamp(y, y + 1)", t => t.X.clamp(t.Y, t.Y + 1)), ("F.pixel_shuffle(c, 2)", t => F.pixel_shuffle(t.C, 2)), ("F.pixel_unshuffle(c, 2)", t => F.pixel_unshuffle(t.C, 2)), ("F.embedding(j, w)", t => F.embedding(t.J, t.W)), ("F.embedding(j, w, padding_idx=0)", t => F.embedding(t.J, t.W, padding_idx: 0)), ("F.embedding(j, w, scale_grad_by_freq=True)", t => F.embedding(t.J, t.W, scale_grad_by_freq: true)),
    ];

    private static readonly (string python, Func<Data, object?> run)[] Plain =
    [
        ("y.__setitem__(k, 0.0)", t => { t.Y[t.K] = 0.0f; return null; }), ("y.__setitem__(k, d[k].float())", t => { t.Y[t.K] = t.D[t.K].@float(); return null; }), ("e.__setitem__(k, y[k])", t => { t.E[t.K] = t.Y[t.K]; return null; }), ("e.__setitem__(m[:, 0], 1.0)", t => { t.E[t.M[.., 0]] = 1.0f; return null; }), ("e.__setitem__(r, 0.5)", t => { t.E[t.R] = 0.5f; return null; }), ("e.__setitem__((r, q), v)", t => { t.E[t.R, t.Q] = t.V; return null; }), ("e.__setitem__((slice(None), q), 1.0)", t => { t.E[.., t.Q] = 1.0f; return null; }), ("e.__setitem__(5, y[0])", t => { t.E[5] = t.Y[0]; return null; }), ("e.__setitem__((slice(None), 3), u)", t => { t.E[.., 3] = t.U; return null; }), ("e.__setitem__((slice(10, 50), slice(None, None, 2)), 2.0)", t => { t.E[10..50, torch.TensorIndex.Slice(step: 2)] = 2.0f; return null; }),
        ("e.__setitem__((3, 4), 2.0)", t => { t.E[3, 4] = 2.0f; return null; }), ("e[3, 4].item()", t => t.E[3, 4].item()), ("e.index_put_((r, q), v)", t => t.E.index_put_([t.R, t.Q], t.V)), ("e.index_put_((r, q), v, accumulate=True)", t => t.E.index_put_([t.R, t.Q], t.V, accumulate: true)), ("e.index_add_(0, o, y)", t => t.E.index_add_(0, t.O, t.Y)), ("e.scatter_add_(0, f, y)", t => t.E.scatter_add_(0, t.Fs, t.Y)), ("e.scatter_(1, f, 1.0)", t => t.E.scatter_(1, t.Fs, 1.0)), ("e.masked_fill_(k, 1.0)", t => t.E.masked_fill_(t.K, 1.0)), ("e.masked_scatter_(k, y)", t => t.E.masked_scatter_(t.K, t.Y)), ("torch.zeros(200, 300).scatter_(1, f[:, :1], 1.0)", t => zeros(200, 300).scatter_(1, t.Fs[.., ..1], 1.0)), ("e.put_(r, v)", t => t.E.put_(t.R, t.V)), ("e.fill_diagonal_(1.0)", t => t.E.fill_diagonal_(1.0)),
        ("k.nonzero()", t => t.K.nonzero()), ("torch.nonzero(k, as_tuple=True)", t => nonzero(t.K, as_tuple: true)), ("y.nonzero()", t => t.Y.nonzero()), ("n.eq(3).nonzero()", t => t.N.eq(3).nonzero()), ("torch.where(k, 1.0, 0.0)", t => where(t.K, 1.0, 0.0)), ("torch.where(k, d, 0)", t => where(t.K, t.D, 0)), ("torch.where(k, n, 5)", t => where(t.K, t.N, 5)), ("n[k]", t => t.N[t.K]), ("n.masked_fill(k, -1)", t => t.N.masked_fill(t.K, -1)), ("d[r, q]", t => t.D[t.R, t.Q]), ("n[r]", t => t.N[t.R]), ("k[r]", t => t.K[t.R]), ("d.masked_fill(m, 0.0)", t => t.D.masked_fill(t.M, 0.0)), ("k & ~m", t => t.K & ~t.M), ("k.t() | p[:300, :200]", t => t.K.t() | t.P[..300, ..200]),
        ("F.one_hot(o, 10)", t => F.one_hot(t.O, 10)), ("F.one_hot(n, 100)", t => F.one_hot(t.N, 100)), ("n.roll(1, 1)", t => t.N.roll(1, 1)), ("n.flip(1)", t => t.N.flip(1)), ("n.t().contiguous()", t => t.N.t().contiguous()), ("d.repeat(2, 1)", t => t.D.repeat(2, 1)), ("torch.tril(torch.ones(300, 300))", t => tril(ones(300, 300))), ("torch.ones(300, 300).tril().bool()", t => ones(300, 300).tril().@bool()), ("torch.triu(torch.full((300, 300), float('-inf')), diagonal=1)", t => triu(full([300, 300], double.NegativeInfinity), diagonal: 1)), ("p.masked_fill(p, False)", t => t.P.masked_fill(t.P, false)), ("torch.zeros(300, 300).masked_fill(p, float('-inf'))", t => zeros(300, 300).masked_fill(t.P, double.NegativeInfinity)), ("torch.arange(20)[None, :] < o[:, None]", t => arange(20).unsqueeze(0) < t.O.unsqueeze(1)),
        ("torch.index_reduce(e, 0, r, y[0].expand(500, 300), 'amax')", t => index_reduce(t.E, 0, t.R, t.Y[0].expand(500, 300), "amax")), ("e.select_scatter(y[0], 0, 5)", t => t.E.select_scatter(t.Y[0], 0, 5)), ("torch.dropout(e, 0.5, True)", t => dropout(t.E, 0.5, true)), ("F.embedding(j, w.detach(), max_norm=1.0)", t => F.embedding(t.J, t.W.detach(), max_norm: 1.0)),
    ];

    public static void AddTo(WorkloadList list)
    {
        Trained.Both<Data>(list, "assignments", Setup, "x, c, l, w", t => [t.X, t.C, t.L, t.W], Tracked);
        Trained.Plain<Data>(list, "assignments", Setup, Plain!);
    }

    private sealed class Data
    {
        public Tensor X { get; } = randn([200, 300], requires_grad: true);
        public Tensor Y { get; } = randn(200, 300);
        public Tensor E { get; } = randn(200, 300);
        public Tensor D { get; } = randn([200, 300], dtype: float64);
        public Tensor R { get; } = randint(0, 200, [500]);
        public Tensor Q { get; } = randint(0, 300, [500]);
        public Tensor Fs { get; } = randint(0, 200, [200, 300]);
        public Tensor V { get; } = randn(500);
        public Tensor K => field ??= Y > 0;
        public Tensor M => field ??= K[.., ..1];
        public Tensor N { get; } = randint(0, 100, [200, 300]);
        public Tensor U { get; } = randn(200);
        public Tensor O { get; } = randint(0, 4, [200]);
        public Tensor C { get; } = randn([4, 8, 24, 24], requires_grad: true);
        public Tensor L { get; } = randn([8, 16, 50], requires_grad: true);
        public Tensor W { get; } = randn([500, 32], requires_grad: true);
        public Tensor J { get; } = randint(1, 500, [32, 20]);
        public Tensor P { get; } = (rand(300, 300) > 0.5).triu();
    }
}
