namespace Facula.Kernels.Tests;

/// <summary>Radix sorts and sets of integers against the library's.</summary>
[Trait("Size", "Small")]
public unsafe class SortKernelsTests
{
    [Theory]
    [InlineData(7, false)]
    [InlineData(300, false)]
    [InlineData(300, true)]
    [InlineData(20_000, false)]
    [InlineData(20_000, true)]
    public void FloatsComeBackAsTheyWere(int count, bool descending)
    {
        var random = new Random(1);
        var source = new float[count];
        for (int i = 0; i < count; i++) source[i] = random.Next(6) switch { 0 => 0f, 1 => -0f, 2 => float.PositiveInfinity, 3 => -random.NextSingle() * 1e-40f, _ => random.NextSingle() - 0.5f };
        source[count / 2] = float.NaN;
        Check(source, descending, (a, b) => a.CompareTo(b) is var order && float.IsNaN(a) != float.IsNaN(b) ? (float.IsNaN(a) ? 1 : -1) : a == b ? 0 : order);
    }

    [Theory]
    [InlineData(200, 1000, false)]
    [InlineData(200, 5_000_000_000L, true)]
    [InlineData(200, long.MaxValue, false)]
    [InlineData(20_000, 10, true)]
    [InlineData(20_000, 5_000_000_000L, true)]
    [InlineData(20_000, long.MaxValue, false)]
    public void IntegersOfNarrowAndWideRanges(int count, long range, bool descending)
    {
        var random = new Random(2);
        var source = new long[count];
        for (int i = 0; i < count; i++) source[i] = random.NextInt64(range) - range / 2;
        source[3] = source[90];
        Check(source, descending, (a, b) => a.CompareTo(b));
    }

    /// <summary>A far key beside many near ones, which agree in all leading bits: few, a row, and a long row.</summary>
    [Theory]
    [InlineData(66, false)]
    [InlineData(100, true)]
    [InlineData(1000, false)]
    [InlineData(3000, true)]
    [InlineData(8000, false)]
    [InlineData(40_000, true)]
    public void NearKeysBesideAFarOne(int count, bool descending)
    {
        var random = new Random(4);
        var source = new int[count];
        for (int i = 0; i < count; i++) source[i] = count - i + random.Next(2000);
        source[count / 3] = int.MaxValue;
        source[count / 2] = int.MinValue;
        Check(source, descending, (a, b) => a.CompareTo(b));
        var floats = Array.ConvertAll(source, x => Math.Abs((long)x) > 1 << 20 ? x * 1e20f : 1 + x * MathF.Pow(2, -23));
        Check(floats, descending, (a, b) => a.CompareTo(b));
    }

    /// <summary>Keys that agree in their leading bits, in their last ones, or everywhere but in a few places.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void LongRowsOfDoubles(int kind, bool descending)
    {
        var random = new Random(3);
        var source = new double[30_000];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = kind switch
            {
                0 => random.NextDouble() - 0.5,
                1 => random.Next(100),
                2 => 1 + random.Next(1 << 20) * double.Epsilon * 1e300 + random.Next(3) * Math.Pow(2, -52) * random.Next(1000),
                _ => i % 5000 == 7 ? Math.Pow(10, random.Next(600) - 300) : 1 + random.Next(50_000) * Math.Pow(2, -52),
            };
        }
        Check(source, descending, (a, b) => a.CompareTo(b));
    }

    [Fact]
    public void ManyLongRowsAreThoseOfOne()
    {
        var random = new Random(5);
        const int rows = 20, count = 9000;
        var source = new short[rows * count];
        for (int i = 0; i < source.Length; i++) source[i] = (short)random.Next(-3000, 3000);
        short[] values = new short[source.Length], value = new short[count];
        long[] indices = new long[source.Length], index = new long[count];
        fixed (short* s = source, v = values, v1 = value)
        fixed (long* i = indices, i1 = index)
        {
            SortKernels.Rows(s, v, i, rows, count, false);
            for (int row = 0; row < rows; row += 7)
            {
                SortKernels.Rows(s + row * count, v1, i1, 1, count, false);
                Assert.True(value.AsSpan().SequenceEqual(values.AsSpan(row * count, count)));
                Assert.True(index.AsSpan().SequenceEqual(indices.AsSpan(row * count, count)));
            }
        }
    }

    private static void Check<T>(T[] source, bool descending, Comparison<T> compare) where T : unmanaged
    {
        var values = new T[source.Length];
        var indices = new long[source.Length];
        fixed (T* s = source, v = values)
        fixed (long* i = indices)
            SortKernels.Rows(s, v, i, 1, source.Length, descending);
        int[] expected = [.. Enumerable.Range(0, source.Length).OrderBy(i => source[i], Comparer<T>.Create((a, b) => descending ? compare(b, a) : compare(a, b)))];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], indices[i]);
            Assert.Equal(BitConverter.ToString(Bytes(source[expected[i]])), BitConverter.ToString(Bytes(values[i])));
        }
    }

    private static byte[] Bytes<T>(T value) where T : unmanaged => new ReadOnlySpan<byte>(&value, sizeof(T)).ToArray();

    [Fact]
    public void ASetHoldsEachNumberOnce()
    {
        var random = new Random(4);
        var source = new long[1000];
        for (int i = 0; i < source.Length; i++) source[i] = random.Next(700) - 350;
        fixed (long* s = source)
        {
            using DenseSet set = DenseSet.TryCreate(s, source.Length)!;
            var result = new long[set.Count];
            fixed (long* r = result) set.CopyTo(r);
            Assert.Equal(source.Distinct().Order(), result);
            source[5] = long.MaxValue;
            Assert.Null(DenseSet.TryCreate(s, source.Length));
        }
    }
}
