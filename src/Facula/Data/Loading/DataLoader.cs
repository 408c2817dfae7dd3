using System.Collections;

namespace Facula.Modules;

/// <summary>Goes through a dataset in batches, on the calling thread or with worker threads; order and randomness are PyTorch's for the same seed.</summary>
public class DataLoader<TSample, TBatch> : IEnumerable<TBatch>, IAsyncEnumerable<TBatch>, IDisposable
{
    private readonly LoaderSettings _settings;
    private readonly Collation<TSample, TBatch> _collation;
    private readonly LoaderProgress _progress = new();
    private readonly IEnumerable<TSample> _samples;
    private readonly bool _iterable;
    private WorkerCrew<TSample, TBatch>? _crew;

    internal DataLoader(IEnumerable<TSample> dataset, Collation<TSample, TBatch> collation, LoaderSettings settings)
    {
        this.dataset = dataset;
        _samples = dataset is IReadOnlyList<TSample> list ? Datasets.Of(list) : dataset;
        _iterable = _samples is not Dataset<TSample>;
        _settings = settings.Checked(_iterable);
        _collation = collation;
        if (_iterable)
            return;
        sampler = settings.Sampler
            ?? (settings.Shuffle is true ? new RandomSampler(_samples, generator: settings.Generator) : new SequentialSampler(_samples));
        batch_sampler = settings.BatchSampler ?? (settings.BatchSize is { } size ? new BatchSampler(sampler, size, settings.DropLast) : null);
    }

    /// <summary>Where the samples come from.</summary>
    public IEnumerable<TSample> dataset { get; }

    /// <summary>How many samples a batch has; null when a batch sampler decides, or samples come singly.</summary>
    public long? batch_size => _settings.BatchSampler is null ? _settings.BatchSize : null;

    /// <summary>The order of the samples; null for a stream.</summary>
    public IEnumerable<long>? sampler { get; }

    /// <summary>The order of the samples in batches; null for a stream or single samples.</summary>
    public IEnumerable<IReadOnlyList<long>>? batch_sampler { get; }

    /// <summary>How many threads load ahead; 0 loads on the calling thread.</summary>
    public int num_workers => _settings.NumWorkers;

    /// <summary>Whether a last batch that is not full is left out.</summary>
    public bool drop_last => _settings.DropLast;

    /// <summary>Where order and worker seeds come from; null is the default generator.</summary>
    public Generator? generator => _settings.Generator;

    /// <summary>How many passes went to their end.</summary>
    public long epoch => _progress.Epoch;

    /// <summary>The number of batches of a pass: Python's <c>len(loader)</c>.</summary>
    public long Length
    {
        get
        {
            if (!_iterable)
                return Datasets.CountOf((object?)batch_sampler ?? sampler!);
            long count = Datasets.CountOf(_samples);
            if (_settings.BatchSize is not { } size)
                return count;
            return drop_last ? count / size : (count + size - 1) / size;
        }
    }

    public IEnumerator<TBatch> GetEnumerator() => Start(CancellationToken.None);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public IAsyncEnumerator<TBatch> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Start(cancellationToken);

    // Both enumerable interfaces would claim these names of LINQ; the synchronous one is meant.

    /// <summary>The results of a function on each batch.</summary>
    public IEnumerable<TResult> Select<TResult>(Func<TBatch, TResult> selector) => Enumerable.Select(this, selector);

    /// <summary>The results of a function on each batch, one after the other.</summary>
    public IEnumerable<TResult> SelectMany<TResult>(Func<TBatch, IEnumerable<TResult>> selector) => Enumerable.SelectMany(this, selector);

    /// <summary>The batches that satisfy a condition.</summary>
    public IEnumerable<TBatch> Where(Func<TBatch, bool> predicate) => Enumerable.Where(this, predicate);

    /// <summary>The first batches.</summary>
    public IEnumerable<TBatch> Take(int count) => Enumerable.Take(this, count);

    /// <summary>All but the first batches.</summary>
    public IEnumerable<TBatch> Skip(int count) => Enumerable.Skip(this, count);

    /// <summary>The place in the data, so that a run can go on in the middle of a pass; see <see cref="load_state_dict"/>.</summary>
    public OrderedDict<string, object?> state_dict() => new()
    {
        ["epoch"] = _progress.Epoch,
        ["position"] = _progress.Position,
        ["default_generator"] = _progress.DefaultState,
        ["generator"] = _progress.OwnState,
    };

