using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Indexing, scattering, moving, padding and resampling.</summary>
internal static class Selections
{
    private const string Table = "v = torch.randn(100000); i = torch.randint(0, 100000, (100000,)); s = torch.randint(0, 1000, (100000,)); m = torch.randn(1000, 100); r = torch.randint(0, 1000, (1000,)); "
        + "g = torch.randint(0, 100, (1000, 100)); w = torch.randn(1000, 100); k = v > 0; b = torch.randn(1000); e = torch.randn(100000).sort()[0]";

    private static readonly (string python, Func<Data, object> run)[] Indexing =
    [
        ("torch.zeros(1000).scatter_add(0, s, v)", t => zeros(1000).scatter_add(0, t.S, t.V)), ("v.scatter(0, i, v)", t => t.V.scatter(0, t.I, t.V)), ("m.scatter(1, g, w)", t => t.M.scatter(1, t.G, t.W)),
        ("m.scatter_add(1, g, w)", t => t.M.scatter_add(1, t.G, t.W)), ("m.scatter_add(0, g, w)", t => t.M.scatter_add(0, t.G, t.W)), ("b.scatter_reduce(0, s, v, 'amax')", t => t.B.scatter_reduce(0, t.S, t.V, "amax")),
        ("m.index_add(0, r, w)", t => t.M.index_add(0, t.R, t.W)), ("m.index_copy(0, r, w)", t => t.M.index_copy(0, t.R, t.W)), ("m.index_fill(0, r, 1.0)", t => t.M.index_fill(0, t.R, 1.0)), ("m.index_select(1, g[0])", t => t.M.index_select(1, t.G[0])),
        ("b.index_add(0, s, v)", t => t.B.index_add(0, t.S, t.V)), ("v.index_put((i,), v)", t => t.V.index_put([t.I], t.V)), ("b.index_put((s,), v, accumulate=True)", t => t.B.index_put([t.S], t.V, accumulate: true)),
        ("m.index_put((r,), w)", t => t.M.index_put([t.R], t.W)), ("m.index_put((r,), w, accumulate=True)", t => t.M.index_put([t.R], t.W, accumulate: true)), ("v.take(i)", t => t.V.take(t.I)), ("m[r]", t => t.M[t.R]),
        ("m[:, g[0]]", t => t.M[.., t.G[0]]), ("m[r[:100], g[0]]", t => t.M[t.R[..100], t.G[0]]), ("m[r[:, None], g]", t => t.M[t.R.unsqueeze(1), t.G]), ("m.gather(1, g)", t => t.M.gather(1, t.G)), ("m.gather(0, g)", t => t.M.gather(0, t.G)),
        ("m.take_along_dim(g, 1)", t => t.M.take_along_dim(t.G, 1)), ("v.masked_scatter(k, e)", t => t.V.masked_scatter(t.K, t.E)), ("v.nonzero()", t => t.V.nonzero()), ("k.nonzero()", t => t.K.nonzero()), ("v[k]", t => t.V[t.K]),
        ("m[m > 0]", t => t.M[t.M > 0]), ("v.masked_select(k)", t => t.V.masked_select(t.K)), ("torch.bucketize(v, e[::100])", t => bucketize(t.V, t.E[torch.TensorIndex.Slice(step: 100)])), ("torch.searchsorted(e, v)", t => searchsorted(t.E, t.V)),
        ("s.bincount()", t => t.S.bincount()), ("s.bincount(v)", t => t.S.bincount(t.V)), ("torch.isin(s, r)", t => isin(t.S, t.R)), ("F.one_hot(s[:1000], 1000)", t => F.one_hot(t.S[..1000], 1000)), ("F.embedding(s, m)", t => F.embedding(t.S, t.M)),
        ("v.repeat_interleave(3)", t => t.V.repeat_interleave(3)), ("v.topk(10)", t => t.V.topk(10)), ("v.sort()", t => t.V.sort()), ("v.argsort(descending=True)", t => t.V.argsort(descending: true)), ("s.unique(return_counts=True)", t => t.S.unique(return_counts: true)),
        ("m.sort(0)", t => t.M.sort(0)), ("v.diff()", t => t.V.diff()), ("v.clone()", t => t.V.clone()),
    ];

    private const string Images = "c = torch.randn(8, 16, 64, 64); v = torch.randn(100000); m = torch.randn(500, 500); s = torch.randn(100, 100); q = torch.randn(4, 8, 16, 16, 16); p = torch.randn(8, 64, 32, 32); "
        + "g = torch.rand(8, 64, 64, 2) * 2 - 1; l = torch.randn(32, 64, 100)";

