namespace Facula.Kernels.Tests.Reductions;

/// <summary>The order of additions against the same order written number by number.</summary>
public sealed unsafe class CascadeSumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(32)]
    [InlineData(127)]
    [InlineData(513)]
    [InlineData(4095)]
    [InlineData(8191)]
    [InlineData(30000)]
    [InlineData(131072)]
    public void Adds_in_the_order_of_the_note(int count)
    {
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 0.7f)];
        fixed (float* p = values) Assert.Equal(Naive(values, 8), CascadeSum.Of(p, count));
        double[] wide = [.. values.Select(v => v * 1.1)];
        fixed (double* p = wide) Assert.Equal(Naive(wide, 4), CascadeSum.Of(p, count));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 5)]
    [InlineData(8, 1000)]
    [InlineData(8, 1003)]
    public void Rows_together_add_up_as_rows_alone(int rows, int count)
    {
        const int Gap = 3;
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, rows * (count + Gap)).Select(_ => random.NextSingle() * 2 - 0.7f)];
        double[] wide = [.. values.Select(v => v * 1.1)];
        var totals = new float[rows];
        var wideTotals = new double[rows];
        fixed (float* p = values, t = totals) CascadeSum.OfRows(p, count + Gap, rows, count, t);
        fixed (double* p = wide, t = wideTotals) CascadeSum.OfRows(p, count + Gap, rows, count, t);
        for (int row = 0; row < rows; row++)
        {
            int start = row * (count + Gap);
            Assert.Equal(Naive(values[start..(start + count)], 8), totals[row]);
            Assert.Equal(Naive(wide[start..(start + count)], 4), wideTotals[row]);
        }
    }

    internal static T Naive<T>(T[] x, int lanes) where T : System.Numerics.INumberBase<T>
    {
        int vectors = x.Length / lanes, rounds = vectors / 4, width = 4 * lanes;
        var levels = new T[4, width];
        for (int round = 0; round < rounds; round++)
        {
            for (int j = 0; j < width; j++) levels[0, j] += x[round * width + j];
            for (int level = 1, every = 16; level < 4 && (round + 1) % every == 0; level++, every *= 16)
                for (int j = 0; j < width; j++) (levels[level, j], levels[level - 1, j]) = (levels[level, j] + levels[level - 1, j], T.Zero);
        }
        for (int level = 1; level < 4; level++)
            for (int j = 0; j < width; j++) levels[0, j] += levels[level, j];
        for (int v = rounds * 4; v < vectors; v++)
            for (int j = 0; j < lanes; j++) levels[0, j] += x[v * lanes + j];
        T total = T.Zero;
        for (int i = vectors * lanes; i < x.Length; i++) total += x[i];
        for (int j = 0; vectors > 0 && j < lanes; j++) total += levels[0, j] + levels[0, lanes + j] + levels[0, 2 * lanes + j] + levels[0, 3 * lanes + j];
        return total;
    }
}
