namespace Facula.Modules;

/// <summary>The indices of another sampler in batches.</summary>
public sealed class BatchSampler : Sampler<long[]>
{
    public BatchSampler(IEnumerable<long> sampler, long batch_size, bool drop_last)
    {
        if (batch_size <= 0)
            throw new ArgumentException($"batch_size should be a positive integer value, but got batch_size={batch_size}");
        this.sampler = sampler;
        this.batch_size = batch_size;
        this.drop_last = drop_last;
    }

    /// <summary>Where the indices come from.</summary>
    public IEnumerable<long> sampler { get; }

    /// <summary>How many indices a batch has.</summary>
    public long batch_size { get; }

    /// <summary>Whether a last batch that is not full is left out.</summary>
    public bool drop_last { get; }

    public override long Length
    {
        get
        {
            long count = Datasets.CountOf(sampler);
            return drop_last ? count / batch_size : (count + batch_size - 1) / batch_size;
        }
    }

    public override IEnumerator<long[]> GetEnumerator()
    {
        using IEnumerator<long> indices = sampler.GetEnumerator();
        while (true)
        {
            var batch = new long[batch_size];
            int filled = 0;
            while (filled < batch.Length && indices.MoveNext())
                batch[filled++] = indices.Current;
            if (filled == batch.Length)
            {
                yield return batch;
                continue;
            }
            if (filled > 0 && !drop_last)
                yield return batch[..filled];
            yield break;
        }
    }
}
