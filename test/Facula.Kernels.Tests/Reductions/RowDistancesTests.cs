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
}
