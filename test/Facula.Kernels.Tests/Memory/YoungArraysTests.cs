namespace Facula.Kernels.Tests;

[Collection("BlockPool")]
public class YoungArraysTests
{
    [Fact]
    public void Enough_bytes_of_arrays_collect_the_youngest_generation()
    {
        // An attempt that took too long on a busy machine waits for more bytes: hence the room.
        int before = GC.CollectionCount(0);
        for (long bytes = 0; bytes < 64 * YoungArrays.Interval && GC.CollectionCount(0) == before; bytes += 1 << 20)
            YoungArrays.Made(1 << 20);
        Assert.NotEqual(before, GC.CollectionCount(0));
    }
}
