namespace Facula.Modules;

/// <summary>What a worker answers to a task: a batch, the end of its stream, or an exception.</summary>
internal readonly record struct LaneResult<TBatch>(TBatch Batch, bool End = false, Exception? Error = null);

/// <summary>One worker thread with its queue of tasks and its queue of results, both in order.</summary>
/// <remarks>
/// The thread refers to the lane only, never to the loader or an enumerator, so that a forgotten enumerator can be collected, which ends the thread.
/// </remarks>
internal sealed class WorkerLane<TSample, TBatch>
{
    private readonly object _gate = new();
    private readonly Queue<long[]?> _tasks = [];
    private readonly Queue<LaneResult<TBatch>> _results = [];
    private readonly Func<SampleSource<TSample, TBatch>> _makeSource;
    private readonly Action<int>? _init;
    private readonly WorkerInfo _info;
    private readonly Thread _thread;
    private TaskCompletionSource? _arrival;
    private int _pass;
    private volatile bool _stop;

    public WorkerLane(WorkerInfo info, Func<SampleSource<TSample, TBatch>> makeSource, Action<int>? init)
    {
        (_info, _makeSource, _init) = (info, makeSource, init);
        _thread = new Thread(Work) { IsBackground = true, Name = $"DataLoader worker {info.id}" };
        _thread.Start();
    }

    public void Post(long[]? indices)
    {
        lock (_gate)
        {
            _tasks.Enqueue(indices);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The next result; null when none came in time.</summary>
    public LaneResult<TBatch>? Take(TimeSpan timeout)
    {
        long deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            while (_results.Count == 0)
            {
                long left = deadline == long.MaxValue ? Timeout.Infinite : deadline - Environment.TickCount64;
                if (deadline != long.MaxValue && left <= 0)
                    return null;
                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }
            return _results.Dequeue();
        }
    }

    /// <summary>The next result without holding a thread while it is not there.</summary>
    public async ValueTask<LaneResult<TBatch>?> TakeAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_results.TryDequeue(out LaneResult<TBatch> result))
                    return result;
                _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }
            try
            {
                await arrival.WaitAsync(timeout, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    /// <summary>Forgets all tasks and results: a new pass begins.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _pass++;
            _tasks.Clear();
            _results.Clear();
        }
    }

    /// <summary>Tells the thread to end after the sample at hand.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stop = true;
            _pass++;
            _tasks.Clear();
            _results.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    public bool Join(TimeSpan timeout) => Thread.CurrentThread == _thread || _thread.Join(timeout);

    private void Work()
    {
        WorkerInfo.Current = _info;
        Generator.UseOnThisThread(new Generator().manual_seed(_info.seed));
        Exception? broken = null;
        SampleSource<TSample, TBatch>? source = null;
        try
        {
            _init?.Invoke(_info.id);
        }
        catch (Exception exception)
        {
            broken = Wrap(exception, "in worker_init_fn");
        }
        int sourcePass = -1;
        while (Next(out long[]? indices, out int pass))
        {
            if (pass != sourcePass)
            {
                source?.Dispose();
                (source, sourcePass) = (_makeSource(), pass);
            }
            Answer(pass, broken is null ? Fetch(source!, indices, pass) : new LaneResult<TBatch>(default!, Error: broken));
        }
        source?.Dispose();
    }

    private bool Next(out long[]? indices, out int pass)
    {
        lock (_gate)
        {
            while (_tasks.Count == 0 && !_stop)
                Monitor.Wait(_gate);
            pass = _pass;
            indices = _stop ? null : _tasks.Dequeue();
            return !_stop;
        }
    }

    private LaneResult<TBatch> Fetch(SampleSource<TSample, TBatch> source, long[]? indices, int pass)
    {
        try
        {
            return source.TryFetch(indices, () => Volatile.Read(ref _pass) != pass, out TBatch batch)
                ? new LaneResult<TBatch>(batch)
                : new LaneResult<TBatch>(default!, End: true);
        }
        catch (Exception exception)
        {
            long? index = SampleSource<TSample, TBatch>.IndexOf(exception);
            return new LaneResult<TBatch>(default!, Error: Wrap(exception, index is null ? "while making a batch" : $"at the sample with index {index}", index));
        }
    }

    private DataLoaderException Wrap(Exception exception, string where, long? index = null) =>
        new($"Caught {exception.GetType().Name} in DataLoader worker thread {_info.id} {where}.\n{exception.Message}", exception, index);

    private void Answer(int pass, LaneResult<TBatch> result)
    {
        lock (_gate)
        {
            if (pass != _pass)
                return;
            _results.Enqueue(result);
            Monitor.PulseAll(_gate);
            _arrival?.TrySetResult();
            _arrival = null;
        }
    }
}