    private static readonly (string python, Func<Pictures, object> run)[] Shapes =
    [
        ("v.roll(100)", t => t.V.roll(100)), ("m.roll(3, 1)", t => t.M.roll(3, 1)), ("m.roll((3, 5), (0, 1))", t => t.M.roll((3, 5), (0, 1))), ("v.flip(0)", t => t.V.flip(0)), ("m.flip(1)", t => t.M.flip(1)), ("m.flip(0, 1)", t => t.M.flip(0, 1)), ("c.flip(3)", t => t.C.flip(3)),
        ("m.rot90()", t => t.M.rot90()), ("v.repeat(4)", t => t.V.repeat(4)), ("m.repeat(2, 2)", t => t.M.repeat(2, 2)), ("m.tile(1, 3)", t => t.M.tile(1, 3)), ("torch.stack([m, m])", t => stack([t.M, t.M])), ("torch.stack([m, m], -1)", t => stack([t.M, t.M], -1)),
        ("torch.cat([m, m], 1)", t => cat([t.M, t.M], 1)), ("torch.cat([s] * 20)", t => cat(Enumerable.Repeat(t.S, 20).ToArray())), ("torch.cat([c, c], 1)", t => cat([t.C, t.C], 1)), ("torch.cat([v, m.view(-1)])", t => cat([t.V, t.M.view(-1)])),
        ("m.chunk(10)", t => t.M.chunk(10)), ("m.split(7)", t => t.M.split(7)), ("m.unbind()", t => t.M.unbind()), ("m.tril()", t => t.M.tril()), ("m.triu(1)", t => t.M.triu(1)), ("torch.diag(m)", t => diag(t.M)), ("torch.diag(m[0])", t => diag(t.M[0])),
        ("torch.diag_embed(s)", t => diag_embed(t.S)), ("m.diagonal().clone()", t => t.M.diagonal().clone()), ("torch.meshgrid(m[0], m[1], indexing='ij')[0].contiguous()", t => meshgrid(t.M[0], t.M[1], indexing: "ij")[0].contiguous()),
        ("torch.outer(m[0], m[1])", t => outer(t.M[0], t.M[1])), ("torch.kron(s[:10, :10], s)", t => kron(t.S[..10, ..10], t.S)), ("torch.cartesian_prod(m[0], m[1])", t => cartesian_prod(t.M[0], t.M[1])), ("torch.cross(v[:99999].view(-1, 3), v[1:].view(-1, 3), dim=1)", t => cross(t.V[..99999].view(-1, 3), t.V[1..].view(-1, 3), dim: 1)),
        ("F.pad(c, (1, 1, 1, 1))", t => F.pad(t.C, [1, 1, 1, 1])), ("F.pad(c, (1, 1, 1, 1), mode='reflect')", t => F.pad(t.C, [1, 1, 1, 1], mode: "reflect")), ("F.pad(c, (2, 2, 2, 2), mode='replicate')", t => F.pad(t.C, [2, 2, 2, 2], mode: "replicate")),
        ("F.pad(c, (2, 2, 2, 2), mode='circular')", t => F.pad(t.C, [2, 2, 2, 2], mode: "circular")), ("F.pad(l, (3, 3), mode='reflect')", t => F.pad(t.L, [3, 3], mode: "reflect")), ("F.pad(m, (-5, 5))", t => F.pad(t.M, [-5, 5])),
        ("v.unfold(0, 16, 4).contiguous()", t => t.V.unfold(0, 16, 4).contiguous()), ("F.unfold(c, 3, padding=1)", t => F.unfold(t.C, 3, padding: 1)), ("F.fold(F.unfold(c, 2, stride=2), (64, 64), 2, stride=2)", t => F.fold(F.unfold(t.C, 2, stride: 2), (64, 64), 2, stride: 2)),
        ("F.interpolate(c, scale_factor=2)", t => F.interpolate(t.C, scale_factor: 2)), ("F.interpolate(c, scale_factor=2, mode='bilinear')", t => F.interpolate(t.C, scale_factor: 2, mode: "bilinear")),
        ("F.interpolate(c, size=(40, 40), mode='bilinear', align_corners=True)", t => F.interpolate(t.C, size: (40, 40), mode: "bilinear", align_corners: true)), ("F.interpolate(c, scale_factor=2, mode='bicubic')", t => F.interpolate(t.C, scale_factor: 2, mode: "bicubic")),
        ("F.interpolate(c, scale_factor=0.5, mode='area')", t => F.interpolate(t.C, scale_factor: 0.5, mode: "area")), ("F.interpolate(c, size=(32, 32), mode='bilinear', antialias=True)", t => F.interpolate(t.C, size: (32, 32), mode: "bilinear", antialias: true)),
        ("F.interpolate(q, scale_factor=2, mode='trilinear')", t => F.interpolate(t.Q, scale_factor: 2, mode: "trilinear")), ("F.interpolate(l, scale_factor=2, mode='linear')", t => F.interpolate(t.L, scale_factor: 2, mode: "linear")), ("F.interpolate(q, scale_factor=2)", t => F.interpolate(t.Q, scale_factor: 2)),
        ("F.grid_sample(c, g, align_corners=False)", t => F.grid_sample(t.C, t.G, align_corners: false)), ("F.grid_sample(c, g, mode='nearest', align_corners=False)", t => F.grid_sample(t.C, t.G, mode: "nearest", align_corners: false)),
        ("F.grid_sample(c, g, mode='bicubic', padding_mode='border', align_corners=True)", t => F.grid_sample(t.C, t.G, mode: "bicubic", padding_mode: "border", align_corners: true)), ("F.affine_grid(g[:, :2, 0, :1].expand(8, 2, 3), (8, 1, 64, 64), align_corners=False)", t => F.affine_grid(t.G[.., ..2, 0, ..1].expand(8, 2, 3), new Size(8, 1, 64, 64), align_corners: false)),
        ("F.pixel_shuffle(p, 2)", t => F.pixel_shuffle(t.P, 2)), ("F.pixel_unshuffle(p, 2)", t => F.pixel_unshuffle(t.P, 2)), ("F.channel_shuffle(p, 4)", t => F.channel_shuffle(t.P, 4)),
        ("torch.cdist(m, m)", t => cdist(t.M, t.M)), ("torch.cdist(m, m, p=1)", t => cdist(t.M, t.M, p: 1)), ("torch.cdist(s[:, :3], s[:, :3])", t => cdist(t.S[.., ..3], t.S[.., ..3])), ("torch.cdist(s, s, compute_mode='donot_use_mm_for_euclid_dist')", t => cdist(t.S, t.S, compute_mode: "donot_use_mm_for_euclid_dist")),
        ("F.pdist(s)", t => F.pdist(t.S)), ("F.pairwise_distance(m, m + 1)", t => F.pairwise_distance(t.M, t.M + 1)), ("F.cosine_similarity(m, m + 1)", t => F.cosine_similarity(t.M, t.M + 1)), ("F.normalize(m)", t => F.normalize(t.M)),
        ("torch.cov(s)", t => cov(t.S)), ("torch.corrcoef(s)", t => corrcoef(t.S)), ("torch.einsum('ij,ij->i', m, m)", t => einsum("ij,ij->i", t.M, t.M)), ("torch.einsum('bchw,bchw->bc', c, c)", t => einsum("bchw,bchw->bc", t.C, t.C)),
        ("torch.einsum('ii->i', m)", t => einsum("ii->i", t.M)), ("torch.einsum('i,j->ij', m[0], m[1])", t => einsum("i,j->ij", t.M[0], t.M[1])), ("torch.einsum('bcl,dl->bcd', l, l[0])", t => einsum("bcl,dl->bcd", t.L, t.L[0])), ("torch.einsum('bcl,bdl->bcd', l, l)", t => einsum("bcl,bdl->bcd", t.L, t.L)),
        ("torch.einsum('bij,bjk,bkl->bil', l[:, :, :64], l[:, :, :64], l)", t => einsum("bij,bjk,bkl->bil", t.L[.., .., ..64], t.L[.., .., ..64], t.L)), ("torch.tensordot(l, l, ([1, 2], [1, 2]))", t => tensordot(t.L, t.L, ([1, 2], [1, 2]))),
        ("torch.combinations(v[:200])", t => combinations(t.V[..200])), ("torch.trapz(m)", t => trapz(t.M)), ("torch.vander(m[0], 10)", t => vander(t.M[0], 10)), ("torch.tril_indices(500, 500)", _ => tril_indices(500, 500)),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach ((string python, var run) in Indexing)
            list.Sweep("indexing", python, Table, python, () =>
            {
                var data = new Data();
                return () => run(data);
            });
        foreach ((string python, var run) in Shapes)
            list.Sweep("shapes and images", python, Images, python, () =>
            {
                var data = new Pictures();
                return () => run(data);
            });
    }

    private sealed class Data
    {
        public Tensor V { get; } = randn(100000);
        public Tensor I { get; } = randint(0, 100000, [100000]);
        public Tensor S { get; } = randint(0, 1000, [100000]);
        public Tensor M { get; } = randn(1000, 100);
        public Tensor R { get; } = randint(0, 1000, [1000]);
        public Tensor G { get; } = randint(0, 100, [1000, 100]);
        public Tensor W { get; } = randn(1000, 100);
        public Tensor B { get; } = randn(1000);
        public Tensor E { get; } = randn(100000).sort().values;
        public Tensor K => field ??= V > 0;
    }

    private sealed class Pictures
    {
        public Tensor C { get; } = randn(8, 16, 64, 64);
        public Tensor V { get; } = randn(100000);
        public Tensor M { get; } = randn(500, 500);
        public Tensor S { get; } = randn(100, 100);
        public Tensor Q { get; } = randn(4, 8, 16, 16, 16);
        public Tensor P { get; } = randn(8, 64, 32, 32);
        public Tensor G { get; } = rand(8, 64, 64, 2) * 2 - 1;
        public Tensor L { get; } = randn(32, 64, 100);
    }
}
