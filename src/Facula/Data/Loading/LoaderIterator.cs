using System.Collections;

namespace Facula.Modules;

/// <summary>One pass over a loader, synchronous or asynchronous.</summary>
internal abstract class LoaderIterator<TBatch> : IEnumerator<TBatch>, IAsyncEnumerator<TBatch>
{
    public TBatch Current { get; protected set; } = default!;

    object IEnumerator.Current => Current!;

    public abstract bool MoveNext();

    public abstract ValueTask<bool> MoveNextAsync();

    public void Reset() => throw new NotSupportedException("start a new pass over the loader instead");

    public abstract void Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A pass on the calling thread.</summary>
internal sealed class DirectIterator<TSample, TBatch>(SampleSource<TSample, TBatch> source, IEnumerator<long[]>? indices, LoaderProgress progress, CancellationToken cancellation)
    : LoaderIterator<TBatch>
{
    private bool _done;

    public override bool MoveNext()
    {
        cancellation.ThrowIfCancellationRequested();
        if (_done)
            return false;
        bool more = indices is null || indices.MoveNext();
        if (!more || !source.TryFetch(indices?.Current, static () => false, out TBatch batch))
        {
            _done = true;
            progress.Finish();
            return false;
        }
        Current = batch;
        progress.Advance();
        return true;
    }

    public override ValueTask<bool> MoveNextAsync() => ValueTask.FromResult(MoveNext());

    public override void Dispose()
    {
        _done = true;
        indices?.Dispose();
        source.Dispose();
    }
}

/// <summary>A pass with worker threads. Batch i is the work of worker i mod n, and results are taken in that order, so the outcome does not depend on timing.</summary>
internal sealed class ThreadedIterator<TSample, TBatch> : LoaderIterator<TBatch>
{
    private readonly WorkerCrew<TSample, TBatch> _crew;
    private readonly bool _ownsCrew;
    private readonly IEnumerator<long[]>? _indices;
    private readonly LoaderProgress _progress;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _cancellation;
    private readonly Queue<int> _order = [];
    private readonly bool[] _ended;
    private int _next;
    private bool _exhausted;
    private bool _disposed;

    public ThreadedIterator(WorkerCrew<TSample, TBatch> crew, bool ownsCrew, IEnumerator<long[]>? indices, int prefetch, double timeout, LoaderProgress progress, CancellationToken cancellation)
    {
        (_crew, _ownsCrew, _indices, _progress, _cancellation) = (crew, ownsCrew, indices, progress, cancellation);
        _timeout = timeout > 0 ? TimeSpan.FromSeconds(timeout) : Timeout.InfiniteTimeSpan;
        _ended = new bool[crew.Lanes.Length];
        for (int i = 0; i < prefetch * crew.Lanes.Length; i++)
            Send();
    }

    public override bool MoveNext()
    {
        while (!_disposed && _order.TryDequeue(out int lane))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (Accept(lane, _crew.Lanes[lane].Take(_timeout)))
                return true;
        }
        return Finish();
    }

    public override async ValueTask<bool> MoveNextAsync()
    {
        while (!_disposed && _order.TryDequeue(out int lane))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (Accept(lane, await _crew.Lanes[lane].TakeAsync(_timeout, _cancellation).ConfigureAwait(false)))
                return true;
        }
        return Finish();
    }

    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _indices?.Dispose();
        if (_ownsCrew)
        {
            _crew.Dispose();
            return;
        }
        foreach (WorkerLane<TSample, TBatch> lane in _crew.Lanes)
            lane.Reset();
    }

    private bool Accept(int lane, LaneResult<TBatch>? result)
    {
        if (result is not { } answer)
            throw new TorchException($"DataLoader timed out after {_timeout.TotalSeconds} seconds");
        if (answer.Error is { } error)
        {
            Send();
            throw error;
        }
        _ended[lane] |= answer.End;
        Send();
        if (answer.End)
            return false;
        Current = answer.Batch;
        _progress.Advance();
        return true;
    }

    private bool Finish()
    {
        if (!_disposed)
        {
            _progress.Finish();
            Dispose();
        }
        return false;
    }

    // The sampler is advanced here, on the consumer's thread, so that its draws keep their place among the program's own.
    private void Send()
    {
        if (_exhausted || Array.TrueForAll(_ended, ended => ended) || (_exhausted = _indices is not null && !_indices.MoveNext()))
            return;
        while (_ended[_next])
            _next = (_next + 1) % _ended.Length;
        _crew.Lanes[_next].Post(_indices?.Current);
        _order.Enqueue(_next);
        _next = (_next + 1) % _ended.Length;
    }
}
