namespace Facula.Modules;

/// <summary>Which worker of a data loader runs on the calling thread.</summary>
public sealed class WorkerInfo
{
    [ThreadStatic] private static WorkerInfo? t_current;

    internal WorkerInfo(int id, int workers, long seed, object dataset) => (this.id, num_workers, this.seed, this.dataset) = (id, workers, seed, dataset);

    /// <summary>The worker's number, from 0.</summary>
    public int id { get; }

    /// <summary>How many workers there are.</summary>
    public int num_workers { get; }

    /// <summary>What the worker's default generator was seeded with.</summary>
    public long seed { get; }

    /// <summary>The dataset, which all workers share.</summary>
    public object dataset { get; }

    internal static WorkerInfo? Current
    {
        get => t_current;
        set => t_current = value;
    }
}

/// <summary>A worker of a data loader failed; the inner exception says how, the message at which sample.</summary>
public sealed class DataLoaderException : TorchException
{
    internal DataLoaderException(string message, Exception inner, long? index) : base(message, inner) => SampleIndex = index;

    /// <summary>The index of the sample that failed; null when it was not a sample.</summary>
    public long? SampleIndex { get; }
}
