using System.Collections;

namespace Facula.Modules;

/// <summary>An order in which to visit samples. Override <see cref="GetEnumerator"/> and <see cref="Length"/>.</summary>
public abstract class Sampler<T> : IEnumerable<T>, ISized
{
    /// <summary>How many values one pass yields: Python's <c>len(sampler)</c>.</summary>
    public abstract long Length { get; }

    /// <summary>Starts a pass; each pass may have an order of its own.</summary>
    public abstract IEnumerator<T> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    long ISized.Count => Length;
}

/// <summary>The samples in their own order.</summary>
public sealed class SequentialSampler(object data_source) : Sampler<long>
{
    /// <summary>The dataset, tensor, array or list.</summary>
    public object data_source { get; } = data_source;

    public override long Length => Datasets.CountOf(data_source);

    public override IEnumerator<long> GetEnumerator()
    {
        for (long i = 0; i < Length; i++)
            yield return i;
    }
}

/// <summary>The given indices in random order.</summary>
public sealed class SubsetRandomSampler(IReadOnlyList<long> indices, Generator? generator = null) : Sampler<long>
{
    /// <summary>The indices to visit.</summary>
    public IReadOnlyList<long> indices { get; } = indices;

    /// <summary>Where the order comes from; null is the default generator.</summary>
    public Generator? generator { get; } = generator;

    public override long Length => indices.Count;

    public override IEnumerator<long> GetEnumerator()
    {
        foreach (long i in Draws.Permutation(indices.Count, generator))
            yield return indices[(int)i];
    }
}
