namespace Facula.Kernels.Tests.Reductions;

public unsafe class RowDistancesTests
{
    [Theory]
    [InlineData(1, 3, 5, 2)]
    [InlineData(2, 30, 17, 33)]
    [InlineData(1, 40, 100, 16)]
    public void Distances_from_products_are_those_of_the_differences(int batch, int m, int n, int width)
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, batch * m * width).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, batch * n * width).Select(_ => random.NextDouble() + 1)];
        double[] direct = new double[batch * m * n], products = new double[batch * m * n];
        for (int b = 0; b < batch; b++)
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                    for (int k = 0; k < width; k++) products[(b * m + i) * n + j] += x[(b * m + i) * width + k] * y[(b * n + j) * width + k];
        fixed (double* px = x, py = y, pd = direct, pp = products)
        {
            RowDistances.All(px, py, pd, batch, m, n, width, 2);
            RowDistances.FromProducts(px, py, pp, batch, m, n, width);
        }
        for (int i = 0; i < direct.Length; i++) Assert.Equal(direct[i], products[i], 1e-12);
    }

    [Theory]
    [InlineData(40, 5)]
    [InlineData(70, 33)]
    [InlineData(7, 3)]
    public void Pairs_and_all_rows_agree_with_every_norm(int rows, int width)
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, rows * width).Select(_ => random.NextSingle())], pairs = new float[rows * (rows - 1) / 2], all = new float[rows * rows], spread = new float[rows * rows];
        foreach (double p in (double[])[0, 1, 1.5, 2, 3, 4.5, double.PositiveInfinity])
        {
            fixed (float* px = x, pp = pairs, pa = all, ps = spread)
            {
                RowDistances.Pairs(px, pp, rows, width, p);
                RowDistances.All(px, px, pa, 1, rows, rows, width, p);
                RowDistances.Spread(pp, rows, ps);
            }
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < rows; j++)
                {
                    double[] differences = [.. Enumerable.Range(0, width).Select(k => Math.Abs((double)x[i * width + k] - x[j * width + k]))];
                    double expected = p == 0 ? differences.Count(d => d != 0) : double.IsInfinity(p) ? differences.Max() : Math.Pow(differences.Sum(d => Math.Pow(d, p)), 1 / p);
                    Assert.Equal(expected, all[i * rows + j], 1e-4);
                    Assert.Equal(expected, spread[i * rows + j], 1e-4);
                }
        }
    }
}
