namespace Facula.Kernels.Tests.Sorting;

public sealed unsafe class RankKernelsTests
{
    private static float[] Numbers(int count, int distinct, bool withNaN)
    {
        var random = new Random(count + distinct);
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = withNaN && i % 7 == 3 ? float.NaN : distinct > 0 ? random.Next(distinct) - distinct / 2 : (float)(random.NextDouble() - 0.5) * 1000;
        return numbers;
    }

    private static (double value, long place) NaiveMedian(double[] row, bool ignoreNaN)
    {
        int[] order = [.. Enumerable.Range(0, row.Length).OrderBy(i => double.IsNaN(row[i])).ThenBy(i => row[i]).ThenBy(i => i)];
        int defined = row.Count(x => !double.IsNaN(x));
        int rank = defined == row.Length || ignoreNaN ? Math.Max(0, defined - 1) / 2 : defined;
        return (row[order[rank]], order[rank]);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(9), InlineData(383), InlineData(1000), InlineData(5000)]
    public void Median_is_that_of_a_stable_sort(int count)
    {
        foreach (int distinct in new[] { 0, 3, 50 })
        {
            foreach (bool withNaN in new[] { false, true })
            {
                foreach (bool ignoreNaN in new[] { false, true })
                {
                    float[] single = Numbers(2 * count, distinct, withNaN), singleValues = new float[2];
                    double[] twice = [.. single.Select(x => x * 1.1)], doubleValues = new double[2];
                    long[] places = new long[2], doublePlaces = new long[2];
                    fixed (float* s = single, v = singleValues)
                    fixed (double* d = twice, w = doubleValues)
                    fixed (long* p = places, q = doublePlaces)
                    {
                        RankKernels.Median(s, v, p, 2, count, ignoreNaN);
                        RankKernels.Median(d, w, q, 2, count, ignoreNaN);
                    }

                    for (int row = 0; row < 2; row++)
                    {
                        double[] own = [.. twice.Skip(row * count).Take(count)];
                        var (value, place) = NaiveMedian(own, ignoreNaN);
                        Assert.Equal(place, places[row]);
                        Assert.Equal(place, doublePlaces[row]);
                        Assert.Equal(value, doubleValues[row]);
                        Assert.Equal(single[row * count + place], singleValues[row]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Median_of_integers_at_the_ends_of_their_range()
    {
        long[] row = [long.MaxValue, long.MinValue, 0, long.MaxValue, -1], value = new long[1], place = new long[1];
        fixed (long* r = row, v = value, p = place)
            RankKernels.Median(r, v, p, 1, row.Length, ignoreNaN: false);
        Assert.Equal((0, 2), (value[0], place[0]));
    }

    [Fact]
    public void Mode_is_the_smallest_of_the_most_frequent_and_its_last_place()
    {
        float[] rows = [3, 1, 3, 1, 2, float.NaN, float.NaN, 5, float.NaN, 4], values = new float[2];
        long[] places = new long[2];
        fixed (float* r = rows, v = values)
        fixed (long* p = places)
            RankKernels.Mode(r, v, p, 2, 5);
        Assert.Equal([1f, 4f], values);
        Assert.Equal([3L, 4L], places);
    }
}
