using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Matrix products of all types over odd, thin, tiny and transposed shapes.</summary>
internal static class Products
{
    private const string Float = "float32";

    private static readonly (string type, long m, long k, long n)[] Plain =
    [
        .. Squares(Float, 3, 8, 20, 33, 63, 65, 96, 100, 127, 129, 200, 255, 257, 300, 500, 700),
        .. Squares("float64", 4, 16, 32, 63, 65, 100, 127, 200, 500),
        .. Squares("int64", 32, 100, 300), .. Squares("int32", 32, 100, 300), .. Squares("uint8", 100),
        .. Squares("bfloat16", 64, 300), .. Squares("complex64", 8, 64, 300), .. Squares("complex128", 64, 200),
        (Float, 1, 64, 1000), (Float, 1, 1000, 1000), (Float, 2, 1000, 1000), (Float, 3, 512, 2048), (Float, 5, 300, 300), (Float, 8, 1024, 1024), (Float, 16, 256, 1024), (Float, 32, 100, 10),
        (Float, 10000, 64, 10), (Float, 10000, 10, 64), (Float, 1000, 3, 3), (Float, 100000, 4, 4), (Float, 1000, 300, 1), (Float, 2000, 2000, 2), (Float, 64, 10000, 10), (Float, 10, 10000, 10), (Float, 100, 100000, 4),
        (Float, 500, 1, 500), (Float, 500, 2, 500), (Float, 500, 8, 500), (Float, 50, 1, 50), (Float, 4, 5, 3), (Float, 30, 50, 20), (Float, 256, 1000, 30),
        ("float64", 1, 1000, 1000), ("float64", 8, 512, 512), ("float64", 1000, 64, 10), ("float64", 500, 1, 500), ("float64", 1000, 1000, 1),
    ];

    // Which side lies transposed: n neither, t that one, s every second element of a row.
    private static readonly (string type, string layout, long m, long k, long n)[] Transposed =
    [
        (Float, "nt", 65, 65, 65), (Float, "tn", 65, 65, 65), (Float, "tt", 100, 100, 100), (Float, "nt", 20, 30, 40), (Float, "nt", 32, 1000, 100), (Float, "tn", 100, 1000, 32), (Float, "nt", 1000, 64, 10), (Float, "tn", 10, 10000, 64),
        (Float, "nt", 1, 1000, 1000), (Float, "nt", 8, 1000, 1000), (Float, "tn", 1000, 1000, 1), (Float, "nn", 1000, 1000, 1), (Float, "nt", 300, 300, 300), (Float, "tn", 300, 300, 300), (Float, "tt", 300, 300, 300), (Float, "sn", 100, 100, 100),
        ("float64", "nt", 100, 100, 100), ("float64", "tn", 300, 300, 300), ("float64", "nt", 8, 500, 500), ("int64", "nt", 100, 100, 100),
    ];

    private static readonly (string type, long batch, long m, long k, long n)[] Batches =
    [
        (Float, 1000, 3, 3, 3), (Float, 1000, 4, 4, 4), (Float, 1000, 8, 8, 8), (Float, 500, 16, 16, 16), (Float, 100, 32, 32, 32), (Float, 64, 50, 64, 50), (Float, 64, 65, 33, 65), (Float, 1000, 4, 4, 1), (Float, 1000, 1, 16, 16), (Float, 32, 100, 100, 100),
        (Float, 512, 1, 64, 100), (Float, 8, 256, 256, 256), ("float64", 1000, 3, 3, 3), ("float64", 1000, 8, 8, 8), ("float64", 100, 32, 32, 32), ("int64", 1000, 4, 4, 4), ("bfloat16", 64, 50, 64, 50), ("complex64", 1000, 4, 4, 4),
    ];

