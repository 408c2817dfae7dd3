using System.Diagnostics;
using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Data;

public class DataLoaderTests
{
    private static Tensor Arange(int count) => torch.tensor(Enumerable.Range(0, count).Select(i => (long)i).ToArray());

    private static float Rand() => torch.rand(1).item().ToSingle();

    private static string Text(IEnumerable<Tensor> batches) => string.Join(' ', batches.Select(batch => string.Join(',', batch.ToArray<long>())));

    private static string Text(IEnumerable<Tensor[]> batches) => Text(batches.Select(batch => batch[0]));

    /// <summary>Samples that are random numbers: shows which generator a worker draws from.</summary>
    private sealed class RandomSamples(int count) : Dataset<double>
    {
        public override long Count => count;

        public override double this[long index] => (double)Rand() + index;
    }

    private sealed class Shards(int count) : IterableDataset<long>
    {
        public override IEnumerator<long> GetEnumerator()
        {
            WorkerInfo? info = utils.data.get_worker_info();
            for (long i = info?.id ?? 0; i < count; i += info?.num_workers ?? 1)
                yield return i;
        }
    }

    private sealed class Slow(int count, Action<long> fetch) : Dataset<long>
    {
        public override long Count => count;

        public override long this[long index]
        {
            get
            {
                fetch(index);
                return index;
            }
        }
    }

    [Fact]
    public void Shuffled_passes_have_pytorchs_order_and_draw_as_pytorch_draws()
    {
        manual_seed(7);
        var loader = utils.data.DataLoader(utils.data.TensorDataset(Arange(6)), batch_size: 4, shuffle: true);
        Assert.Equal("5,1,3,0 4,2", Text(loader));
        Assert.Equal(0.23276156187057495, (double)Rand());
        Assert.Equal("0,3,2,5 1,4", Text(loader));
        Assert.Equal(0.8512683510780334, (double)Rand());
        Assert.Equal("0,1 2,3 4,5", Text(utils.data.DataLoader(Arange(6), batch_size: 2)));
        Assert.Equal(0.28683900833129883, (double)Rand());
        Assert.Equal(2, loader.Length);
        manual_seed(1147442517540743136);
        loader = utils.data.DataLoader(utils.data.TensorDataset(Arange(5)), batch_size: 3, shuffle: true);
        Assert.Equal("0,3,2 4,1 | 3,1,0 2,4", Text(loader) + " | " + Text(loader));
    }

