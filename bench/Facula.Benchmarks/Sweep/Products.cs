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

    // Shapes that layers of networks have: m rows of examples, sums over k features, n results.
    private static readonly (string type, string layout, long m, long k, long n)[] Layered =
    [
        .. Shapes(Float, "nn", (500, 2, 500), (500, 4, 500), (500, 16, 500), (200, 3, 200), (200, 8, 200), (128, 10, 512), (64, 10, 128), (256, 2, 64), (1000, 10, 256), (256, 16, 256), (1000, 8, 64), (1000, 33, 50), (33, 4, 33), (50, 10, 50),
            (128, 512, 10), (1000, 100, 10), (1000, 100, 3), (256, 64, 8), (256, 64, 2), (1000, 256, 33), (33, 300, 50), (64, 200, 1), (300, 64, 16), (100, 50, 33), (200, 100, 50), (1000, 16, 16), (1000, 64, 64),
            (2, 768, 768), (4, 300, 300), (8, 128, 10), (16, 512, 1000), (1, 100, 10), (3, 50, 33), (10, 200, 100), (16, 64, 64), (50, 33, 50), (33, 33, 33), (100, 10, 10), (10, 10, 10), (16, 16, 16)),
        .. Shapes(Float, "tn", (10, 128, 512), (512, 128, 10), (32, 256, 64), (768, 16, 768), (128, 64, 784), (50, 32, 10), (10, 64, 50), (33, 1000, 100), (1000, 8, 256), (256, 2, 256), (16, 16, 16), (512, 4, 512), (3, 200, 64), (64, 200, 3), (256, 256, 256)),
        .. Shapes(Float, "nt", (128, 10, 512), (500, 2, 500), (500, 8, 500), (128, 512, 10), (64, 10, 128), (33, 300, 50), (100, 16, 100), (16, 16, 16), (8, 64, 32), (200, 50, 33), (1000, 4, 64), (256, 768, 64)),
        .. Shapes(Float, "tt", (128, 10, 512), (10, 128, 512), (50, 50, 50), (16, 300, 100), (1000, 8, 64)),
        .. Shapes("float64", "nn", (500, 2, 500), (500, 8, 500), (200, 3, 200), (128, 10, 512), (128, 512, 10), (1000, 64, 10), (1000, 100, 3), (65, 65, 65), (33, 33, 33), (50, 33, 50), (33, 300, 50), (8, 128, 10), (16, 16, 16), (100, 16, 8), (256, 64, 2), (1000, 10, 256), (4, 300, 300)),
        .. Shapes("float64", "tn", (10, 128, 512), (512, 128, 10), (32, 256, 64), (50, 32, 10), (256, 2, 256), (1000, 8, 256)),
        .. Shapes("float64", "nt", (128, 10, 512), (128, 512, 10), (33, 300, 50), (16, 64, 64), (500, 8, 500)),
        .. Shapes("float64", "tt", (50, 50, 50), (10, 128, 512)),
        .. Shapes("int64", "nn", (16, 16, 16), (128, 64, 10), (500, 2, 500), (64, 64, 64)), .. Shapes("int32", "nn", (128, 64, 10), (64, 64, 64)), .. Shapes("int64", "nt", (64, 64, 64), (10, 100, 33)),
        .. Shapes("complex64", "nn", (16, 16, 16), (128, 128, 128), (500, 8, 500), (100, 100, 10)), .. Shapes("complex64", "nt", (64, 64, 64), (200, 200, 200)), .. Shapes("complex64", "tn", (64, 64, 64), (200, 200, 200)), .. Shapes("complex128", "nn", (32, 32, 32), (128, 128, 128), (300, 300, 300), (100, 100, 10)),
    ];

    private static readonly (string type, long batch, long m, long k, long n)[] Heads =
    [
        (Float, 64, 50, 50, 64), (Float, 96, 12, 64, 12), (Float, 96, 12, 12, 64), (Float, 1024, 4, 4, 4), (Float, 256, 16, 16, 16), (Float, 256, 10, 32, 10), (Float, 64, 1, 64, 33), (Float, 128, 33, 16, 33), (Float, 512, 2, 8, 2), (Float, 256, 16, 1, 16), (Float, 100, 10, 10, 1),
        ("float64", 1024, 4, 4, 4), ("float64", 256, 16, 16, 16), ("float64", 64, 50, 64, 50), ("complex64", 256, 16, 16, 16), ("int64", 256, 16, 16, 16),
    ];

    // Rows of examples, features, results.
    private static readonly (string type, long m, long k, long n)[] Linears =
    [
        (Float, 1, 10, 50), (Float, 1, 128, 10), (Float, 1, 784, 128), (Float, 1, 768, 768), (Float, 2, 64, 64), (Float, 2, 768, 768), (Float, 4, 256, 100), (Float, 4, 512, 512), (Float, 8, 64, 10), (Float, 8, 300, 300), (Float, 16, 128, 64), (Float, 16, 512, 1000),
        (Float, 32, 2, 16), (Float, 32, 10, 1), (Float, 64, 16, 3), (Float, 64, 784, 128), (Float, 64, 128, 10), (Float, 100, 50, 33), (Float, 128, 512, 10), (Float, 128, 512, 512), (Float, 128, 100, 2), (Float, 256, 8, 64), (Float, 256, 64, 1), (Float, 256, 256, 256), (Float, 1000, 3, 64), (Float, 1000, 64, 10),
        ("float64", 1, 128, 10), ("float64", 4, 256, 100), ("float64", 16, 128, 64), ("float64", 64, 128, 10), ("float64", 128, 512, 10), ("float64", 32, 2, 16), ("float64", 256, 64, 64),
    ];

    private static readonly (string python, string shape, string setup, Func<Func<object>> open)[] More =
    [
        ("x @ w", "16x50x64 @ 64x64", "x = torch.randn(16, 50, 64); w = torch.randn(64, 64)", () => { Tensor x = randn(16, 50, 64), w = randn(64, 64); return () => x.matmul(w); }),
        ("x @ w", "32x12x10 @ 10x33", "x = torch.randn(32, 12, 10); w = torch.randn(10, 33)", () => { Tensor x = randn(32, 12, 10), w = randn(10, 33); return () => x.matmul(w); }),
        ("w @ x", "64x64 @ 32x64x50", "w = torch.randn(64, 64); x = torch.randn(32, 64, 50)", () => { Tensor w = randn(64, 64), x = randn(32, 64, 50); return () => w.matmul(x); }),
        ("w @ x", "10x33 @ 100x33x4", "w = torch.randn(10, 33); x = torch.randn(100, 33, 4)", () => { Tensor w = randn(10, 33), x = randn(100, 33, 4); return () => w.matmul(x); }),
        ("torch.baddbmm(c, a, b)", "96x(12x64 @ 64x12)", "c, a, b = torch.randn(96, 12, 12), torch.randn(96, 12, 64), torch.randn(96, 64, 12)", () => { Tensor c = randn(96, 12, 12), a = randn(96, 12, 64), b = randn(96, 64, 12); return () => baddbmm(c, a, b); }),
        ("torch.baddbmm(c, a, b)", "1024x(4x4 @ 4x4)", "c, a, b = torch.randn(1024, 4, 4), torch.randn(1024, 4, 4), torch.randn(1024, 4, 4)", () => { Tensor c = randn(1024, 4, 4), a = randn(1024, 4, 4), b = randn(1024, 4, 4); return () => baddbmm(c, a, b); }),
        ("torch.baddbmm(c, a, b, beta=0, alpha=0.125)", "64x(50x64 @ 64x50)", "c, a, b = torch.randn(64, 50, 50), torch.randn(64, 50, 64), torch.randn(64, 64, 50)", () => { Tensor c = randn(64, 50, 50), a = randn(64, 50, 64), b = randn(64, 64, 50); return () => baddbmm(c, a, b, beta: 0, alpha: 0.125); }),
        ("q @ k.transpose(1, 2)", "96x(12x64 @ 64x12)", "q, k = torch.randn(96, 12, 64), torch.randn(96, 12, 64)", () => { Tensor q = randn(96, 12, 64), k = randn(96, 12, 64); return () => q.matmul(k.transpose(1, 2)); }),
        ("q @ k.transpose(1, 2)", "64x(50x64 @ 64x50)", "q, k = torch.randn(64, 50, 64), torch.randn(64, 50, 64)", () => { Tensor q = randn(64, 50, 64), k = randn(64, 50, 64); return () => q.matmul(k.transpose(1, 2)); }),
        ("k.transpose(1, 2) @ q", "64x(64x50 @ 50x64)", "q, k = torch.randn(64, 50, 64), torch.randn(64, 50, 64)", () => { Tensor q = randn(64, 50, 64), k = randn(64, 50, 64); return () => k.transpose(1, 2).matmul(q); }),
        ("m @ v", "10x128", "m, v = torch.randn(10, 128), torch.randn(128)", () => { Tensor m = randn(10, 128), v = randn(128); return () => m.matmul(v); }),
        ("m @ v", "1000x10", "m, v = torch.randn(1000, 10), torch.randn(10)", () => { Tensor m = randn(1000, 10), v = randn(10); return () => m.matmul(v); }),
        ("v @ m", "64x10", "m, v = torch.randn(64, 10), torch.randn(64)", () => { Tensor m = randn(64, 10), v = randn(64); return () => v.matmul(m); }),
        ("torch.mv(m.t(), v)", "33x1000", "m, v = torch.randn(1000, 33), torch.randn(1000)", () => { Tensor m = randn(1000, 33), v = randn(1000); return () => mv(m.t(), v); }),
        ("torch.addmv(c, m, v)", "50x64", "c, m, v = torch.randn(50), torch.randn(50, 64), torch.randn(64)", () => { Tensor c = randn(50), m = randn(50, 64), v = randn(64); return () => addmv(c, m, v); }),
        ("torch.outer(v, w)", "10x128", "v, w = torch.randn(10), torch.randn(128)", () => { Tensor v = randn(10), w = randn(128); return () => outer(v, w); }),
        ("torch.addr(m, v, w)", "50x64", "m, v, w = torch.randn(50, 64), torch.randn(50), torch.randn(64)", () => { Tensor m = randn(50, 64), v = randn(50), w = randn(64); return () => addr(m, v, w); }),
        ("torch.addmm(c, a, b)", "128x10 @ 10x512", "c, a, b = torch.randn(128, 512), torch.randn(128, 10), torch.randn(10, 512)", () => { Tensor c = randn(128, 512), a = randn(128, 10), b = randn(10, 512); return () => addmm(c, a, b); }),
        ("w.addmm_(x.t(), g, beta=0.5)", "512x128 @ 128x10", "w, x, g = torch.zeros(512, 10), torch.randn(128, 512), torch.randn(128, 10)", () => { Tensor w = zeros(512, 10), x = randn(128, 512), g = randn(128, 10); return () => w.addmm_(x.t(), g, beta: 0.5); }),
        ("torch.dot(v, v)", "100", "v = torch.randn(100)", () => { Tensor v = randn(100); return () => dot(v, v); }),
    ];

    private static torch.TensorIndex Stepped => torch.TensorIndex.Slice(step: 2);

    public static void AddTo(WorkloadList list)
    {
        foreach ((string type, long m, long k, long n) in Plain) Add(list, "products", type, "nn", m, k, n);
        foreach ((string type, string layout, long m, long k, long n) in Transposed) Add(list, "products", type, layout, m, k, n);
        foreach ((string type, long batch, long m, long k, long n) in Batches) AddBatch(list, "products", type, batch, m, k, n);
        const string setup = "v = torch.randn(300); m = torch.randn(300, 300); b = torch.randn(64, 64, 64); s = torch.randn(64, 64); h = torch.randn(8, 4, 50, 32); p = torch.randn(8, 50, 4, 32).transpose(1, 2)";
        foreach ((string python, var run) in Others)
            list.Sweep("products", python, setup, python == "torch.tensordot(b, b, 2)" ? "torch.tensordot(b, b.transpose(0, 2).transpose(0, 1)[:64], 2)" : python, () =>
            {
                var data = new Data();
                return () => run(data);
            });
        AddShapes(list);
    }

    /// <summary>A group of its own: <c>--only '^shapes$'</c> races these alone.</summary>
    private static void AddShapes(WorkloadList list)
    {
        foreach ((string type, string layout, long m, long k, long n) in Layered) Add(list, "shapes", type, layout, m, k, n);
        foreach ((string type, long batch, long m, long k, long n) in Heads) AddBatch(list, "shapes", type, batch, m, k, n);
        foreach ((string type, long m, long k, long n) in Linears)
        {
            string setup = $"x, w, b = (torch.randn(s, dtype=torch.{type}) for s in (({m}, {k}), ({n}, {k}), ({n},)))";
            ScalarType dtype = type == Float ? float32 : float64;
            list.Sweep("shapes", $"F.linear(x, w, b) {type} {m}x{k} to {n}", setup, "F.linear(x, w, b)", () =>
            {
                Tensor x = randn([m, k], dtype: dtype), w = randn([n, k], dtype: dtype), b = randn([n], dtype: dtype);
                return () => F.linear(x, w, b);
            });
            list.Sweep("shapes", $"F.linear(x, w, b) {type} {m}x{k} to {n} fwdbwd", setup + "; [t.requires_grad_() for t in (x, w, b)]", "backward(F.linear(x, w, b), x, w, b)", () =>
            {
                Tensor x = randn([m, k], dtype: dtype, requires_grad: true), w = randn([n, k], dtype: dtype, requires_grad: true), b = randn([n], dtype: dtype, requires_grad: true);
                return () => Networks.Backward(F.linear(x, w, b), x, w, b);
            });
        }
        foreach ((string python, string shape, string setup, var open) in More)
            list.Sweep("shapes", $"{python} {shape}", setup, python, () =>
            {
                Func<object> run = open();
                return () => run();
            });
    }

    private static void Add(WorkloadList list, string group, string type, string layout, long m, long k, long n)
    {
        string left = Turned(type, layout[0], $"{m}", $"{k}"), right = Turned(type, layout[1], $"{k}", $"{n}");
        list.Sweep(group, $"a @ b {type} {layout} {m}x{k} @ {k}x{n}", $"a = {left}; b = {right}", "torch.mm(a, b)", () =>
        {
            Tensor a = Turned(type, layout[0], m, k), b = Turned(type, layout[1], k, n);
            return () => mm(a, b);
        });
    }

    private static void AddBatch(WorkloadList list, string group, string type, long batch, long m, long k, long n) =>
        list.Sweep(group, $"a @ b {type} {batch}x({m}x{k} @ {k}x{n})", $"a = {Make(type, $"{batch}, {m}, {k}")}; b = {Make(type, $"{batch}, {k}, {n}")}", "torch.bmm(a, b)", () =>
        {
            Tensor a = Operands.Matrix(type, batch, m, k), b = Operands.Matrix(type, batch, k, n);
            return () => bmm(a, b);
        });

    private static string Make(string type, string shape) =>
        type is "int64" or "int32" or "uint8" ? $"torch.randint(0, 9, ({shape},), dtype=torch.{type})" : type == "bfloat16" ? $"torch.randn({shape}).bfloat16()" : $"torch.randn({shape}, dtype=torch.{type})";

    private static string Turned(string type, char layout, string rows, string columns) =>
        layout switch { 't' => Make(type, $"{columns}, {rows}") + ".t()", 's' => Make(type, $"{rows}, 2 * {columns}") + "[:, ::2]", _ => Make(type, $"{rows}, {columns}") };

    private static Tensor Turned(string type, char layout, long rows, long columns) =>
        layout switch { 't' => Operands.Matrix(type, columns, rows).t(), 's' => Operands.Matrix(type, rows, 2 * columns)[.., Stepped], _ => Operands.Matrix(type, rows, columns) };

    private static IEnumerable<(string, string, long, long, long)> Shapes(string type, string layout, params (long m, long k, long n)[] shapes) => shapes.Select(shape => (type, layout, shape.m, shape.k, shape.n));

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
