namespace Facula.Kernels.Tests.Normalization;

/// <summary>Layer normalisation against the formulas in double, rows going alone and in pairs.</summary>
public unsafe class LayerNormTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    [InlineData(5, 48)]
    [InlineData(7, 10)]
    [InlineData(37, 3)]
    [InlineData(33, 63)]
    [InlineData(16, 20)]
    [InlineData(3, 512)]
    [InlineData(64, 64)]
    [InlineData(131, 512)]
    [InlineData(70, 1001)]
    [InlineData(4, 2048)]
    [InlineData(4, 2064)]
    [InlineData(2, 5000)]
    public void Rows_are_normalised_and_their_gradients_follow(int rows, int count)
    {
        var random = new Random(count);
        float[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() * 2 - 0.5f)];
        float[] source = Draw(rows * count), gradient = Draw(rows * count), weight = Draw(count), bias = Draw(count);
        foreach (bool affine in (bool[])[true, false])
        {
            float[] result = new float[rows * count], mean = new float[rows], rstd = new float[rows], dx = new float[rows * count], dw = new float[count], db = new float[count];
            fixed (float* s = source, g = gradient, w = weight, b = bias, y = result, m = mean, r = rstd, px = dx, pw = dw, pb = db)
            {
                LayerNorm.Forward(s, affine ? w : null, affine ? b : null, y, m, r, rows, count, 1e-5);
                LayerNorm.Backward(g, s, affine ? w : null, m, r, px, affine ? pw : null, affine ? pb : null, rows, count);
            }
            double[] weights = new double[count], biases = new double[count];
            for (int row = 0; row < rows; row++)
            {
                double[] x = [.. source.Skip(row * count).Take(count).Select(v => (double)v)], g = [.. gradient.Skip(row * count).Take(count).Select(v => (double)v)];
                double average = x.Average(), scale = 1 / Math.Sqrt(x.Average(v => (v - average) * (v - average)) + 1e-5);
                double[] normal = [.. x.Select(v => (v - average) * scale)], inner = [.. g.Select((v, i) => affine ? v * weight[i] : v)];
                double first = inner.Average(), second = inner.Select((v, i) => v * normal[i]).Average();
                Assert.Equal(average, mean[row], 1e-6);
                Assert.Equal(scale, rstd[row], 1e-5);
                for (int i = 0; i < count; i++)
                {
                    Assert.Equal(affine ? normal[i] * weight[i] + bias[i] : normal[i], result[row * count + i], 1e-5);
                    Assert.Equal(scale * (inner[i] - first - normal[i] * second), dx[row * count + i], 2e-5);
                    weights[i] += g[i] * normal[i];
                    biases[i] += g[i];
                }
            }
            for (int i = 0; affine && i < count; i++)
            {
                Assert.Equal(weights[i], dw[i], 1e-4 * rows);
                Assert.Equal(biases[i], db[i], 1e-4 * rows);
            }
        }
    }

    [Fact]
    public void A_row_that_is_not_finite_spoils_no_other()
    {
        foreach (int n in (int[])[32, 11])
        {
            float[] source = [.. Enumerable.Range(0, 4 * n).Select(i => (float)i)], result = new float[4 * n], mean = new float[4], rstd = new float[4];
            source[n + 3] = float.NaN;
            source[3 * n + 4] = float.PositiveInfinity;
            fixed (float* s = source, y = result, m = mean, r = rstd) LayerNorm.Forward(s, null, null, y, m, r, 4, n, 1e-5);
            Assert.All(result[..n], x => Assert.True(float.IsFinite(x)));
            Assert.All(result[n..(2 * n)], x => Assert.True(float.IsNaN(x)));
            Assert.All(result[(2 * n)..(3 * n)], x => Assert.True(float.IsFinite(x)));
            Assert.All(result[(3 * n)..], x => Assert.True(float.IsNaN(x)));
        }
    }

    [Fact]
    public void A_short_row_of_one_number_becomes_zero()
    {
        float[] source = [.. Enumerable.Range(0, 5 * 7).Select(i => 1000.1f * (i / 7))], result = new float[5 * 7], mean = new float[5], rstd = new float[5];
        fixed (float* s = source, y = result, m = mean, r = rstd) LayerNorm.Forward(s, null, null, y, m, r, 5, 7, 1e-5);
        Assert.All(result, x => Assert.Equal(0f, x));
    }
}
