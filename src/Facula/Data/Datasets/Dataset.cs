using System.Collections;

namespace Facula.Modules;

/// <summary>Something with a number of samples: a dataset of any type.</summary>
internal interface ISized
{
    long Count { get; }
}

/// <summary>Samples that are fetched by index. Override <see cref="Count"/> and the indexer.</summary>
public abstract class Dataset<T> : IReadOnlyList<T>, ISized
{
    /// <summary>The number of samples.</summary>
    public abstract long Count { get; }

    /// <summary>The sample at <paramref name="index"/>.</summary>
    public virtual T this[long index] => GetTensor(index);

    /// <summary>TorchSharp's name of the indexer.</summary>
    public virtual T GetTensor(long index) =>
        throw new NotSupportedException($"{GetType().Name} must override this[long], which gives the sample at an index");

    /// <summary>The samples of this dataset followed by those of the other.</summary>
    public static ConcatDataset<T> operator +(Dataset<T> left, Dataset<T> right) => new(left, right);

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int IReadOnlyCollection<T>.Count => checked((int)Count);

    T IReadOnlyList<T>.this[int index] => this[index];

    /// <summary>The rows of the tensors behind the dataset, gathered in one go, where tensors are what is behind it.</summary>
    internal virtual bool TryGather(ReadOnlySpan<long> indices, out Tensor[] columns)
    {
        columns = [];
        return false;
    }

    /// <summary>An index counted from the front; negative ones count from the end.</summary>
    private protected long FromFront(long index)
    {
        long count = Count;
        long at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? at : throw new IndexOutOfRangeException($"index {index} is out of range for a dataset of {count} samples");
    }
}

/// <summary>Samples that come one after the other, as from a stream. Override <see cref="GetEnumerator"/>.</summary>
public abstract class IterableDataset<T> : IEnumerable<T>, ISized
{
    /// <summary>Starts to go through the samples; several workers start once each, and <c>get_worker_info</c> tells them apart.</summary>
    public abstract IEnumerator<T> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The number of samples, where it is known.</summary>
    public virtual long Count => throw new ArgumentException($"object of type '{GetType().Name}' has no len()");

    /// <summary>The samples of this dataset followed by those of the other.</summary>
    public static ChainDataset<T> operator +(IterableDataset<T> left, IterableDataset<T> right) => new(left, right);
}
