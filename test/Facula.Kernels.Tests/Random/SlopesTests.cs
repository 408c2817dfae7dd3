using Xunit;

namespace Facula.Kernels.Tests;

/// <summary>Slopes of leaky units, drawn block by block, against numbers drawn one by one.</summary>
public unsafe class SlopesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1024)]
    [InlineData(5003)]
    public void Each_element_that_is_not_positive_takes_the_next_number(int count)
    {
        var random = new Random(count);
        double[] x = [.. Enumerable.Range(0, count).Select(i => i % 10 == 3 ? 0 : i % 31 == 7 ? double.NaN : random.NextDouble() * 2 - 1)], wide = new double[count];
        float[] narrow = [.. x.Select(v => (float)v)], slopes = new float[count];
        RandomStream one = new(7), other = new(7), third = new(7);
        fixed (double* p = x, d = wide) RandomFill.Slopes(one, p, d, count, 0.125, 1 / 3.0);
        fixed (float* p = narrow, d = slopes) RandomFill.Slopes(other, p, d, count, 0.125, 1 / 3.0);
        for (int i = 0; i < count; i++)
        {
            double expected = x[i] <= 0 ? third.NextDouble() * (1 / 3.0 - 0.125) + 0.125 : 1;
            Assert.Equal(expected, wide[i]);
            Assert.Equal((float)expected, slopes[i]);
        }
        Assert.Equal(third.NextUInt32(), one.NextUInt32());
    }
}
