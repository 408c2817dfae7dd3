namespace Facula.Modules;

/// <summary>The share of one of several processes in a dataset; all shares are equally long.</summary>
public sealed class DistributedSampler : Sampler<long>
{
    private readonly object _dataset;
    private readonly bool _shuffle;
    private readonly long _seed;
    private long _epoch;

    public DistributedSampler(object dataset, long num_replicas, long rank, bool shuffle = true, long seed = 0, bool drop_last = false)
    {
        if (rank >= num_replicas || rank < 0)
            throw new ArgumentException($"Invalid rank {rank}, rank should be in the interval [0, {num_replicas - 1}]");
        (_dataset, _shuffle, _seed) = (dataset, shuffle, seed);
        this.num_replicas = num_replicas;
        this.rank = rank;
        this.drop_last = drop_last;
        long count = Datasets.CountOf(dataset);
        num_samples = drop_last ? count / num_replicas : (count + num_replicas - 1) / num_replicas;
        total_size = num_samples * num_replicas;
    }

    /// <summary>How many processes share the dataset.</summary>
    public long num_replicas { get; }

    /// <summary>Which of them this is.</summary>
    public long rank { get; }

    /// <summary>Whether the end of the dataset is cut rather than its beginning repeated, to make the shares equal.</summary>
    public bool drop_last { get; }

    /// <summary>How many samples each process gets.</summary>
    public long num_samples { get; }

    /// <summary>How many all of them get together.</summary>
    public long total_size { get; }

    public override long Length => num_samples;

    /// <summary>Gives the next pass another order; all processes must say the same.</summary>
    public void set_epoch(long epoch) => _epoch = epoch;

    public override IEnumerator<long> GetEnumerator()
    {
        long count = Datasets.CountOf(_dataset);
        long[]? order = _shuffle ? Draws.Permutation(count, new Generator().manual_seed(_seed + _epoch)) : null;
        for (long i = rank; i < total_size; i += num_replicas)
            yield return order is null ? i % count : order[i % count];
    }
}
