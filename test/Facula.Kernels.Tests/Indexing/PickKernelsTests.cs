namespace Facula.Kernels.Tests.Indexing;

public unsafe class PickKernelsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(1001)]
    public void Compression_keeps_what_the_mask_names(int count)
    {
        foreach (int every in new[] { 1, 2, 3, 17 })
        {
            byte[] mask = [.. Enumerable.Range(0, count + 1).Select(i => (byte)(i % every == 0 ? 1 : 0))];
            int[] narrow = [.. Enumerable.Range(0, count + 1)];
            long[] wide = Array.ConvertAll(narrow, i => (long)i), expected = [.. wide.Take(count).Where(i => i % every == 0)];
            long selected, chosen = expected.Length;
            int[] narrowResult = new int[chosen + 1];
            long[] wideResult = new long[chosen + 1], places = new long[chosen + 1];
            fixed (byte* m = mask)
            fixed (int* n = narrow, nr = narrowResult)
            fixed (long* w = wide, wr = wideResult, p = places)
            {
                selected = PickKernels.CountTrue(m, count);
                PickKernels.Compress(n, m, nr, count, chosen);
                PickKernels.Compress(w, m, wr, count, chosen);
                PickKernels.Positions(m, count, p);
            }
            Assert.Equal(chosen, selected);
            Assert.Equal(expected, wideResult[..^1]);
            Assert.Equal(expected, narrowResult[..^1].Select(i => (long)i));
            Assert.Equal(expected, places[..^1]);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1001)]
    [InlineData(50_000)]
    public void Offsets_count_from_both_ends_and_elements_follow_them(int count)
    {
        const int Extent = 701, Stride = 3;
        long[] index = [.. Enumerable.Range(0, count).Select(i => (long)(i * 37 % (2 * Extent)) - Extent)], offsets = new long[count];
        int[] source = [.. Enumerable.Range(0, Extent * Stride)], picked = new int[2 * count];
        fixed (long* x = index, o = offsets)
        fixed (int* s = source, p = picked)
        {
            Assert.Null(PickKernels.AddOffsets(x, o, count, Extent, Stride, accumulate: false));
            PickKernels.Pick(s, o, p, 2, count, 1);
            for (int i = 0; i < count; i++)
                Assert.Equal(((index[i] + Extent) % Extent) * Stride, picked[2 * i]);
            index[count / 2] = Extent;
            Assert.Equal(Extent, PickKernels.AddOffsets(x, o, count, Extent, Stride));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Blocks_are_put_and_added_in_order(int block)
    {
        long[] offsets = [2 * block, 0, 2 * block];
        double[] values = [.. Enumerable.Range(1, 3 * block).Select(i => (double)i)], put = new double[3 * block], added = new double[3 * block];
        fixed (long* o = offsets)
        fixed (double* v = values, p = put, a = added)
        {
            PickKernels.Put(p, o, v, block, 3, block);
            PickKernels.PutAdd(a, o, v, block, 3, block);
        }
        for (int i = 0; i < block; i++)
        {
            Assert.Equal((values[block + i], 0, values[2 * block + i]), (put[i], put[block + i], put[2 * block + i]));
            Assert.Equal((values[block + i], 0, values[i] + values[2 * block + i]), (added[i], added[block + i], added[2 * block + i]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Places_fall_apart_in_rows_and_columns(int extent)
    {
        var random = new Random(extent);
        long[] places = [.. Enumerable.Range(0, 300).Select(_ => (long)random.Next(5000)).Distinct().Order()], rows = [.. places], columns = new long[2 * places.Length];
        fixed (long* r = rows, c = columns) PickKernels.SplitPositions(r, c, 2, rows.Length, extent);
        Assert.Equal(places.Select(x => x / extent), rows);
        Assert.Equal(places.Select(x => x % extent), columns.Where((_, i) => i % 2 == 0));
    }

    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(3, 8, 1.0)]
    [InlineData(7, 29, 0.5)]
    [InlineData(40, 16, 0.05)]
    [InlineData(5, 7, 1.0)]
    [InlineData(9, 33, 0.0)]
    public void CoordinatesOfAMatrixAreThoseOfTheLoops(int rows, int columns, double share)
    {
        var random = new Random(columns);
        byte[] mask = [.. Enumerable.Range(0, rows * columns).Select(_ => (byte)(random.NextDouble() < share ? random.Next(1, 256) : 0))];
        long[] expected = [.. Enumerable.Range(0, mask.Length).Where(i => mask[i] != 0).SelectMany(i => (long[])[i / columns, i % columns])];
        // What lies behind the pairs stays.
        long[] found = [.. Enumerable.Repeat(-5L, expected.Length + 4)];
        fixed (byte* m = mask)
        fixed (long* f = found)
            PickKernels.Coordinates(m, rows, columns, f, expected.Length / 2);
        Assert.Equal([.. expected, -5, -5, -5, -5], found);
    }
}
