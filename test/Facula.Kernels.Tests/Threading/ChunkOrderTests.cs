namespace Facula.Kernels.Tests;

/// <summary>Every chunk has its turn once, and turns that come at the same time lie far apart.</summary>
[Collection("WorkerPool")]
public class ChunkOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_chunk_has_its_turn_once(int threads)
    {
        int before = WorkerPool.Threads;
        WorkerPool.Threads = threads;
        try
        {
            foreach (int count in (int[])[0, 1, 2, 3, 7, 8, 31, 64])
            {
                var order = new ChunkOrder(count);
                int[] chunks = [.. Enumerable.Range(0, order.Count).Select(turn => order[turn])];
                Assert.Equal(Enumerable.Range(0, count), chunks.Order());
                for (int turn = 1; turn < Math.Min(threads, count); turn++) Assert.True(chunks[turn] - chunks[turn - 1] >= count / threads);
                for (int turn = threads; turn < count; turn++) Assert.Equal(chunks[turn - threads] + 1, chunks[turn]);
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }
}
