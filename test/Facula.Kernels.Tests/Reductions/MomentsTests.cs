namespace Facula.Kernels.Tests.Reductions;

public unsafe class MomentsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 16)]
    [InlineData(256, 37)]
    public void Columns_have_the_moments_of_their_elements(int rows, int columns)
    {
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => 100 + (float)random.NextDouble())];
        values[columns - 1] = float.PositiveInfinity;
        var moments = new Moments[columns];
        fixed (float* v = values)
        fixed (Moments* m = moments) VarianceFold<float>.Columns(v, columns, rows, columns, m);
        for (int j = 0; j < columns - 1; j++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(r => (double)values[r * columns + j])];
            double mean = column.Average(), squares = column.Sum(x => (x - mean) * (x - mean));
            Assert.Equal(rows, moments[j].Count);
            Assert.Equal(mean, moments[j].Mean, 1e-7);
            Assert.Equal(squares, moments[j].Squares, 1e-5 * squares + 1e-9);
        }
        Assert.Equal(double.PositiveInfinity, moments[^1].Mean);
        Assert.Equal(double.NaN, moments[^1].Squares);
    }

    [Fact]
    public void Squares_beyond_all_numbers_are_infinite()
    {
        double[] values = [0.85, double.MaxValue, -0.83];
        fixed (double* v = values)
        {
            Assert.Equal(double.PositiveInfinity, VarianceFold<double>.Block(v, 3).Squares);
            Moments column;
            VarianceFold<double>.Columns(v, 1, 3, 1, &column);
            Assert.Equal(double.PositiveInfinity, column.Squares);
        }
    }
}
