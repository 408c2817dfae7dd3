namespace Facula.Kernels.Tests.Copying;

/// <summary>Rows of several parts side by side, against one element after the other.</summary>
public unsafe class RowJoinTests
{
    [Theory]
    [InlineData(1, new long[] { 200_001 }, 0)]
    [InlineData(1, new long[] { 100_000, 1, 300_000, 77 }, 0)]
    [InlineData(5, new long[] { 3, 64, 1, 65, 130 }, 0)]
    [InlineData(5, new long[] { 3, 64 }, 9)]
    [InlineData(300, new long[] { 2000, 2000 }, 0)]
    [InlineData(301, new long[] { 1200, 40, 999 }, 17)]
    [InlineData(3, new long[] { 70_000, 128, 70_000 }, 1)]
    [InlineData(0, new long[] { 5 }, 0)]
    public void Each_row_is_made_of_a_row_of_every_part(long rows, long[] lengths, long gap)
    {
        var random = new Random(3);
        long width = lengths.Sum(), step = width + gap;
        byte[][] parts = [.. lengths.Select(length => new byte[rows * length + 1])];
        foreach (byte[] part in parts) random.NextBytes(part);
        var expected = new byte[rows * step + 64];
        byte[] actual = [.. expected];
        for (long row = 0; row < rows; row++)
        {
            long at = row * step;
            for (int p = 0; p < parts.Length; p++)
            {
                Array.Copy(parts[p], row * lengths[p], expected, at, lengths[p]);
                at += lengths[p];
            }
        }
        byte** pointers = stackalloc byte*[parts.Length];
        var pins = new System.Runtime.InteropServices.GCHandle[parts.Length];
        for (int p = 0; p < parts.Length; p++)
        {
            pins[p] = System.Runtime.InteropServices.GCHandle.Alloc(parts[p], System.Runtime.InteropServices.GCHandleType.Pinned);
            pointers[p] = (byte*)pins[p].AddrOfPinnedObject();
        }
        fixed (byte* d = actual)
        fixed (long* n = lengths)
            RowJoin.Run(pointers, n, parts.Length, d, step, rows);
        foreach (var pin in pins) pin.Free();
        Assert.Equal(expected, actual);
    }
}
