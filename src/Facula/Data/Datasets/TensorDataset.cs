namespace Facula.Modules;

/// <summary>Samples that are the rows of one or several tensors of equal length.</summary>
public sealed class TensorDataset : Dataset<Tensor[]>
{
    public TensorDataset(params Tensor[] tensors)
    {
        if (tensors.Length == 0)
            throw new ArgumentException("TensorDataset needs at least one tensor");
        if (tensors.Any(tensor => tensor.size(0) != tensors[0].size(0)))
            throw new ArgumentException("Size mismatch between tensors");
        this.tensors = tensors;
    }

    /// <summary>The tensors whose rows are the samples.</summary>
    public Tensor[] tensors { get; }

    public override long Count => tensors[0].size(0);

    public override Tensor[] this[long index] => Array.ConvertAll(tensors, tensor => tensor.select(0, index));

    internal override bool TryGather(ReadOnlySpan<long> indices, out Tensor[] columns) => Rows.TryGather(tensors, indices, out columns);
}

/// <summary>Samples that are the rows of one tensor.</summary>
internal sealed class TensorRows(Tensor tensor) : Dataset<Tensor>
{
    public override long Count => tensor.size(0);

    public override Tensor this[long index] => tensor.select(0, index);

    internal override bool TryGather(ReadOnlySpan<long> indices, out Tensor[] columns) => Rows.TryGather([tensor], indices, out columns);
}

/// <summary>An array or list as a dataset.</summary>
internal sealed class ListDataset<T>(IReadOnlyList<T> items) : Dataset<T>
{
    public override long Count => items.Count;

    public override T this[long index] => items[(int)FromFront(index)];
}

internal static class Datasets
{
    public static Dataset<T> Of<T>(IReadOnlyList<T> items) => items as Dataset<T> ?? new ListDataset<T>(items);

    /// <summary>The number of samples of whatever is given to a sampler: a dataset, tensor, array or list.</summary>
    public static long CountOf(object dataSource) => dataSource switch
    {
        ISized sized => sized.Count,
        Tensor tensor => tensor.Length,
        System.Collections.ICollection collection => collection.Count,
        _ => throw new ArgumentException($"object of type '{dataSource.GetType().Name}' has no len()"),
    };
}