    private static readonly (string python, Func<Data, object> run)[] Others =
    [
        ("torch.outer(v, v)", t => outer(t.V, t.V)), ("v @ v", t => t.V.matmul(t.V)), ("m @ v", t => t.M.matmul(t.V)), ("v @ m", t => t.V.matmul(t.M)), ("m.t() @ v", t => t.M.t().matmul(t.V)), ("m[:, ::2] @ v[::2]", t => t.M[.., Stepped].matmul(t.V[Stepped])),
        ("torch.addmm(m, m, m)", t => addmm(t.M, t.M, t.M)), ("torch.addmm(v, m, m)", t => addmm(t.V, t.M, t.M)), ("torch.addmm(m, m, m, beta=0.5, alpha=2)", t => addmm(t.M, t.M, t.M, beta: 0.5, alpha: 2)), ("torch.addmv(v, m, v)", t => addmv(t.V, t.M, t.V)), ("torch.addr(m, v, v)", t => addr(t.M, t.V, t.V)),
        ("torch.baddbmm(b, b, b)", t => baddbmm(t.B, t.B, t.B)), ("torch.addbmm(s, b, b)", t => addbmm(t.S, t.B, t.B)), ("b @ s", t => t.B.matmul(t.S)), ("s @ b", t => t.S.matmul(t.B)), ("b @ b.transpose(1, 2)", t => t.B.matmul(t.B.transpose(1, 2))), ("b.transpose(1, 2) @ b", t => t.B.transpose(1, 2).matmul(t.B)),
        ("h @ h.transpose(-1, -2)", t => t.H.matmul(t.H.transpose(-1, -2))), ("p @ p.transpose(-1, -2)", t => t.P.matmul(t.P.transpose(-1, -2))), ("b @ s[0]", t => t.B.matmul(t.S[0])), ("F.linear(m, m, v)", t => F.linear(t.M, t.M, t.V)), ("F.linear(b, s, s[0])", t => F.linear(t.B, t.S, t.S[0])), ("F.linear(s[:1], s, s[0])", t => F.linear(t.S[..1], t.S, t.S[0])),
        ("F.linear(s[0], s, s[0])", t => F.linear(t.S[0], t.S, t.S[0])), ("torch.einsum('ij,jk->ik', m, m)", t => einsum("ij,jk->ik", t.M, t.M)), ("torch.einsum('bij,bjk->bik', b, b)", t => einsum("bij,bjk->bik", t.B, t.B)), ("torch.einsum('bij,kj->bik', b, s)", t => einsum("bij,kj->bik", t.B, t.S)),
        ("torch.einsum('bhid,bhjd->bhij', h, h)", t => einsum("bhid,bhjd->bhij", t.H, t.H)), ("torch.einsum('bij->bji', b)", t => einsum("bij->bji", t.B)), ("torch.einsum('ij->', m)", t => einsum("ij->", t.M)), ("torch.linalg.multi_dot([m, m, m])", t => linalg.multi_dot([t.M, t.M, t.M])),
        ("torch.linalg.matrix_power(s, 5)", t => linalg.matrix_power(t.S, 5)), ("torch.tensordot(b, b, 2)", t => tensordot(t.B, t.B.transpose(0, 2).transpose(0, 1)[..64], 2)), ("torch.chain_matmul(s, s, s)", t => chain_matmul([t.S, t.S, t.S])),
    ];

    private static torch.TensorIndex Stepped => torch.TensorIndex.Slice(step: 2);

    public static void AddTo(WorkloadList list)
    {
        foreach ((string type, long m, long k, long n) in Plain) Add(list, type, "nn", m, k, n);
        foreach ((string type, string layout, long m, long k, long n) in Transposed) Add(list, type, layout, m, k, n);
        foreach ((string type, long batch, long m, long k, long n) in Batches)
            list.Sweep("products", $"a @ b {type} {batch}x({m}x{k} @ {k}x{n})", $"a = {Make(type, $"{batch}, {m}, {k}")}; b = {Make(type, $"{batch}, {k}, {n}")}", "torch.bmm(a, b)", () =>
            {
                Tensor a = Operands.Matrix(type, batch, m, k), b = Operands.Matrix(type, batch, k, n);
                return () => bmm(a, b);
            });
        const string setup = "v = torch.randn(300); m = torch.randn(300, 300); b = torch.randn(64, 64, 64); s = torch.randn(64, 64); h = torch.randn(8, 4, 50, 32); p = torch.randn(8, 50, 4, 32).transpose(1, 2)";
        foreach ((string python, var run) in Others)
            list.Sweep("products", python, setup, python == "torch.tensordot(b, b, 2)" ? "torch.tensordot(b, b.transpose(0, 2).transpose(0, 1)[:64], 2)" : python, () =>
            {
                var data = new Data();
                return () => run(data);
            });
    }

    private static void Add(WorkloadList list, string type, string layout, long m, long k, long n)
    {
        string left = Turned(type, layout[0], $"{m}", $"{k}"), right = Turned(type, layout[1], $"{k}", $"{n}");
        list.Sweep("products", $"a @ b {type} {layout} {m}x{k} @ {k}x{n}", $"a = {left}; b = {right}", "torch.mm(a, b)", () =>
        {
            Tensor a = Turned(type, layout[0], m, k), b = Turned(type, layout[1], k, n);
            return () => mm(a, b);
        });
    }

    private static string Make(string type, string shape) =>
        type is "int64" or "int32" or "uint8" ? $"torch.randint(0, 9, ({shape},), dtype=torch.{type})" : type == "bfloat16" ? $"torch.randn({shape}).bfloat16()" : $"torch.randn({shape}, dtype=torch.{type})";

    private static string Turned(string type, char layout, string rows, string columns) =>
        layout switch { 't' => Make(type, $"{columns}, {rows}") + ".t()", 's' => Make(type, $"{rows}, 2 * {columns}") + "[:, ::2]", _ => Make(type, $"{rows}, {columns}") };

    private static Tensor Turned(string type, char layout, long rows, long columns) =>
        layout switch { 't' => Operands.Matrix(type, columns, rows).t(), 's' => Operands.Matrix(type, rows, 2 * columns)[.., Stepped], _ => Operands.Matrix(type, rows, columns) };

    private static IEnumerable<(string, long, long, long)> Squares(string type, params long[] sides) => sides.Select(side => (type, side, side, side));

    private sealed class Data
    {
        public Tensor V { get; } = randn(300);
        public Tensor M { get; } = randn(300, 300);
        public Tensor B { get; } = randn(64, 64, 64);
        public Tensor S { get; } = randn(64, 64);
        public Tensor H { get; } = randn(8, 4, 50, 32);
        public Tensor P { get; } = randn(8, 50, 4, 32).transpose(1, 2);
    }
}
