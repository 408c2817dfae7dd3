using Xunit;

namespace Facula.Kernels.Tests.Losses;

/// <summary>Margin losses of several labels against the plain loops over pairs of classes.</summary>
public unsafe class MultilabelMarginTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 10)]
    [InlineData(5, 16)]
    [InlineData(300, 33)]
    public void Sums_and_slopes_are_those_of_the_plain_loop(int rows, int classes)
    {
        var random = new Random(classes);
        double[] x = [.. Enumerable.Range(0, rows * classes).Select(_ => random.NextDouble() * 4 - 2)], sums = new double[rows], slopes = new double[x.Length], expected = new double[x.Length];
        float[] narrow = [.. x.Select(v => (float)v)], narrowSlopes = new float[x.Length];
        long[] target = [.. Enumerable.Range(0, x.Length).Select(_ => random.NextInt64(-1, classes))];
        if (classes > 3) narrow[2] = float.NaN;
        x[classes > 3 ? 2 : 0] = narrow[classes > 3 ? 2 : 0];
        var narrowSums = new double[rows];
        fixed (double* px = x, ps = sums, pd = slopes)
        fixed (float* pn = narrow, pg = narrowSlopes)
        fixed (double* pm = narrowSums)
        fixed (long* pt = target)
        {
            Assert.False(MultilabelMargin.IsOutOfRange(pt, rows, classes));
            MultilabelMargin.Sums(px, pt, ps, rows, classes);
            MultilabelMargin.Slopes(px, pt, pd, rows, classes, 0.25);
            MultilabelMargin.Sums(pn, pt, pm, rows, classes);
            MultilabelMargin.Slopes(pn, pt, pg, rows, classes, 0.25f);
        }
        for (int row = 0; row < rows; row++)
        {
            int at = row * classes;
            List<int> named = [.. target.Skip(at).Take(classes).TakeWhile(t => t >= 0).Select(t => (int)t)];
            double sum = 0;
            foreach (int t in named)
                for (int d = 0; d < classes; d++)
                {
                    double z = 1 - x[at + t] + x[at + d];
                    if (named.Contains(d) || !(z > 0)) continue;
                    sum += z;
                    expected[at + t] -= 0.25;
                    expected[at + d] += 0.25;
                }
            Assert.Equal(sum, sums[row], 1e-12 * Math.Max(1, sum));
            Assert.Equal(sum, narrowSums[row], 1e-5 * Math.Max(1, sum));
        }
        Assert.Equal(expected, slopes);
        Assert.Equal(expected.Select(v => (float)v), narrowSlopes);
    }

    [Fact]
    public void Only_targets_that_count_must_be_classes()
    {
        long[] target = [0, -1, 9, 1, 2, -1], wrong = [0, 3, -1, 1, 2, -1];
        fixed (long* good = target, bad = wrong)
        {
            Assert.False(MultilabelMargin.IsOutOfRange(good, 2, 3));
            Assert.True(MultilabelMargin.IsOutOfRange(bad, 2, 3));
        }
    }
}
