namespace Facula.Modules;

/// <summary>The samples in random order, or drawn with replacement.</summary>
public sealed class RandomSampler : Sampler<long>
{
    private readonly long? _numSamples;

    public RandomSampler(object data_source, bool replacement = false, long? num_samples = null, Generator? generator = null)
    {
        this.data_source = data_source;
        this.replacement = replacement;
        this.generator = generator;
        _numSamples = num_samples;
        if (this.num_samples <= 0)
            throw new ArgumentException($"num_samples should be a positive integer value, but got num_samples={this.num_samples}");
    }

    /// <summary>The dataset, tensor, array or list.</summary>
    public object data_source { get; }

    /// <summary>Whether a sample may be drawn again.</summary>
    public bool replacement { get; }

    /// <summary>How many samples a pass draws; all of them unless said otherwise.</summary>
    public long num_samples => _numSamples ?? Datasets.CountOf(data_source);

    /// <summary>Where the order comes from; null draws a seed from the default generator for each pass.</summary>
    public Generator? generator { get; }

    public override long Length => num_samples;

    public override IEnumerator<long> GetEnumerator()
    {
        long count = Datasets.CountOf(data_source), left = num_samples;
        Generator source = generator ?? new Generator().manual_seed(Draws.Seed(null));
        while (left > 0)
        {
            // PyTorch draws 32 at a time with replacement, and a whole permutation without; the last is cut.
            long[] drawn = replacement
                ? Draws.Integers(count, Math.Min(left, 32), source)
                : Draws.Permutation(count, source);
            long used = Math.Min(left, drawn.Length);
            for (long i = 0; i < used; i++)
                yield return drawn[i];
            left -= used;
        }
        // PyTorch draws the cut-off permutation even where nothing is left of it, which moves a generator of the user's on.
        if (!replacement && generator is not null && num_samples % count == 0)
            Draws.Permutation(count, source);
    }
}
