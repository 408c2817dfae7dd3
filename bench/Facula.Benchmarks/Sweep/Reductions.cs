using static Facula.torch;

namespace Facula.Benchmarks.Sweep;

/// <summary>Reductions over long, short, first, middle, last and all dimensions.</summary>
internal static class Reductions
{
    private static readonly (string python, Func<Tensor, long, object> run)[] AlongDimension =
    [
        ("x.sum(D)", (x, d) => x.sum(d)), ("x.mean(D)", (x, d) => x.mean(d)), ("x.prod(D)", (x, d) => x.prod(d)), ("x.max(D)", (x, d) => x.max(d)), ("x.amax(D)", (x, d) => x.amax(d)), ("x.argmin(D)", (x, d) => x.argmin(d)),
        ("x.var(D)", (x, d) => x.var(d)), ("x.logsumexp(D)", (x, d) => x.logsumexp(d)), ("x.norm(dim=D)", (x, d) => x.norm(dim: d)), ("x.softmax(D)", (x, d) => x.softmax(d)), ("x.cumsum(D)", (x, d) => x.cumsum(d)),
        ("x.cumprod(D)", (x, d) => x.cumprod(d)), ("x.cummax(D)", (x, d) => x.cummax(d)), ("x.sort(D)", (x, d) => x.sort(d)), ("(x > 0).any(D)", (x, d) => (x > 0).any(d)), ("x.median(D)", (x, d) => x.median(d)),
    ];

    private static readonly (long[] shape, long dim)[] Shapes = [([100000, 4], 1), ([100000, 4], 0), ([4, 100000], 0), ([4, 100000], 1), ([64, 128, 64], 1), ([1000, 30], 1)];

    private static readonly (string python, Func<Tensor, object> run)[] Whole =
    [
        ("x.prod()", x => x.prod()), ("x.min()", x => x.min()), ("x.var()", x => x.var()), ("x.std(1)", x => x.std(1)), ("x.norm(1)", x => x.norm(1)), ("x.norm(3)", x => x.norm(3)), ("x.sum((0, 1))", x => x.sum((0, 1))),
        ("x.mean()", x => x.mean()), ("x.count_nonzero()", x => x.count_nonzero()), ("x.aminmax()", x => x.aminmax()), ("x.logsumexp((0, 1))", x => x.logsumexp((0, 1))), ("torch.var_mean(x, 0)", x => var_mean(x, 0)),
        ("x.argmax(1)", x => x.argmax(1)), ("x.max(0)", x => x.max(0)), ("x.any()", x => x.any()), ("x.nansum()", x => x.nansum()), ("x.cumprod(1)", x => x.cumprod(1)), ("x.logcumsumexp(1)", x => x.logcumsumexp(1)),
        ("x.quantile(0.3)", x => x.quantile(0.3)), ("x.histc(50)", x => x.histc(50)), ("x.trace()", x => x.trace()), ("x.kthvalue(100, 1)", x => x.kthvalue(100, 1)), ("torch.allclose(x, x)", x => allclose(x, x)), ("torch.equal(x, x.clone())", x => equal(x, x.clone())),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach ((string python, var run) in AlongDimension)
            foreach ((long[] shape, long dim) in Shapes)
            {
                string code = python.Replace("D", $"{dim}", StringComparison.Ordinal), size = string.Join('x', shape);
                list.Sweep("reductions", $"{code} {size}", $"x = torch.rand({string.Join(", ", shape)})", code, () =>
                {
                    Tensor x = rand(new Size(shape));
                    return () => run(x, dim);
                });
            }
        foreach (string type in (string[])["float32", "float64"])
            foreach ((string python, var run) in Whole)
                list.Sweep("reductions", $"{python} {type} 500x500", $"x = torch.rand(500, 500, dtype=torch.{type})", python, () =>
                {
                    Tensor x = rand([500, 500], dtype: type == "float32" ? float32 : float64);
                    return () => run(x);
                });
    }
}
