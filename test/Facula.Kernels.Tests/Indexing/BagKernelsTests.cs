namespace Facula.Kernels.Tests;

public unsafe class BagKernelsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(21)]
    public void BagsAreSumsOfTheirRows(int columns)
    {
        var random = new Random(1);
        float[] table = Enumerable.Range(0, 11 * columns).Select(_ => (float)random.NextDouble()).ToArray(), weights = Enumerable.Range(0, 9).Select(_ => (float)random.NextDouble()).ToArray();
        long[] numbers = Enumerable.Range(0, 9).Select(_ => (long)random.Next(11)).ToArray(), starts = [0, 4, 4, 9];
        foreach (bool weighted in (bool[])[false, true])
        {
            var sums = new float[3 * columns];
            fixed (float* t = table, w = weights, s = sums)
            fixed (long* n = numbers, b = starts) BagKernels.Sum(t, 11, columns, n, 9, b, 3, weighted ? w : null, s);
            for (int bag = 0; bag < 3; bag++)
                for (int c = 0; c < columns; c++)
                {
                    double expected = 0;
                    for (long i = starts[bag]; i < starts[bag + 1]; i++) expected += table[numbers[i] * columns + c] * (weighted ? weights[i] : 1);
                    Assert.Equal(expected, sums[bag * columns + c], 1e-5);
                }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(21)]
    public void TheFirstOfTheLargestIsFound(int columns)
    {
        var random = new Random(2);
        float[] table = Enumerable.Range(0, 11 * columns).Select(_ => (float)random.Next(4)).ToArray();
        long[] numbers = Enumerable.Range(0, 9).Select(_ => (long)random.Next(11)).ToArray(), starts = [0, 4, 4, 9], places = new long[3 * columns];
        fixed (float* t = table)
        fixed (long* n = numbers, b = starts, p = places) BagKernels.Largest(t, 11, columns, n, 9, b, 3, p);
        for (int bag = 0; bag < 3; bag++)
            for (int c = 0; c < columns; c++)
            {
                long expected = starts[bag] == starts[bag + 1] ? 0 : numbers[starts[bag]];
                for (long i = starts[bag]; i < starts[bag + 1]; i++)
                    if (table[numbers[i] * columns + c] > table[expected * columns + c]) expected = numbers[i];
                Assert.Equal(expected, places[bag * columns + c]);
            }
    }

    [Fact]
    public void NumbersOutsideTheTableAreRefused()
    {
        float[] table = new float[4], sums = new float[2];
        long[] numbers = [2], starts = [0, 1];
        Assert.Throws<IndexOutOfRangeException>(() =>
        {
            fixed (float* t = table, s = sums)
            fixed (long* n = numbers, b = starts) BagKernels.Sum(t, 2, 2, n, 1, b, 1, null, s);
        });
    }
}
