using static Facula.torch;

namespace Facula.Benchmarks.Sweep;

/// <summary>Decompositions and solvers of both precisions and many sizes, and Fourier transforms over lengths and dimensions.</summary>
internal static class Decompositions
{
    private static readonly (string python, long largest, Func<Tensor, Tensor, object> run)[] Linear =
    [
        ("torch.linalg.cholesky(p)", 512, (a, p) => linalg.cholesky(p)), ("torch.linalg.qr(a)", 512, (a, p) => linalg.qr(a)), ("torch.linalg.lu_factor(a)", 512, (a, p) => linalg.lu_factor(a)), ("torch.linalg.inv(a)", 512, (a, p) => linalg.inv(a)),
        ("torch.linalg.det(a)", 512, (a, p) => linalg.det(a)), ("torch.linalg.solve(a, p)", 512, (a, p) => linalg.solve(a, p)), ("torch.linalg.solve(a, p[..., :1])", 512, (a, p) => linalg.solve(a, p[torch.TensorIndex.Ellipsis, ..1])), ("torch.linalg.eigh(p)", 512, (a, p) => linalg.eigh(p)),
        ("torch.linalg.eigvalsh(p)", 256, (a, p) => linalg.eigvalsh(p)), ("torch.linalg.svd(a)", 256, (a, p) => linalg.svd(a)), ("torch.linalg.svdvals(a)", 256, (a, p) => linalg.svdvals(a)), ("torch.linalg.eig(a)", 256, (a, p) => linalg.eig(a)),
        ("torch.linalg.slogdet(a)", 128, (a, p) => linalg.slogdet(a)), ("torch.linalg.lstsq(a, p)", 128, (a, p) => linalg.lstsq(a, p)), ("torch.linalg.pinv(a)", 128, (a, p) => linalg.pinv(a)), ("torch.cholesky_inverse(p)", 128, (a, p) => cholesky_inverse(p)),
        ("torch.linalg.solve_triangular(p, a, upper=True)", 256, (a, p) => linalg.solve_triangular(p, a, upper: true)), ("torch.matrix_exp(a)", 128, (a, p) => matrix_exp(a)), ("torch.linalg.eigvals(a)", 128, (a, p) => linalg.eigvals(a)),
    ];

    private static readonly (string type, long[] shape, long largest)[] Shapes =
    [
        ("float32", [10, 10], 10), ("float32", [32, 32], 32), ("float32", [64, 64], 64), ("float32", [100, 100], 100), ("float32", [128, 128], 128), ("float32", [256, 256], 256), ("float32", [512, 512], 512),
        ("float64", [64, 64], 64), ("float64", [128, 128], 128), ("float64", [256, 256], 256), ("complex64", [64, 64], 64), ("float32", [1000, 3, 3], 3), ("float64", [1000, 3, 3], 3), ("float32", [500, 8, 8], 8), ("float32", [64, 32, 32], 32),
    ];

    private static readonly (string python, Func<Tensor, object> run)[] Complex =
    [
        ("torch.fft.fft(x)", x => torch.fft.fft(x)), ("torch.fft.ifft(x)", x => torch.fft.ifft(x)),
    ];

    private static readonly (string python, Func<Tensor, object> run)[] Real =
    [
        ("torch.fft.rfft(x)", x => torch.fft.rfft(x)), ("torch.fft.irfft(x)", x => torch.fft.irfft(x)), ("torch.fft.fft(x)", x => torch.fft.fft(x)),
    ];

    private static readonly long[][] Lengths =
    [
        [16], [64], [100], [128], [243], [256], [400], [500], [509], [512], [720], [1000], [1009], [1024], [2000], [3600], [4096], [10000], [16384], [44100], [65536], [100003], [262144], [1000000],
        [1000, 8], [1000, 30], [1000, 64], [500, 100], [500, 128], [256, 200], [256, 256], [256, 300], [100, 400], [100, 509], [64, 1000], [64, 1024], [64, 4096], [32, 7, 7], [16, 44100],
    ];

