namespace Facula.Kernels.Tests.Attention;

/// <summary>Attention by blocks against three loops in double precision, and its gradients against differences.</summary>
public unsafe class ScaledAttentionTests
{
    private const int Heads = 2, Batch = 2;

    private sealed record Sizes(int Queries, int Keys, int Width, int ValueWidth, bool Causal, bool Masked)
    {
        public double[] Numbers(int seed, int rows, int width)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, Batch * rows * Heads * width).Select(_ => random.NextDouble() * 4 - 2)];
        }

        public double[] Mask()
        {
            var random = new Random(9);
            return [.. Enumerable.Range(0, Queries * Keys).Select(i => random.Next(4) == 0 && i % Keys != 0 ? double.NegativeInfinity : random.NextDouble())];
        }
    }

    // All lie as (batch, row, head, i).
    private static double[] Naive(Sizes s, double[] q, double[] k, double[] v, double scale)
    {
        double[] mask = s.Mask(), y = new double[Batch * s.Queries * Heads * s.ValueWidth];
        for (int b = 0; b < Batch; b++)
        for (int h = 0; h < Heads; h++)
        for (int i = 0; i < s.Queries; i++)
        {
            var weights = new double[s.Keys];
            for (int j = 0; j < s.Keys; j++)
            {
                double dot = 0;
                for (int d = 0; d < s.Width; d++) dot += q[((b * s.Queries + i) * Heads + h) * s.Width + d] * k[((b * s.Keys + j) * Heads + h) * s.Width + d];
                weights[j] = s.Causal && j > i ? 0 : Math.Exp(dot * scale + (s.Masked ? mask[i * s.Keys + j] : 0));
            }
            double sum = weights.Sum();
            for (int j = 0; j < s.Keys; j++)
                for (int d = 0; d < s.ValueWidth; d++) y[((b * s.Queries + i) * Heads + h) * s.ValueWidth + d] += weights[j] / sum * v[((b * s.Keys + j) * Heads + h) * s.ValueWidth + d];
        }
        return y;
    }

    private static (double[] Output, double[] Query, double[] Key, double[] Value) Run<T>(Sizes s, double[] q, double[] k, double[] v, double[] g, double scale)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] Of(double[] x) => [.. x.Select(T.CreateTruncating)];
        T[] tq = Of(q), tk = Of(k), tv = Of(v), tg = Of(g), mask = Of(s.Mask());
        T[] y = new T[g.Length], dq = new T[q.Length], dk = new T[k.Length], dv = new T[v.Length], statistics = new T[Batch * Heads * s.Queries * 2];
        fixed (T* pq = tq, pk = tk, pv = tv, pg = tg, pm = mask, py = y, pdq = dq, pdk = dk, pdv = dv, ps = statistics)
        {
            HeadRows<T> Rows(T* start, long rows, long width) => new(start, rows * Heads * width, width, Heads * width);
            var problem = new AttentionProblem<T>
            {
                Batch = Batch, Heads = Heads, Queries = s.Queries, Keys = s.Keys, Width = s.Width, ValueWidth = s.ValueWidth, Scale = T.CreateTruncating(scale), IsCausal = s.Causal,
                Query = Rows(pq, s.Queries, s.Width), Key = Rows(pk, s.Keys, s.Width), Value = Rows(pv, s.Keys, s.ValueWidth), Output = Rows(py, s.Queries, s.ValueWidth),
                Mask = s.Masked ? pm : null, MaskRow = s.Keys, MaskColumn = 1, Statistics = ps,
                Gradient = Rows(pg, s.Queries, s.ValueWidth), QueryGradient = Rows(pdq, s.Queries, s.Width), KeyGradient = Rows(pdk, s.Keys, s.Width), ValueGradient = Rows(pdv, s.Keys, s.ValueWidth),
            };
            ScaledAttention.Forward(problem);
            ScaledAttention.Backward(problem);
        }
        double[] Back(T[] x) => [.. x.Select(double.CreateTruncating)];
        return (Back(y), Back(dq), Back(dk), Back(dv));
    }

    [Theory]
    [InlineData(1, 1, 1, 1, false, false)]
    [InlineData(5, 17, 3, 19, false, true)]
    [InlineData(61, 33, 16, 32, false, false)]
    [InlineData(40, 40, 8, 8, true, false)]
    [InlineData(13, 31, 5, 2, true, true)]
    [InlineData(31, 13, 33, 1, true, false)]
    [InlineData(150, 300, 7, 16, false, true)]
    public void Blocks_agree_with_loops(int queries, int keys, int width, int valueWidth, bool causal, bool masked)
    {
        var s = new Sizes(queries, keys, width, valueWidth, causal, masked);
        double[] q = s.Numbers(1, queries, width), k = s.Numbers(2, keys, width), v = s.Numbers(3, keys, valueWidth), g = s.Numbers(4, queries, valueWidth);
        const double scale = 0.6;
        double[] expected = Naive(s, q, k, v, scale);
        var doubles = Run<double>(s, q, k, v, g, scale);
        var floats = Run<float>(s, q, k, v, g, scale);
        Close(expected, doubles.Output, 1e-12, "output");
        Close(expected, floats.Output, 1e-5, "output");
        Close(doubles.Query, floats.Query, 3e-5, "query");
        Close(doubles.Key, floats.Key, 3e-5, "key");
        Close(doubles.Value, floats.Value, 3e-5, "value");
        foreach ((double[] at, double[] gradient) in (ReadOnlySpan<(double[], double[])>)[(q, doubles.Query), (k, doubles.Key), (v, doubles.Value)])
        {
            for (int i = 0; i < at.Length; i += Math.Max(1, at.Length / 5))
            {
                const double step = 1e-5;
                double before = at[i];
                at[i] = before + step;
                double up = Naive(s, q, k, v, scale).Zip(g, (a, b) => a * b).Sum();
                at[i] = before - step;
                double down = Naive(s, q, k, v, scale).Zip(g, (a, b) => a * b).Sum();
                at[i] = before;
                Assert.Equal((up - down) / (2 * step), gradient[i], 1e-6);
            }
        }
    }

    private static void Close(double[] expected, double[] actual, double tolerance, string what)
    {
        double largest = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * largest, $"{what} {i}: {actual[i]}, expected {expected[i]}");
    }
}
