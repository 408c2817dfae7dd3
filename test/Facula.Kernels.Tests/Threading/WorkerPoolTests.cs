namespace Facula.Kernels.Tests;

/// <summary>Alone, because the number of threads belongs to the whole process.</summary>
[CollectionDefinition("WorkerPool", DisableParallelization = true)]
public class WorkerPoolCollection;

[Collection("WorkerPool")]
public class WorkerPoolTests
{
    private readonly struct CountBody(int[] hits) : IParallelBody
    {
        public void Run(int chunk) => Interlocked.Increment(ref hits[chunk]);
    }

    private readonly struct NestedBody(int[] hits, int inner) : IParallelBody
    {
        public void Run(int chunk)
        {
            var body = new OffsetBody(hits, chunk * inner);
            WorkerPool.Run(inner, ref body);
        }
    }

    private readonly struct OffsetBody(int[] hits, int offset) : IParallelBody
    {
        public void Run(int chunk) => Interlocked.Increment(ref hits[offset + chunk]);
    }

    private readonly struct ThrowingBody(int at, int[] hits) : IParallelBody
    {
        public void Run(int chunk)
        {
            Interlocked.Increment(ref hits[0]);
            if (chunk == at)
                throw new InvalidOperationException($"chunk {chunk}");
            Thread.Sleep(1);
        }
    }

    /// <summary>Makes garbage and compacts the heap while others read the body's references.</summary>
    private readonly struct CollectingBody(int[] hits, string text) : IParallelBody
    {
        public void Run(int chunk)
        {
            if (chunk % 16 == 3)
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Assert.Equal("moved about", text);
            Interlocked.Increment(ref hits[chunk]);
        }
    }

    private sealed class Holder
    {
        public CollectingBody Body;
    }

    private static void WithThreads(int threads, Action action)
    {
        int before = WorkerPool.Threads;
        WorkerPool.Threads = threads;
        try
        {
            action();
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_chunk_runs_once(int threads) => WithThreads(threads, () =>
    {
        foreach (int chunks in (int[])[0, 1, 2, 3, 7, 64, 1000])
        {
            for (int repeat = 0; repeat < 50; repeat++)
            {
                var hits = new int[chunks];
                var body = new CountBody(hits);
                WorkerPool.Run(chunks, ref body);
                Assert.All(hits, hit => Assert.Equal(1, hit));
            }
        }
    });

    [Fact]
    public void No_thread_starts_before_it_is_needed() => WithThreads(Environment.ProcessorCount + 1, () =>
    {
        Assert.Equal(0, WorkerPool.StartedWorkers);
        var hits = new int[4];
        var body = new CountBody(hits);
        WorkerPool.Run(1, ref body);
        Assert.Equal(0, WorkerPool.StartedWorkers);
        WorkerPool.Run(4, ref body);
        Assert.Equal(Environment.ProcessorCount, WorkerPool.StartedWorkers);
    });

    [Fact]
    public void Nested_runs_are_done_by_the_thread_that_asks() => WithThreads(4, () =>
    {
        var hits = new int[20 * 30];
        var body = new NestedBody(hits, 30);
        WorkerPool.Run(20, ref body);
        Assert.All(hits, hit => Assert.Equal(1, hit));
    });

    [Fact]
    public void Concurrent_callers_do_not_disturb_each_other() => WithThreads(3, () =>
    {
        int failures = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int repeat = 0; repeat < 2000; repeat++)
            {
                var hits = new int[1 + repeat % 9];
                var body = new CountBody(hits);
                WorkerPool.Run(hits.Length, ref body);
                if (hits.Any(hit => hit != 1))
                    Interlocked.Increment(ref failures);
            }
        })).ToArray();
        foreach (var caller in callers)
            caller.Start();
        foreach (var caller in callers)
            caller.Join();
        Assert.Equal(0, failures);
    });

    [Fact]
    public void An_exception_reaches_the_caller_and_the_pool_stays_usable() => WithThreads(3, () =>
    {
        for (int at = 0; at < 12; at++)
        {
            var hits = new int[1];
            var body = new ThrowingBody(at, hits);
            var error = Assert.Throws<InvalidOperationException>(() => WorkerPool.Run(12, ref body));
            Assert.Equal($"chunk {at}", error.Message);
            Assert.InRange(hits[0], 1, 12);
        }
        var counts = new int[100];
        var count = new CountBody(counts);
        WorkerPool.Run(100, ref count);
        Assert.All(counts, hit => Assert.Equal(1, hit));
    });

    [Fact]
    public void A_body_may_hold_references_and_lie_on_the_heap() => WithThreads(3, () =>
    {
        var holder = new Holder { Body = new CollectingBody(new int[64], string.Concat("moved", " about")) };
        WorkerPool.Run(64, ref holder.Body);
        var hits = new int[64];
        holder.Body = new CollectingBody(hits, string.Concat("moved", " about"));
        WorkerPool.Run(64, ref holder.Body);
        Assert.All(hits, hit => Assert.Equal(1, hit));
    });

    [Fact]
    public void Workers_wake_again_after_parking() => WithThreads(2, () =>
    {
        for (int repeat = 0; repeat < 30; repeat++)
        {
            var hits = new int[8];
            var body = new CountBody(hits);
            WorkerPool.Run(8, ref body);
            Assert.All(hits, hit => Assert.Equal(1, hit));
            Thread.Sleep(2);
        }
    });

    [Fact]
    public void The_number_of_threads_must_be_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerPool.Threads = 0);
}
