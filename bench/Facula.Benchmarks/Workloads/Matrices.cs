using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Decompositions, single and in batches, and Fourier transforms.</summary>
internal static class Matrices
{
    private static readonly (string name, Func<Tensor, object> run)[] Decompositions =
    [
        ("cholesky", a => linalg.cholesky(a)),
        ("qr", a => linalg.qr(a)),
        ("eigh", a => linalg.eigh(a)),
        ("inv", a => linalg.inv(a)),
        ("svd", a => linalg.svd(a)),
        ("det", a => linalg.det(a)),
    ];

    public static void AddTo(WorkloadList list)
    {
        const string single = "decompositions", batched = "batches of small matrices";
        list.Add(single, "linalg_solve_256", () =>
        {
            Tensor a = randn(256, 256) + 32 * eye(256), b = randn(256, 8);
            return () => linalg.solve(a, b);
        });
        list.Add(single, "linalg_svd_128", () => { Tensor a = randn(128, 128); return () => linalg.svd(a); });
        foreach (var (name, run) in Decompositions)
        {
            foreach (int n in (int[])[128, 256, 512])
                if (name != "svd" || n != 128)
                    list.Add(single, $"linalg_{name}_{n}", () => { Tensor a = Definite(n, n); return () => run(a); }, extra: true);
            list.Add(batched, $"linalg_{name}_1000x8x8", () => { Tensor a = Definite(1000, 8, 8); return () => run(a); }, extra: true);
        }
    }

    private static Tensor Definite(params ReadOnlySpan<long> shape)
    {
        Tensor a = randn(new Size(shape));
        return a.matmul(a.transpose(-1, -2)) + shape[^1] * eye(shape[^1]);
    }
}