    [Fact]
    public void Workers_have_pytorchs_random_numbers_whatever_the_timing()
    {
        double[] recorded = [0.11662513017654419, 1.1341435313224792, 2.3148404359817505, 3.2808448672294617, 4.8065624833106995, 5.837457835674286];
        for (int i = 0; i < 3; i++)
        {
            manual_seed(7);
            var loader = utils.data.DataLoader(new RandomSamples(6), batch_size: 2, num_workers: 2);
            Assert.Equal(recorded, loader.SelectMany(batch => batch.ToArray<double>()));
            Assert.Equal(0.6592116951942444, (double)Rand());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Batches_come_in_order(int workers)
    {
        var random = new Random(1);
        var loader = utils.data.DataLoader(new Slow(50, _ => Thread.Sleep(random.Next(3))), batch_size: 4, num_workers: workers, drop_last: true);
        string expected = Text(utils.data.DataLoader(Arange(50), batch_size: 4, drop_last: true));
        Assert.Equal(expected, Text(loader));
        var batches = new List<Tensor>();
        await foreach (Tensor batch in loader)
            batches.Add(batch);
        Assert.Equal(expected, Text(batches));
    }

    [Fact]
    public void Streams_are_batched_and_shared_among_workers_as_in_pytorch()
    {
        Assert.Equal("0,1,2 3,4,5 6", Text(utils.data.DataLoader(new Shards(7), batch_size: 3)));
        Assert.Equal("0,3 1,4 2,5 6", Text(utils.data.DataLoader(new Shards(7), batch_size: 2, num_workers: 3)));
        Assert.Equal("0,2 1,3 4,6", Text(utils.data.DataLoader(new Shards(7), batch_size: 2, num_workers: 2, drop_last: true)));
        Assert.Throws<ArgumentException>(() => utils.data.DataLoader(new Shards(7)).Length);
        Assert.Equal("DataLoader with IterableDataset: expected unspecified shuffle option, but got shuffle=True",
            Assert.Throws<ArgumentException>(() => utils.data.DataLoader(new Shards(7), shuffle: true)).Message);
    }

    [Fact]
    public void Samples_of_every_shape_are_joined()
    {
        Tensor x = torch.tensor([[1.0f, 2], [3, 4], [5, 6]]);
        foreach (var (a, b) in utils.data.DataLoader(utils.data.TensorDataset(x, Arange(3)), batch_size: 3))
            Assert.Equal((3, 2), (a.shape[0], b.shape.Length + 1));
        var pairs = new List<(Tensor, int)> { (x.select(0, 0), 7), (x.select(0, 1), 8) };
        foreach (var (input, label) in utils.data.DataLoader(pairs, batch_size: 2))
        {
            Assert.Equal([1f, 2f, 3f, 4f], input.ToArray<float>());
            Assert.Equal([7L, 8L], label.ToArray<long>());
        }
        foreach (var (input, text) in utils.data.DataLoader(new[] { (x, "a"), (x, "b") }, batch_size: 2))
            Assert.Equal(("ab", 3), (string.Concat(text), input.ndim));
        Assert.Equal("0,1 2", Text(utils.data.DataLoader([0, 1, 2], batch_size: 2)));
        Assert.Equal(2.5, utils.data.DataLoader([0.5, 2.5]).Skip(1).First().item().ToDouble());
        var named = utils.data.DataLoader(new List<Dictionary<string, Tensor>> { new() { ["x"] = x }, new() { ["x"] = x } }, batch_size: 2).Single();
        Assert.Equal([2, 3, 2], named["x"].shape);
        var joined = utils.data.DataLoader(new object[] { new object[] { 1, "a" }, new object[] { 2, "b" } }, batch_size: 2).Single();
        Assert.Equal([1L, 2L], ((Tensor)((List<object>)joined)[0]).ToArray<long>());
        Assert.Equal("3 7", string.Join(' ', utils.data.DataLoader(Enumerable.Range(0, 5).ToArray(), batch => batch.Sum(), batch_size: 3)));
        Assert.Equal([3], utils.data.DataLoader(x.select(1, 0), batch_size: null).Take(1).Select(sample => sample.ndim + 3));
        Assert.StartsWith("stack expects each tensor to be equal size, but got [2] at entry 0 and [3, 2] at entry 1",
            Assert.Throws<TorchException>(() => utils.data.DataLoader(new[] { x.select(0, 0), x }, batch_size: 2).First()).Message);
    }

    [Fact]
    public void Rows_in_order_are_views_and_others_are_gathered()
    {
        Tensor x = torch.tensor([[1.0f, 2], [3, 4], [5, 6], [7, 8]]);
        Tensor batch = utils.data.DataLoader(x, batch_size: 2).First();
        batch.fill_(9);
        Assert.Equal([9f, 9f, 9f, 9f, 5f, 6f, 7f, 8f], x.ToArray<float>());
        var subset = utils.data.Subset(utils.data.TensorDataset(x, x.as_strided([4, 2], [1, 4])), [3, 0, 2]);
        var (rows, scattered) = utils.data.DataLoader(subset, batch_size: 3).Single();
        Assert.Equal([7f, 8f, 9f, 9f, 5f, 6f], rows.ToArray<float>());
        Assert.Equal([9f, 8f, 9f, 5f, 9f, 7f], scattered.ToArray<float>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Exceptions_carry_the_index_of_the_sample(int workers)
    {
        var loader = utils.data.DataLoader(new Slow(10, index =>
        {
            if (index == 5)
                throw new FormatException("sample is broken");
        }), batch_size: 2, num_workers: workers);
        var seen = new List<Tensor>();
        Exception error = Assert.ThrowsAny<Exception>(() =>
        {
            foreach (Tensor batch in loader)
                seen.Add(batch);
        });
        Assert.Equal("0,1 2,3", Text(seen));
        if (workers == 0)
        {
            Assert.IsType<FormatException>(error);
            Assert.Equal(5L, error.Data["index of the sample"]);
            return;
        }
        var wrapped = Assert.IsType<DataLoaderException>(error);
        Assert.Equal(5, wrapped.SampleIndex);
        Assert.StartsWith("Caught FormatException in DataLoader worker thread 0 at the sample with index 5.\nsample is broken", wrapped.Message);
        Assert.IsType<FormatException>(wrapped.InnerException);
    }

    [Fact]
    public void Prefetching_is_bounded()
    {
        int fetched = 0;
        using IEnumerator<Tensor> pass = utils.data.DataLoader(new Slow(1000, _ => Interlocked.Increment(ref fetched)), batch_size: 1, num_workers: 2, prefetch_factor: 3).GetEnumerator();
        pass.MoveNext();
        Thread.Sleep(100);
        Assert.InRange(fetched, 6, 7);
    }

    [Fact]
    public void Breaking_out_ends_the_threads()
    {
        var threads = new HashSet<Thread>();
        foreach (Tensor _ in utils.data.DataLoader(new Slow(1000, _ => Note(threads)), num_workers: 3))
            break;
        Assert.True(SpinWait.SpinUntil(() => threads.All(thread => !thread.IsAlive), 2000));
        // An enumerator that nobody disposes is collected, and its threads with it.
        threads.Clear();
        Abandon(threads);
        Assert.True(SpinWait.SpinUntil(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            lock (threads)
                return threads.All(thread => !thread.IsAlive);
        }, 5000));
    }

    private static void Note(HashSet<Thread> threads)
    {
        lock (threads)
            threads.Add(Thread.CurrentThread);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Abandon(HashSet<Thread> threads) =>
        utils.data.DataLoader(new Slow(1000, _ => Note(threads)), num_workers: 3).GetEnumerator().MoveNext();

    [Fact]
    public void Shutdown_is_prompt_also_while_a_sample_is_slow()
    {
        using var gate = new ManualResetEventSlim();
        var pass = utils.data.DataLoader(new Slow(10, index =>
        {
            if (index > 0)
                gate.Wait();
        }), num_workers: 2).GetEnumerator();
        pass.MoveNext();
        var clock = Stopwatch.StartNew();
        pass.Dispose();
        Assert.True(clock.ElapsedMilliseconds < 1500);
        gate.Set();
    }

    [Fact]
    public async Task Timeouts_and_cancellation_are_noticed()
    {
        using var gate = new ManualResetEventSlim();
        var stuck = new Slow(4, _ => gate.Wait(5000));
        Assert.Equal("DataLoader timed out after 0.1 seconds",
            Assert.Throws<TorchException>(() => utils.data.DataLoader(stuck, num_workers: 1, timeout: 0.1).First()).Message);
        using var cancellation = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Tensor _ in utils.data.DataLoader(stuck, num_workers: 1).WithCancellation(cancellation.Token))
            {
            }
        });
        gate.Set();
    }

    [Fact]
    public void Persistent_workers_stay_and_init_runs_once_each()
    {
        var threads = new HashSet<Thread>();
        int inits = 0;
        using var loader = utils.data.DataLoader(new Slow(20, _ => Note(threads)), batch_size: 2, num_workers: 2, persistent_workers: true,
            worker_init_fn: id => Interlocked.Add(ref inits, 1 + 10 * utils.data.get_worker_info()!.id));
        string first = Text(loader);
        foreach (Tensor _ in loader)
            break;
        Assert.Equal(first, Text(loader));
        Assert.Equal((2, 12), (threads.Count, inits));
        loader.Dispose();
        Assert.True(SpinWait.SpinUntil(() => threads.All(thread => !thread.IsAlive), 2000));
        Assert.Contains("in worker_init_fn", Assert.Throws<DataLoaderException>(() =>
            utils.data.DataLoader(new Slow(2, _ => { }), num_workers: 1, worker_init_fn: _ => throw new InvalidOperationException("no")).First()).Message);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void A_pass_goes_on_where_a_checkpoint_left_it(int workers, bool ownGenerator)
    {
        DataLoader<Tensor[], Tensor[]> Make() => utils.data.DataLoader(utils.data.TensorDataset(Arange(11)), batch_size: 2, shuffle: true, num_workers: workers,
            generator: ownGenerator ? new Generator().manual_seed(3) : null);
        for (int stop = 0; stop <= 6; stop++)
        {
            manual_seed(5);
            var loader = Make();
            Text(loader);
            var pass = loader.GetEnumerator();
            for (int i = 0; i < stop; i++)
                pass.MoveNext();
            var state = loader.state_dict();
            Tensor generators = get_rng_state();
            var expected = new List<Tensor[]>();
            while (pass.MoveNext())
                expected.Add(pass.Current);
            string next = Text(loader);
            float drawn = Rand();

            manual_seed(99);
            var resumed = Make();
            using var stream = new MemoryStream();
            torch.save(state, stream);
            stream.Position = 0;
            resumed.load_state_dict(torch.load(stream));
            set_rng_state(generators);
            Assert.Equal(Text(expected), Text(resumed));
            Assert.Equal(2, resumed.epoch);
            Assert.Equal(next, Text(resumed));
            Assert.Equal(drawn, Rand());
        }
    }

    [Theory]
    [InlineData("num_workers option should be non-negative")]
    [InlineData("sampler option is mutually exclusive with shuffle")]
    [InlineData("batch_sampler option is mutually exclusive with")]
    [InlineData("persistent_workers option needs num_workers > 0")]
    [InlineData("batch_size should be a positive integer value, but got batch_size=0")]
    public void Options_that_contradict_are_refused(string message)
    {
        Tensor x = Arange(3);
        var sampler = utils.data.SequentialSampler(x);
        Action make = message[..5] switch
        {
            "num_w" => () => utils.data.DataLoader(x, num_workers: -1),
            "sampl" => () => utils.data.DataLoader(x, shuffle: true, sampler: sampler),
            "persi" => () => utils.data.DataLoader(x, persistent_workers: true),
            _ when message.StartsWith("batch_size") => () => utils.data.DataLoader(x, batch_size: 0),
            _ => () => utils.data.DataLoader(x, batch_size: 2, batch_sampler: utils.data.BatchSampler(sampler, 2, false)),
        };
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message);
    }

    [Fact]
    public void Datasets_combine()
    {
        var both = utils.data.ConcatDataset([1, 2, 3], Array.Empty<int>(), [4]);
        Assert.Equal([1, 2, 3, 4], both);
        Assert.Equal(4, both[-1]);
        Assert.Equal([(1, "a"), (2, "b")], utils.data.StackDataset([1, 2], ["a", "b"]));
        Assert.Equal([0L, 1, 2, 0, 1], new Shards(3) + new Shards(2));
        var named = utils.data.StackDataset(new Dictionary<string, IReadOnlyList<int>> { ["x"] = [1, 2], ["y"] = [3, 4] });
        Assert.Equal(4, named[1]["y"]);
        Assert.Equal("Size mismatch between tensors", Assert.Throws<ArgumentException>(() => utils.data.TensorDataset(Arange(2), Arange(3))).Message);
    }
}
