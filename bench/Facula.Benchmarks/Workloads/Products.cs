using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Matrix products.</summary>
internal static class Products
{
    public static void AddTo(WorkloadList list)
    {
        const string single = "float32 products", other = "other products";
        foreach (int n in (int[])[16, 32, 64, 128, 256, 512, 1024, 2048])
            list.Add(n >= 256 ? single : other, $"matmul_f32_{n}", () => Square(n), quick: n is 512 or 1024);
        foreach (int n in (int[])[256, 512, 1024])
            list.Add("float64 products", $"matmul_f64_{n}", () => Double(n), extra: n == 512);
        foreach (int n in (int[])[256, 512, 1024, 2048])
            foreach (string transposes in (string[])["nt", "tn", "tt"])
                list.Add(single, $"matmul_f32_{n}_{transposes}", () => Transposed(n, transposes), extra: n != 1024 || transposes == "tt");
        list.Add(other, "matvec_f32_1024", () => { Tensor a = randn(1024, 1024), b = randn(1024); return () => mv(a, b); });
        list.Add(other, "matmul_f32_128x784x512", () => { Tensor a = randn(128, 784), b = randn(784, 512); return () => mm(a, b); });
        list.Add(other, "bmm_f32_128x128x64x128", () => { Tensor a = randn(128, 128, 64), b = randn(128, 64, 128); return () => bmm(a, b); }, quick: true);
        list.Add(other, "einsum_bij_bjk_32x128", () => { Tensor a = randn(32, 128, 128); return () => einsum("bij,bjk->bik", a, a); });
    }

    private static Action Square(int n)
    {
        Tensor a = randn(n, n), b = randn(n, n), o = empty(n, n);
        return () => mm(a, b, @out: o);
    }

    private static Action Double(int n)
    {
        Tensor a = randn(n, n, dtype: float64), b = randn(n, n, dtype: float64);
        return () => mm(a, b);
    }

    private static Action Transposed(int n, string transposes)
    {
        Tensor a = randn(n, n), b = randn(n, n);
        if (transposes[0] == 't') a = a.t();
        if (transposes[1] == 't') b = b.t();
        return () => mm(a, b);
    }
}
