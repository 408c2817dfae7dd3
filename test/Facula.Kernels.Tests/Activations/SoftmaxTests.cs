namespace Facula.Kernels.Tests.Activations;

/// <summary>softmax and log-softmax of rows of every length around whole vectors, and their gradients, against double precision.</summary>
public unsafe class SoftmaxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_of_all_lengths(bool logarithm)
    {
        var random = new Random(2);
        for (int count = 1; count <= 150; count = count < 70 ? count + 1 : count + 37)
        {
            float[] x = [.. Enumerable.Range(0, 2 * count).Select(_ => (float)(random.NextDouble() * 8 - 4))], g = [.. Enumerable.Range(0, 2 * count).Select(_ => (float)random.NextDouble())];
            float[] y = new float[2 * count], d = new float[2 * count];
            fixed (float* px = x, pg = g, py = y, pd = d)
            {
                Softmax.Forward(px, py, 2, count, 1, logarithm);
                Softmax.Backward(pg, py, pd, 2, count, 1, logarithm);
            }
            for (int row = 0; row < 2; row++)
            {
                double[] e = [.. x.Skip(row * count).Take(count).Select(v => Math.Exp(v))], up = [.. g.Skip(row * count).Take(count).Select(v => (double)v)];
                double sum = e.Sum(), total = logarithm ? up.Sum() : up.Zip(e, (a, b) => a * b / sum).Sum();
                for (int i = 0; i < count; i++)
                {
                    double p = e[i] / sum;
                    Assert.Equal(logarithm ? Math.Log(p) : p, y[row * count + i], 2e-6);
                    Assert.Equal(logarithm ? up[i] - p * total : (up[i] - total) * p, d[row * count + i], 5e-6 * Math.Max(1, total));
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 30, 17)]
    [InlineData(3, 21, 40)]
    [InlineData(2, 70, 5)]
    [InlineData(1, 9, 3001)]
    public void Columns_of_all_widths(int outer, int count, int inner)
    {
        var random = new Random(inner);
        foreach (bool logarithm in (bool[])[false, true])
        {
            float[] x = [.. Enumerable.Range(0, outer * count * inner).Select(_ => (float)(random.NextDouble() * 8 - 4))], g = [.. x.Select(_ => (float)random.NextDouble())];
            float[] y = new float[x.Length], d = new float[x.Length];
            fixed (float* px = x, pg = g, py = y, pd = d)
            {
                Softmax.Forward(px, py, outer, count, inner, logarithm);
                Softmax.Backward(pg, py, pd, outer, count, inner, logarithm);
            }
            for (int line = 0; line < outer * inner; line++)
            {
                int[] at = [.. Enumerable.Range(0, count).Select(k => line / inner * count * inner + k * inner + line % inner)];
                double sum = at.Sum(i => Math.Exp(x[i])), total = at.Sum(i => logarithm ? g[i] : g[i] * Math.Exp(x[i]) / sum);
                foreach (int i in at)
                {
                    double p = Math.Exp(x[i]) / sum;
                    Assert.Equal(logarithm ? Math.Log(p) : p, y[i], 2e-6);
                    Assert.Equal(logarithm ? g[i] - p * total : (g[i] - total) * p, d[i], 5e-6 * Math.Max(1, total));
                }
            }
        }
    }

    [Theory]
    [InlineData(700, 100)]
    [InlineData(330, 2500)]
    public void Each_of_many_rows_comes_out_as_alone(int rows, int count)
    {
        var random = new Random(rows);
        float[] x = [.. Enumerable.Range(0, rows * count).Select(_ => random.NextSingle())], y = new float[rows * count], d = new float[rows * count], one = new float[count], slope = new float[count];
        fixed (float* px = x, py = y, pd = d, po = one, ps = slope)
        {
            Softmax.Forward(px, py, rows, count, 1, false);
            Softmax.Backward(px, py, pd, rows, count, 1, false);
            for (int row = 0; row < rows; row++)
            {
                Softmax.Forward(px + row * count, po, 1, count, 1, false);
                Softmax.Backward(px + row * count, po, ps, 1, count, 1, false);
                Assert.Equal(one, y[(row * count)..((row + 1) * count)]);
                Assert.Equal(slope, d[(row * count)..((row + 1) * count)]);
            }
        }
    }

    [Fact]
    public void A_row_with_a_NaN_or_an_infinity_is_NaN()
    {
        foreach (float odd in (float[])[float.NaN, float.PositiveInfinity])
        {
            for (int place = 0; place < 21; place++)
            {
                float[] x = new float[21], y = new float[21];
                x[place] = odd;
                fixed (float* px = x, py = y) Softmax.Forward(px, py, 1, 21, 1, false);
                Assert.True(float.IsNaN(y[place]));
                Assert.True(float.IsNaN(y.Sum()));
            }
        }
    }
}
