namespace Facula.Modules;

/// <summary>Datasets one after the other, as one.</summary>
public sealed class ConcatDataset<T> : Dataset<T>
{
    public ConcatDataset(params IEnumerable<IReadOnlyList<T>> datasets)
    {
        this.datasets = [.. datasets.Select(Datasets.Of)];
        if (this.datasets.Count == 0)
            throw new ArgumentException("datasets should not be an empty iterable");
        long total = 0;
        cumulative_sizes = [.. this.datasets.Select(dataset => total += dataset.Count)];
    }

    /// <summary>The parts.</summary>
    public IReadOnlyList<Dataset<T>> datasets { get; }

    /// <summary>The number of samples up to the end of each part.</summary>
    public long[] cumulative_sizes { get; }

    public override long Count => cumulative_sizes[^1];

    public override T this[long index]
    {
        get
        {
            if (index < -Count)
                throw new ArgumentException("absolute value of index should not exceed dataset length");
            long at = FromFront(index);
            int found = Array.BinarySearch(cumulative_sizes, at + 1);
            int part = found >= 0 ? FirstOf(found) : ~found;
            return datasets[part][at - (part == 0 ? 0 : cumulative_sizes[part - 1])];
        }
    }

    // Empty parts repeat a total; the sample is in the first part that reaches it.
    private int FirstOf(int part)
    {
        while (part > 0 && cumulative_sizes[part - 1] == cumulative_sizes[part])
            part--;
        return part;
    }
}

/// <summary>Streams of samples one after the other, as one.</summary>
public sealed class ChainDataset<T>(params IEnumerable<IterableDataset<T>> datasets) : IterableDataset<T>
{
    /// <summary>The parts.</summary>
    public IEnumerable<IterableDataset<T>> datasets { get; } = datasets;

    public override long Count => datasets.Sum(dataset => dataset.Count);

    public override IEnumerator<T> GetEnumerator() => datasets.SelectMany(dataset => dataset).GetEnumerator();
}

/// <summary>Datasets side by side: the sample is the tuple of their samples.</summary>
public sealed class StackDataset<T1, T2> : Dataset<(T1, T2)>
{
    private readonly Dataset<T1> _first;
    private readonly Dataset<T2> _second;

    public StackDataset(IReadOnlyList<T1> first, IReadOnlyList<T2> second)
    {
        (_first, _second) = (Datasets.Of(first), Datasets.Of(second));
        if (_first.Count != _second.Count)
            throw new ArgumentException("Size mismatch between datasets");
    }

    public override long Count => _first.Count;

    public override (T1, T2) this[long index] => (_first[index], _second[index]);
}

/// <summary>Three datasets side by side: the sample is the tuple of their samples.</summary>
public sealed class StackDataset<T1, T2, T3> : Dataset<(T1, T2, T3)>
{
    private readonly Dataset<T1> _first;
    private readonly Dataset<T2> _second;
    private readonly Dataset<T3> _third;

    public StackDataset(IReadOnlyList<T1> first, IReadOnlyList<T2> second, IReadOnlyList<T3> third)
    {
        (_first, _second, _third) = (Datasets.Of(first), Datasets.Of(second), Datasets.Of(third));
        if (_first.Count != _second.Count || _first.Count != _third.Count)
            throw new ArgumentException("Size mismatch between datasets");
    }

    public override long Count => _first.Count;

    public override (T1, T2, T3) this[long index] => (_first[index], _second[index], _third[index]);
}

/// <summary>Named datasets side by side: the sample is the dictionary of their samples.</summary>
public sealed class StackDataset<T> : Dataset<Dictionary<string, T>>
{
    private readonly KeyValuePair<string, Dataset<T>>[] _parts;

    public StackDataset(IEnumerable<KeyValuePair<string, IReadOnlyList<T>>> datasets)
    {
        _parts = [.. datasets.Select(part => KeyValuePair.Create(part.Key, Datasets.Of(part.Value)))];
        if (_parts.Length == 0)
            throw new ArgumentException("At least one dataset should be passed");
        if (_parts.Any(part => part.Value.Count != _parts[0].Value.Count))
            throw new ArgumentException("Size mismatch between datasets");
    }

    public override long Count => _parts[0].Value.Count;

    public override Dictionary<string, T> this[long index] => _parts.ToDictionary(part => part.Key, part => part.Value[index]);
}

/// <summary>Some of a dataset's samples.</summary>
public sealed class Subset<T> : Dataset<T>
{
    public Subset(IReadOnlyList<T> dataset, IReadOnlyList<long> indices)
    {
        this.dataset = Datasets.Of(dataset);
        this.indices = indices as long[] ?? [.. indices];
    }

    /// <summary>The whole.</summary>
    public Dataset<T> dataset { get; }

    /// <summary>Which of its samples are meant, in order.</summary>
    public long[] indices { get; }

    public override long Count => indices.Length;

    public override T this[long index] => dataset[indices[FromFront(index)]];

    internal override bool TryGather(ReadOnlySpan<long> indices, out Tensor[] columns)
    {
        var inner = new long[indices.Length];
        for (int i = 0; i < inner.Length; i++)
            inner[i] = this.indices[FromFront(indices[i])];
        return dataset.TryGather(inner, out columns);
    }
}
