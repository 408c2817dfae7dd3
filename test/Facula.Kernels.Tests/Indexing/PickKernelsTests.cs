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
}
