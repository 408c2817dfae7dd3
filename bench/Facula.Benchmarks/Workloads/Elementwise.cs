using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Elementwise operations on a thousand, a million and ten million floats.</summary>
internal static class Elementwise
{
    private static readonly (string name, Func<Tensor, Tensor, Tensor, Tensor, Action> open)[] Operations =
    [
        ("add", (p, q, r, o) => () => add(p, q, @out: o)),
        ("exp", (p, q, r, o) => () => exp(p, @out: o)),
        ("tanh", (p, q, r, o) => () => tanh(p, @out: o)),
        ("sigmoid", (p, q, r, o) => () => sigmoid(p, @out: o)),
        ("log", (p, q, r, o) => () => log(q, @out: o)),
        ("sin", (p, q, r, o) => () => sin(q, @out: o)),
        ("relu", (p, q, r, o) => () => relu(p)),
        ("gelu", (p, q, r, o) => () => nn.functional.gelu(p)),
        ("fma_tanh_chain", (p, q, r, o) => () => (p * q + r).tanh()),
        ("add_alloc", (p, q, r, o) => () => _ = p + q),
        ("copy", (p, q, r, o) => () => o.copy_(p)),
        ("gt", (p, q, r, o) => () => _ = p > q),
        ("where", (p, q, r, o) => () => where(p > q, p, q)),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach (int n in (int[])[1000, 1000000, 10000000])
            foreach ((string name, var open) in Operations)
                list.Add($"elementwise, {(n == 1000 ? "1e3" : n == 1000000 ? "1e6" : "1e7")}", $"elt_{name}_{n}", () => open(randn(n), randn(n), randn(n), empty(n)),
                    quick: n == 1000000 && name is "add" or "exp" or "tanh" or "where");
    }
}