    /// <summary>
    /// Takes up the place that <see cref="state_dict"/> noted: the next pass has the interrupted one's order and begins with the batch after the last that was handed out.
    /// </summary>
    public void load_state_dict(object state_dict)
    {
        var state = Serialization.LoadedAs.Convert<OrderedDict<string, object>>(state_dict);
        _progress.Epoch = (long)state["epoch"];
        _progress.Position = (long)state["position"];
        _progress.DefaultState = state["default_generator"] as Tensor;
        _progress.OwnState = state["generator"] as Tensor;
        _progress.Resuming = _progress.DefaultState is not null;
    }

    /// <summary>Ends persistent workers; a loader without them needs no disposal.</summary>
    public void Dispose()
    {
        _crew?.Dispose();
        _crew = null;
        GC.SuppressFinalize(this);
    }

    private LoaderIterator<TBatch> Start(CancellationToken cancellation)
    {
        if (!_progress.Resuming)
            return StartPass(cancellation);
        // The interrupted pass drew its order from the generators as they stood at its start; they go on from where they stand now,
        // unless it had not come to its first batch, whose draws are then still to come.
        _progress.Resuming = false;
        Tensor now = torch.get_rng_state();
        long position = _progress.Position;
        torch.set_rng_state(_progress.DefaultState!);
        if (_progress.OwnState is { } own)
            OwnGenerator?.set_state(own);
        if (position == 0)
            return StartPass(cancellation);
        try
        {
            return StartPass(cancellation, position);
        }
        finally
        {
            torch.set_rng_state(now);
        }
    }

    private Generator? OwnGenerator => _settings.Generator ?? (sampler as RandomSampler)?.generator ?? (sampler as SubsetRandomSampler)?.generator ?? (sampler as WeightedRandomSampler)?.generator;

    private LoaderIterator<TBatch> StartPass(CancellationToken cancellation, long skipped = 0)
    {
        _progress.DefaultState = torch.get_rng_state();
        _progress.OwnState = OwnGenerator?.get_state();
        _progress.Position = skipped;
        // PyTorch draws the workers' seed first, with or without workers, and the order when the first batch is asked for.
        long baseSeed = _crew is null ? Draws.Seed(_settings.Generator) : 0;
        IEnumerator<long[]>? indices = _iterable ? null : Behind(Indices().GetEnumerator(), skipped);
        var makeSource = Maker(_samples, _collation, _settings.BatchSampler is null ? _settings.BatchSize : 1, drop_last);
        if (num_workers == 0)
        {
            SampleSource<TSample, TBatch> source = makeSource();
            for (long i = 0; i < skipped && _iterable; i++)
                source.TryFetch(null, static () => false, out _);
            return new DirectIterator<TSample, TBatch>(source, indices, _progress, cancellation);
        }
        WorkerCrew<TSample, TBatch> crew = _crew ?? new WorkerCrew<TSample, TBatch>(num_workers, baseSeed, dataset, makeSource, _settings.WorkerInit);
        if (_settings.PersistentWorkers)
            _crew = crew;
        foreach (WorkerLane<TSample, TBatch> lane in crew.Lanes)
            lane.Reset();
        var iterator = new ThreadedIterator<TSample, TBatch>(crew, ownsCrew: !_settings.PersistentWorkers, indices,
            _settings.PrefetchFactor ?? LoaderSettings.DefaultPrefetch, _settings.Timeout, _progress, cancellation);
        for (long i = 0; i < skipped && _iterable; i++)
            iterator.MoveNext();
        _progress.Position = skipped;
        return iterator;
    }

    // Static, so that the worker threads, which hold the function, do not keep the loader and with it themselves alive.
    private static Func<SampleSource<TSample, TBatch>> Maker(IEnumerable<TSample> samples, Collation<TSample, TBatch> collation, long? batchSize, bool dropLast) =>
        () => new SampleSource<TSample, TBatch>(samples, collation, batchSize, dropLast);

    // The batches behind those that an interrupted pass had used; skipping at once draws the order while the generators stand where they stood then.
    private static IEnumerator<long[]> Behind(IEnumerator<long[]> indices, long skipped)
    {
        for (long i = 0; i < skipped; i++)
            indices.MoveNext();
        return indices;
    }

    private IEnumerable<long[]> Indices()
    {
        if (batch_sampler is IEnumerable<long[]> batches)
            return batches;
        return batch_sampler?.Select(batch => batch as long[] ?? [.. batch]) ?? sampler!.Select(index => new[] { index });
    }
}
