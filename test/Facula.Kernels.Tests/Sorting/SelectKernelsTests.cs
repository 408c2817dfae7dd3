namespace Facula.Kernels.Tests.Sorting;

public unsafe class SelectKernelsTests
{
    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = i % 11 == 3 ? float.NaN : random.Next(-40, 40) / 8f;
        return values;
    }

    private static int Compare(float a, float b) => float.IsNaN(a) ? float.IsNaN(b) ? 0 : 1 : float.IsNaN(b) ? -1 : a.CompareTo(b);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(500, 5)]
    [InlineData(500, 400)]
    [InlineData(5000, 5000)]
    public void The_k_best_are_those_of_a_sort(int count, int k)
    {
        foreach (bool largest in new[] { true, false })
        {
            float[] source = Noise(count, count + k), values = new float[k];
            var places = new long[k];
            fixed (float* s = source, v = values)
            fixed (long* p = places)
                SelectKernels.TopK(s, v, p, 1, count, k, largest, sorted: true);
            float[] expected = [.. source.OrderBy(x => x, Comparer<float>.Create((a, b) => largest ? Compare(b, a) : Compare(a, b))).Take(k)];
            Assert.Equal(expected, values);
            Assert.Equal(k, places.Distinct().Count());
            Assert.Equal(values, places.Select(i => source[i]));
        }
    }

    [Fact]
    public void The_kth_is_that_of_a_sort()
    {
        float[] source = Noise(300, 7);
        float[] sorted = [.. source.OrderBy(x => x, Comparer<float>.Create(Compare))];
        for (int k = 0; k < source.Length; k += 13)
        {
            float value;
            long place;
            fixed (float* s = source) SelectKernels.Kth(s, &value, &place, 1, source.Length, k);
            Assert.Equal(sorted[k], value);
            Assert.Equal(value, source[place]);
        }
    }
}
