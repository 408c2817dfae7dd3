namespace Facula.Kernels.Tests.Reductions;

/// <summary>Rows, lines of columns, tiles and long rows in parts against the sum of exponentials as it is written.</summary>
public sealed unsafe class LogSumExpTests
{
    [Theory]
    [InlineData(5, 100, 1)]
    [InlineData(3, 37, 70)]
    [InlineData(40, 7, 1)]
    [InlineData(40, 9, 3)]
    [InlineData(1, 1000, 3)]
    [InlineData(2, 131072, 1)]
    public void Has_the_value_of_the_formula(int outer, int count, int inner)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, outer * count * inner).Select(_ => random.NextDouble() * 200 - 100)];
        values[inner - 1] = double.PositiveInfinity;
        // The last result has nothing but −∞.
        for (int i = 0; i < count; i++) values[((outer - 1) * count + i) * inner] = double.NegativeInfinity;
        float[] single = [.. values.Select(v => (float)v)];
        double[] result = new double[outer * inner];
        var narrow = new float[outer * inner];
        fixed (double* v = values, r = result) LogSumExp.Run(v, outer, count, inner, r);
        fixed (float* v = single, r = narrow) LogSumExp.Run(v, outer, count, inner, r);
        for (int o = 0; o < outer; o++)
            for (int j = 0; j < inner; j++)
            {
                double[] column = [.. Enumerable.Range(0, count).Select(i => values[(o * count + i) * inner + j])];
                double largest = column.Max(), shift = double.IsFinite(largest) ? largest : 0, expected = shift + Math.Log(column.Sum(x => Math.Exp(x - shift)));
                if (!double.IsFinite(expected))
                {
                    Assert.Equal(expected, result[o * inner + j]);
                    Assert.Equal((float)expected, narrow[o * inner + j]);
                    continue;
                }
                Assert.Equal(expected, result[o * inner + j], 1e-12 * Math.Max(1, Math.Abs(expected)));
                Assert.Equal(expected, narrow[o * inner + j], 1e-5 * Math.Max(1, Math.Abs(expected)));
            }
    }
}
