using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>A <c>dim</c> argument: one dimension, several, or none given (all of them); numbers, tuples and arrays convert to it.</summary>
[CollectionBuilder(typeof(DimsBuilder), nameof(DimsBuilder.Create))]
public readonly struct Dims : IEnumerable<long>
{
    private readonly long _single;
    private readonly long[]? _several;
    private readonly bool _given;

    private Dims(long single) => (_single, _given) = (single, true);
    internal Dims(long[] several) => (_several, _given) = (several, true);

    /// <summary>Whether nothing was given: <c>dim=None</c>.</summary>
    public bool IsNone => !_given;

    /// <summary>Whether a single number was given rather than a list.</summary>
    internal bool IsSingle => _given && _several is null;

    /// <summary>Number of dimensions given.</summary>
    public int Count => !_given ? 0 : _several?.Length ?? 1;

    public long this[int index] => _several is null ? _single : _several[index];

    public static implicit operator Dims(int dim) => new(dim);
    public static implicit operator Dims(long dim) => new(dim);
    public static implicit operator Dims(int[]? dims) => dims is null ? default : new(Array.ConvertAll(dims, d => (long)d));
    public static implicit operator Dims(long[]? dims) => dims is null ? default : new(dims);
    public static implicit operator Dims(long? dim) => dim is null ? default : new(dim.Value);
    public static implicit operator Dims((long, long) d) => new([d.Item1, d.Item2]);
    public static implicit operator Dims((long, long, long) d) => new([d.Item1, d.Item2, d.Item3]);
    public static implicit operator Dims((long, long, long, long) d) => new([d.Item1, d.Item2, d.Item3, d.Item4]);
    public static implicit operator Dims((long, long, long, long, long) d) => new([d.Item1, d.Item2, d.Item3, d.Item4, d.Item5]);
    public static implicit operator Dims((long, long, long, long, long, long) d) => new([d.Item1, d.Item2, d.Item3, d.Item4, d.Item5, d.Item6]);
    public static implicit operator Dims(Size size) => new(size.ToArray());

    public IEnumerator<long> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The dimensions as a new array.</summary>
    public long[] ToArray()
    {
        var dims = new long[Count];
        for (int i = 0; i < dims.Length; i++) dims[i] = this[i];
        return dims;
    }

    public override string ToString() => IsNone ? "None" : IsSingle ? _single.ToString() : PythonText.Tuple(_several!);
}

/// <summary>Builds a <see cref="Dims"/> from a collection literal.</summary>
public static class DimsBuilder
{
    public static Dims Create(ReadOnlySpan<long> dims) => new(dims.ToArray());
}

/// <summary>NumPy's <c>axis</c>: what <see cref="Facula.Dims"/> takes, under a type of its own so that both names can be overloads.</summary>
[CollectionBuilder(typeof(AxisBuilder), nameof(AxisBuilder.Create))]
public readonly struct Axis : IEnumerable<long>
{
    internal readonly Dims Dims;

    internal Axis(Dims dims) => Dims = dims;

    internal long Single => Dims[0];

    public static implicit operator Axis(int axis) => new(axis);
    public static implicit operator Axis(long axis) => new(axis);
    public static implicit operator Axis(int[] axes) => new(axes);
    public static implicit operator Axis(long[] axes) => new(axes);
    public static implicit operator Axis((long, long) axes) => new(axes);
    public static implicit operator Axis((long, long, long) axes) => new(axes);

    public IEnumerator<long> GetEnumerator() => Dims.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Builds an <see cref="Axis"/> from a collection literal.</summary>
public static class AxisBuilder
{
    public static Axis Create(ReadOnlySpan<long> axes) => new(DimsBuilder.Create(axes));
}
