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
        const string fourier = "Fourier transforms";
        // 1000 × 1000, as the list defines it in spite of the name.
        list.Add(fourier, "fft_rfft_1024x1024", () => { Tensor m = randn(1000, 1000); return () => torch.fft.rfft(m); });
        foreach ((string name, long[] shape) in ((string, long[])[])[("fft_1e6", [1 << 20]), ("fft_1024x1024", [1024, 1024]), ("fft_1000x1000", [1000, 1000])])
            list.Add(fourier, name, () => { Tensor x = randn(new Size(shape), dtype: complex64); return () => torch.fft.fft(x); }, extra: true);
    }

    private static Tensor Definite(params ReadOnlySpan<long> shape)
    {
        Tensor a = randn(new Size(shape));
        return a.matmul(a.transpose(-1, -2)) + shape[^1] * eye(shape[^1]);
    }
}
