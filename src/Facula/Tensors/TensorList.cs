using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Facula;

/// <summary>A list argument of tensors: literals, arrays, lists and tuples convert to it.</summary>
[CollectionBuilder(typeof(TensorListBuilder), nameof(TensorListBuilder.Create))]
public readonly struct TensorList : IReadOnlyList<Tensor>
{
    private readonly Tensor[]? _items;

    internal TensorList(Tensor[] items) => _items = items;

    internal Tensor[] Items => _items ?? [];
    public int Count => _items?.Length ?? 0;
    public Tensor this[int index] => _items![index];

    public static implicit operator TensorList(Tensor[] items) => new(items);
    public static implicit operator TensorList(List<Tensor> items) => new(items.ToArray());
    public static implicit operator TensorList(Tensor item) => new([item]);
    public static implicit operator TensorList(ValueTuple<Tensor> t) => new([t.Item1]);
    public static implicit operator TensorList((Tensor, Tensor) t) => new([t.Item1, t.Item2]);
    public static implicit operator TensorList((Tensor, Tensor, Tensor) t) => new([t.Item1, t.Item2, t.Item3]);
    public static implicit operator TensorList((Tensor, Tensor, Tensor, Tensor) t) => new([t.Item1, t.Item2, t.Item3, t.Item4]);
    public static implicit operator TensorList((Tensor, Tensor, Tensor, Tensor, Tensor) t) => new([t.Item1, t.Item2, t.Item3, t.Item4, t.Item5]);

    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)Items).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    /// <summary>The tensors as a new array.</summary>
    public Tensor[] ToArray() => Items.ToArray();
}

/// <summary>Builds a <see cref="TensorList"/> from a collection literal.</summary>
public static class TensorListBuilder
{
    public static TensorList Create(ReadOnlySpan<Tensor> items) => new(items.ToArray());
}
