namespace Facula.Kernels.Tests.Sorting;

/// <summary>Running sums and products against the plain loop in double, and against themselves with another number of threads.</summary>
public unsafe class ScanKernelsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(2, 8)]
    [InlineData(5, 16)]
    [InlineData(3, 31)]
    [InlineData(2, 1000)]
    [InlineData(1, 65535)]
    [InlineData(1, 65536)]
    [InlineData(1, 65537)]
    [InlineData(2, 98304)]
    [InlineData(3, 200_003)]
    [InlineData(0, 70_000)]
    public void Lines_run_as_the_plain_loop_does(int lines, int extent)
    {
        var random = new Random(extent);
        float[] source = [.. Enumerable.Range(0, lines * extent).Select(_ => random.NextSingle() - 0.4f)];
        double[] wide = [.. source.Select(x => (double)x)];
        float[] sums = new float[source.Length + 16], products = new float[source.Length + 16], more = new float[source.Length + 16];
        double[] exact = new double[source.Length + 16];
        fixed (float* s = source, a = sums, p = products, b = more)
        fixed (double* w = wide, e = exact)
        {
            float* from = s, one = a, two = b;
            WithThreads(1, () => ScanKernels.Wide<CombineAdd>(from, one, lines, extent, 1));
            WithThreads(3, () => ScanKernels.Wide<CombineAdd>(from, two, lines, extent, 1));
            ScanKernels.Wide<CombineMultiply>(s, p, lines, extent, 1);
            ScanKernels.Fold<CombineAdd, double>(w, e, lines, extent, 1);
        }
        Assert.Equal(sums, more);
        for (int line = 0; line < lines; line++)
        {
            double sum = 0, product = 1;
            for (int i = line * extent; i < (line + 1) * extent; i++)
            {
                sum += wide[i];
                product *= wide[i];
                Assert.Equal(sum, sums[i], 1e-6 * Math.Max(1, Math.Abs(sum)));
                Assert.Equal(sum, exact[i], 1e-11 * Math.Max(1, Math.Abs(sum)));
                Assert.Equal((float)product, products[i], 1e-6 * Math.Max(1e-30, Math.Abs(product)));
            }
        }
        Assert.All(sums[source.Length..], x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 4, 1)]
    [InlineData(5, 7, 1)]
    [InlineData(2, 1003, 1)]
    [InlineData(3, 20, 5)]
    [InlineData(2, 9, 300)]
    public void Complex_numbers_run_part_by_part(int outer, int extent, int inner)
    {
        var random = new Random(extent);
        float[] source = [.. Enumerable.Range(0, 2 * outer * extent * inner).Select(_ => random.NextSingle() - 0.4f)], sums = new float[source.Length];
        double[] wide = [.. source.Select(x => (double)x)], exact = new double[source.Length], expected = new double[source.Length];
        fixed (float* s = source, d = sums) ScanKernels.ComplexSums(s, d, outer, extent, inner);
        fixed (double* s = wide, d = exact) ScanKernels.ComplexSums(s, d, outer, extent, inner);
        for (int o = 0; o < outer; o++)
            for (int k = 0; k < extent; k++)
                for (int part = 0; part < 2 * inner; part++)
                {
                    int at = (o * extent + k) * 2 * inner + part;
                    expected[at] = wide[at] + (k == 0 ? 0 : expected[at - 2 * inner]);
                    Assert.Equal(expected[at], exact[at], 1e-11 * Math.Max(1, Math.Abs(expected[at])));
                    Assert.Equal((float)expected[at], sums[at], 1e-6 * Math.Max(1, Math.Abs(expected[at])));
                }
    }

    [Fact]
    public void Infinities_and_NaN_stay_from_their_place_on()
    {
        const int Count = 150_000;
        foreach (int place in (int[])[0, 40_000, 149_999])
        {
            float[] source = [.. Enumerable.Repeat(1f, Count)], sums = new float[Count];
            source[place] = float.PositiveInfinity;
            if (place + 50_000 < Count) source[place + 50_000] = float.NegativeInfinity;
            fixed (float* s = source, d = sums) ScanKernels.Wide<CombineAdd>(s, d, 1, Count, 1);
            for (int i = 0; i < Count; i++)
                Assert.Equal(i < place ? i + 1 : i < place + 50_000 ? float.PositiveInfinity : float.NaN, sums[i]);
        }
    }

    private static void WithThreads(int threads, Action run)
    {
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = threads;
            run();
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(1, 8)]
    [InlineData(3, 1003)]
    public void Whole_numbers_run_and_wrap(int lines, int extent)
    {
        var random = new Random(extent);
        long[] source = [.. Enumerable.Range(0, lines * extent).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))], sums = new long[source.Length];
        fixed (long* s = source, d = sums) ScanKernels.Fold<CombineAdd, long>(s, d, lines, extent, 1);
        for (int line = 0; line < lines; line++)
        {
            long running = 0;
            for (int i = line * extent; i < (line + 1) * extent; i++) Assert.Equal(unchecked(running += source[i]), sums[i]);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(19, 70, 1)]
    [InlineData(2, 129, 21)]
    [InlineData(3, 5, 8)]
    public void Logarithms_of_running_sums_of_exponentials(int outer, int extent, int inner)
    {
        var random = new Random(inner);
        double[] source = [.. Enumerable.Range(0, outer * extent * inner).Select(_ => random.NextDouble() * 40 - 20)], exact = new double[source.Length];
        // A line that begins with nothing, one with an infinity, one with NaN.
        if (extent > 4) (source[0], source[inner]) = (double.NegativeInfinity, double.NegativeInfinity);
        if (outer > 1) (source[extent * inner + 2 * inner], source[^1]) = (double.PositiveInfinity, double.NaN);
        float[] narrow = [.. source.Select(x => (float)x)], near = new float[source.Length], again = new float[source.Length];
        fixed (double* s = source, d = exact) ScanKernels.LogSumExp(s, d, outer, extent, inner);
        fixed (float* s = narrow, d = near, a = again)
        {
            float* from = s, one = d, two = a;
            WithThreads(1, () => ScanKernels.LogSumExp(from, one, outer, extent, inner));
            WithThreads(3, () => ScanKernels.LogSumExp(from, two, outer, extent, inner));
        }
        Assert.Equal(near, again);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                double sum = 0;
                for (int k = 0; k < extent; k++)
                {
                    int at = (o * extent + k) * inner + i;
                    sum += Math.Exp(source[at]);
                    double expected = Math.Log(sum);
                    Assert.Equal(expected, exact[at], 1e-12 * Math.Max(1, double.IsFinite(expected) ? Math.Abs(expected) : 1));
                    Assert.Equal((float)expected, near[at], 1e-5f * Math.Max(1, float.IsFinite((float)expected) ? (float)Math.Abs(expected) : 1));
                }
            }
    }
}
