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

    [Theory]
    [InlineData(129, 5, 1)]
    [InlineData(1000, 5, 1)]
    [InlineData(1000, 8, 50)]
    [InlineData(3000, 16, 1)]
    public void The_first_few_of_distinct_numbers_are_those_of_a_sort(int count, int k, int every)
    {
        // All of one sign, a rising line, a falling one, some not a number.
        foreach (Func<int, Random, double> number in (Func<int, Random, double>[])[(_, r) => r.NextDouble(), (i, _) => i, (i, _) => -i, (i, r) => i % every == 1 ? double.NaN : r.NextDouble() - 2])
            foreach (bool largest in new[] { true, false })
            {
                var random = new Random(count + k);
                Check([.. Enumerable.Range(0, count).Select(i => (float)number(i, random))], k, largest);
                Check([.. Enumerable.Range(0, count).Select(i => number(i, random))], k, largest);
                Check([.. Enumerable.Range(0, count).Select(i => (int)(number(i, random) * 100))], k, largest);
                Check([.. Enumerable.Range(0, count).Select(i => (long)(number(i, random) * 1e12))], k, largest);
            }
    }

    private static void Check<T>(T[] source, int k, bool largest) where T : unmanaged, System.Numerics.INumber<T>
    {
        var values = new T[k];
        var places = new long[k];
        fixed (T* s = source, v = values)
        fixed (long* p = places)
            SelectKernels.TopK(s, v, p, 1, source.Length, k, largest, sorted: true);
        var order = Comparer<T>.Create((a, b) => (T.IsNaN(a) ? T.IsNaN(b) ? 0 : 1 : T.IsNaN(b) ? -1 : a.CompareTo(b)) * (largest ? -1 : 1));
        Assert.Equal(source.OrderBy(x => x, order).Take(k), values);
        Assert.Equal(k, places.Distinct().Count());
        Assert.Equal(values, places.Select(i => source[i]));
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
