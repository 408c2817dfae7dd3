namespace Facula.Modules;

/// <summary>Makes batches: from a dataset and indices, or from a stream of samples. Each worker has one of its own.</summary>
internal sealed class SampleSource<TSample, TBatch>(IEnumerable<TSample> dataset, Collation<TSample, TBatch> collation, long? batchSize, bool dropLast) : IDisposable
{
    private const string IndexKey = "index of the sample";

    private readonly Dataset<TSample>? _indexed = dataset as Dataset<TSample>;
    private IEnumerator<TSample>? _stream;

    /// <summary>The index of the sample at which an exception of <see cref="Fetch"/> arose.</summary>
    public static long? IndexOf(Exception exception) => exception.Data[IndexKey] as long?;

    /// <summary>The batch of the samples at the indices; of a stream, the next batch, and false at its end.</summary>
    public bool TryFetch(long[]? indices, Func<bool> stopping, out TBatch batch)
    {
        if (indices is not null)
        {
            batch = Fetch(indices, stopping);
            return true;
        }
        _stream ??= dataset.GetEnumerator();
        if (batchSize is not { } size)
        {
            bool more = _stream.MoveNext();
            batch = more ? collation.Convert(_stream.Current) : default!;
            return more;
        }
        var samples = new List<TSample>((int)Math.Min(size, 1024));
        while (samples.Count < size && !stopping() && _stream.MoveNext())
            samples.Add(_stream.Current);
        bool any = samples.Count == size || (samples.Count > 0 && !dropLast);
        batch = any ? collation.Join(samples) : default!;
        return any;
    }

    public void Dispose() => _stream?.Dispose();

    private TBatch Fetch(long[] indices, Func<bool> stopping)
    {
        bool batched = batchSize is not null;
        if (batched && collation.FromColumns is { } fromColumns && _indexed!.TryGather(indices, out Tensor[] columns))
            return fromColumns(columns);
        if (!batched)
            return collation.Convert(FetchOne(indices[0]));
        var samples = new TSample[indices.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            if (stopping())
                throw new OperationCanceledException();
            samples[i] = FetchOne(indices[i]);
        }
        return collation.Join(samples);
    }

    private TSample FetchOne(long index)
    {
        try
        {
            return _indexed![index];
        }
        catch (Exception exception)
        {
            exception.Data[IndexKey] = index;
            throw;
        }
    }
}
