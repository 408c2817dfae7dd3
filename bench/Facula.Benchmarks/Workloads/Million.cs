using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Sorting, selecting, reducing, copying and drawing a million elements.</summary>
internal static class Million
{
    private const int N = 1000000;

    private static readonly (string group, string name, Func<Tensor, Tensor, Action> open)[] Cases =
    [
        ("sorting", "sort_1e6", (v, m) => () => v.sort()),
        ("sorting", "sort_rows_1000x1000", (v, m) => () => m.sort(-1)),
        ("topk", "topk100_1e6", (v, m) => () => v.topk(100)),
        ("topk", "topk5_rows_1000x1000", (v, m) => () => m.topk(5, -1)),
        ("sorting", "cumsum_1e6", (v, m) => () => v.cumsum(0)),
        ("sorting", "cumsum_dim0_1000x1000", (v, m) => () => m.cumsum(0)),
        ("reductions", "sum_all_1e6", (v, m) => () => v.sum()),
        ("reductions", "sum_dim0_1000x1000", (v, m) => () => m.sum(0)),
        ("reductions", "sum_dim1_1000x1000", (v, m) => () => m.sum(1)),
        ("reductions", "mean_std_1e6", (v, m) => () => v.std()),
        ("reductions", "max_dim1_1000x1000", (v, m) => () => m.max(1)),
        ("reductions", "argmax_1e6", (v, m) => () => v.argmax()),
        ("copies", "transpose_contiguous_1000x1000", (v, m) => () => m.t().contiguous()),
        ("copies", "add_transposed_1000x1000", (v, m) => () => _ = m + m.t()),
        ("copies", "cat_2x1e6", (v, m) => () => cat([v, v])),
        ("masked select", "masked_select_1e6", (v, m) => () => _ = v[v > 0]),
        ("random streams", "rand_1e6", (v, m) => () => rand(N)),
        ("random streams", "randn_1e6", (v, m) => () => randn(N)),
        ("random streams", "randint_1e6", (v, m) => () => randint(0, 10, [N])),
        ("random streams", "randperm_1e5", (v, m) => () => randperm(100000)),
        ("random streams", "bernoulli_1e6", (v, m) => () => empty(N).bernoulli_(0.5)),
        ("copies", "zeros_1e6", (v, m) => () => zeros(N)),
        ("copies", "to_float64_1e6", (v, m) => () => v.@double()),
        ("reductions", "norm_1e6", (v, m) => () => v.norm()),
        ("reductions", "dot_1e6", (v, m) => () => dot(v, v)),
    ];

    private static readonly (string group, string name, Func<Tensor, Tensor, Action> open)[] Extra =
    [
        ("reductions", "prod_1e6", (v, m) => () => v.prod()),
        ("sorting", "median_1e6", (v, m) => () => v.median()),
        ("reductions", "logsumexp_1000x1000", (v, m) => () => m.logsumexp(1)),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach (var (group, name, open) in Cases)
            list.Add(group, name, () => Open(open), quick: name is "sort_1e6" or "randn_1e6" or "sum_all_1e6" or "transpose_contiguous_1000x1000");
        foreach (var (group, name, open) in Extra)
            list.Add(group, name, () => Open(open), extra: true);
        list.Add("sorting", "sort_int64_1e6", () => { Tensor v = Integers(); return () => v.sort(); });
        list.Add("sorting", "unique_1e6", () => { Tensor v = Integers(); return () => v.unique(); });
        list.Add("copies", "index_select_1e6", () => { Tensor v = randn(N), i = Integers(); return () => v.index_select(0, i); });
        list.Add("copies", "index_select_rows_1000x1000", () => { Tensor m = randn(1000, 1000), i = randint(0, 1000, [1000]); return () => m.index_select(0, i); });
        list.Add("copies", "gather_index_1e6", () => { Tensor v = randn(N), i = Integers(); return () => _ = v[i]; });
        list.Add("copies", "broadcast_add_row_1000x1000", () => { Tensor m = randn(1000, 1000), s = randn(1000); return () => _ = m + s; });
        list.Add("copies", "broadcast_add_col_1000x1000", () => { Tensor m = randn(1000, 1000), s = randn(1000, 1); return () => _ = m + s; });
    }

    private static Tensor Integers() => randint(0, N, [N]);

    private static Action Open(Func<Tensor, Tensor, Action> open)
    {
        Tensor v = randn(N);
        return open(v, v.view(1000, 1000));
    }
}
