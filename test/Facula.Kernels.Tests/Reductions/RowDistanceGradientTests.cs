namespace Facula.Kernels.Tests.Reductions;

public sealed unsafe class RowDistanceGradientTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    [InlineData(1.5)]
    [InlineData(0.5)]
    [InlineData(double.PositiveInfinity)]
    public void Is_the_slope_of_the_distances(double p)
    {
        const int M = 4, N = 5, Width = 19;
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, M * Width).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, N * Width).Select(_ => random.NextDouble())];
        double[] g = [.. Enumerable.Range(0, M * N).Select(_ => random.NextDouble())], d = Distances(x, y, p), gradient = new double[M * Width];
        fixed (double* px = x, py = y, pd = d, pg = g, to = gradient) RowDistanceGradient.Run(px, py, pd, pg, to, 1, M, N, Width, N, 1, p);
        const double Step = 1e-6;
        for (int k = 0; k < x.Length; k++)
        {
            double kept = x[k];
            x[k] = kept + Step;
            double[] above = Distances(x, y, p);
            x[k] = kept - Step;
            double[] below = Distances(x, y, p);
            x[k] = kept;
            double expected = Enumerable.Range(0, M * N).Sum(i => g[i] * (above[i] - below[i])) / (2 * Step);
            Assert.Equal(expected, gradient[k], 1e-6 * Math.Max(1, Math.Abs(expected)));
        }

        static double[] Distances(double[] x, double[] y, double p)
        {
            var d = new double[M * N];
            fixed (double* px = x, py = y, pd = d) RowDistances.All(px, py, pd, 1, M, N, Width, p);
            return d;
        }
    }

    [Fact]
    public void Differences_that_are_equally_large_share_the_gradient_of_the_largest()
    {
        float[] x = new float[20], y = new float[20], d = [2], g = [3], gradient = new float[20];
        (x[1], x[7], x[18]) = (2, -2, 2);
        x[3] = 1;
        fixed (float* px = x, py = y, pd = d, pg = g, to = gradient) RowDistanceGradient.Run(px, py, pd, pg, to, 1, 1, 1, 20, 1, 1, double.PositiveInfinity);
        float[] expected = new float[20];
        (expected[1], expected[7], expected[18]) = (1, -1, 1);
        Assert.Equal(expected, gradient);
    }
}
