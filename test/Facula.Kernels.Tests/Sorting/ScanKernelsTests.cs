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
}