    private static readonly (string python, Func<Tensor, Tensor, object> run)[] Several =
    [
        ("torch.fft.fft2(x)", (x, r) => torch.fft.fft2(x)), ("torch.fft.rfft2(r)", (x, r) => torch.fft.rfft2(r)), ("torch.fft.ifft2(x)", (x, r) => torch.fft.ifft2(x)), ("torch.fft.fft(x, dim=0)", (x, r) => torch.fft.fft(x, dim: 0)), ("torch.fft.fft(x, dim=1)", (x, r) => torch.fft.fft(x, dim: 1)),
        ("torch.fft.rfft(r, dim=1)", (x, r) => torch.fft.rfft(r, dim: 1)), ("torch.fft.fftn(x)", (x, r) => torch.fft.fftn(x)), ("torch.fft.irfft2(x)", (x, r) => torch.fft.irfft2(x)), ("torch.fft.fft(x, n=100)", (x, r) => torch.fft.fft(x, n: 100)), ("torch.fft.fftshift(x)", (x, r) => torch.fft.fftshift(x)),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach ((string type, long[] shape, long largest) in Shapes)
            foreach ((string python, long most, var run) in Linear)
            {
                if (largest > most) continue;
                string size = string.Join(", ", shape), n = $"{shape[^1]}";
                list.Sweep("decompositions", $"{python} {type} {string.Join('x', shape)}",
                    $"a = torch.randn({size}, dtype=torch.{type}); p = a @ a.mH + {n} * torch.eye({n}, dtype=torch.{type})", python, () =>
                    {
                        Tensor a = Operands.Matrix(type, shape), p = a.matmul(a.mH) + shape[^1] * eye(shape[^1], dtype: a.dtype);
                        return () => run(a, p);
                    });
            }
        foreach (string type in (string[])["complex64", "complex128"])
            foreach (long[] shape in Lengths)
                foreach ((string python, var run) in Complex)
                    if (type == "complex64" ? shape[^1] < 1000000 || run == Complex[0].run : run == Complex[0].run && shape.Length == 1)
                        Transform(list, type, shape, python, run);
        foreach (string type in (string[])["float32", "float64"])
            foreach (long[] shape in Lengths)
                foreach ((string python, var run) in Real)
                    if (type == "float32" ? shape.Length > 1 || run != Real[2].run : run == Real[0].run)
                        Transform(list, type, shape, python, run);
        foreach (long[] shape in (long[][])[[8, 64, 64], [8, 100, 100], [256, 256, 4], [4, 30, 30, 30], [512, 512]])
        {
            string size = string.Join(", ", shape);
            foreach ((string python, var run) in Several)
                list.Sweep("Fourier transforms", $"{python} {string.Join('x', shape)}", $"x = torch.randn({size}, dtype=torch.complex64); r = torch.randn({size})", python, () =>
                {
                    Tensor x = Operands.Matrix("complex64", shape), r = Operands.Matrix("float32", shape);
                    return () => run(x, r);
                });
        }
        list.Sweep("Fourier transforms", "torch.stft 16x16000", "x = torch.randn(16, 16000); w = torch.hann_window(400)", "torch.stft(x, 400, 160, window=w, return_complex=True)", () =>
        {
            Tensor x = randn(16, 16000), w = hann_window(400);
            return () => stft(x, 400, 160, window: w, return_complex: true);
        });
    }

    private static void Transform(WorkloadList list, string type, long[] shape, string python, Func<Tensor, object> run) =>
        list.Sweep("Fourier transforms", $"{python} {type} {string.Join('x', shape)}", $"x = torch.randn({string.Join(", ", shape)}, dtype=torch.{type})", python, () =>
        {
            Tensor x = Operands.Matrix(type, shape);
            return () => run(x);
        });
}
