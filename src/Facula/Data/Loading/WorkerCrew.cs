namespace Facula.Modules;

/// <summary>The worker threads of a loader; they end when the crew is disposed or nobody refers to it any more.</summary>
internal sealed class WorkerCrew<TSample, TBatch> : IDisposable
{
    // A thread may be deep in a slow sample, which nothing can interrupt; it ends by itself afterwards.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public WorkerCrew(int workers, long baseSeed, object dataset, Func<SampleSource<TSample, TBatch>> makeSource, Action<int>? init)
    {
        Lanes = new WorkerLane<TSample, TBatch>[workers];
        for (int i = 0; i < workers; i++)
            Lanes[i] = new WorkerLane<TSample, TBatch>(new WorkerInfo(i, workers, baseSeed + i, dataset), makeSource, init);
    }

    ~WorkerCrew() => Stop();

    public WorkerLane<TSample, TBatch>[] Lanes { get; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Stop();
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        foreach (WorkerLane<TSample, TBatch> lane in Lanes)
            lane.Join(TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64)));
    }

    private void Stop()
    {
        foreach (WorkerLane<TSample, TBatch>? lane in Lanes)
            lane?.Stop();
    }
}
