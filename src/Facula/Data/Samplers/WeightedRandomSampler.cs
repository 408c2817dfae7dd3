namespace Facula.Modules;

/// <summary>Indices drawn by weight.</summary>
public sealed class WeightedRandomSampler : Sampler<long>
{
    public WeightedRandomSampler(Tensor weights, long num_samples, bool replacement = true, Generator? generator = null)
    {
        if (num_samples <= 0)
            throw new ArgumentException($"num_samples should be a positive integer value, but got num_samples={num_samples}");
        if (weights.ndim != 1)
            throw new ArgumentException($"weights should be a 1d sequence but given weights have shape {Shape(weights)}");
        this.weights = weights.to(torch.float64);
        this.num_samples = num_samples;
        this.replacement = replacement;
        this.generator = generator;
    }

    public WeightedRandomSampler(IEnumerable<double> weights, long num_samples, bool replacement = true, Generator? generator = null)
        : this(torch.tensor(weights.ToArray()), num_samples, replacement, generator)
    {
    }

    /// <summary>The weights, not necessarily of sum 1.</summary>
    public Tensor weights { get; }

    /// <summary>How many indices a pass draws.</summary>
    public long num_samples { get; }

    /// <summary>Whether an index may be drawn again.</summary>
    public bool replacement { get; }

    /// <summary>Where the draws come from; null is the default generator.</summary>
    public Generator? generator { get; }

    public override long Length => num_samples;

    public override IEnumerator<long> GetEnumerator()
    {
        foreach (long index in torch.multinomial(weights, num_samples, replacement, generator: generator).ToArray<long>())
            yield return index;
    }

    private static string Shape(Tensor tensor) => tensor.ndim == 1 ? $"({tensor.shape[0]},)" : $"({string.Join(", ", tensor.shape.ToArray())})";
}
