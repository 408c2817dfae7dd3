namespace Facula.Kernels.Tests;

/// <summary>Runs of equal elements, and numbers counted, against plain loops.</summary>
[Trait("Size", "Small")]
public unsafe class RunKernelsTests
{
    [Fact]
    public void ZerosAreEqualAndNaNEqualsNothing()
    {
        float[] source = [0f, -0f, 1, 1, 1, float.NaN, float.NaN, 2], values = new float[8];
        long[] lengths = new long[8], runs = new long[8], places = [7, 6, 5, 4, 3, 2, 1, 0];
        fixed (float* s = source, v = values)
        fixed (long* l = lengths, r = runs, p = places)
        {
            Assert.Equal(5, RunKernels.Find(s, 8, v, l, r, p));
            Assert.Equal([0f, 1, float.NaN, float.NaN, 2], values[..5]);
            Assert.Equal([2L, 3, 1, 1, 1], lengths[..5]);
            Assert.Equal([4L, 3, 2, 1, 1, 1, 0, 0], runs);
            Assert.Equal(5, RunKernels.Find(s, 8, v, null, null, null));
            Assert.Equal(0, RunKernels.Find(s, 0, v, l, r, null));
        }
    }

    [Fact]
    public void CountedNumbersAreThoseOfSortedOnes()
    {
        var random = new Random(1);
        var source = new long[500];
        for (int i = 0; i < source.Length; i++) source[i] = random.Next(400) - 90;
        long least = source.Min(), range = source.Max() - least + 1;
        long[] values = new long[range], lengths = new long[range], runs = new long[500];
        fixed (long* s = source, v = values, l = lengths, r = runs)
        {
            int found = (int)RunKernels.FindDense(s, 500, least, range, v, l, r);
            long[] expected = [.. source.Distinct().Order()];
            Assert.Equal(expected, values[..found]);
            Assert.Equal(expected.Select(x => source.LongCount(y => y == x)), lengths[..found]);
            Assert.Equal(source.Select(x => (long)Array.IndexOf(expected, x)), runs);
        }
    }
}
