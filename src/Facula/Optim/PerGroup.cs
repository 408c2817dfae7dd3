using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>A number for all parameter groups, or one for each: numbers, arrays, lists and literals convert to it.</summary>
[CollectionBuilder(typeof(PerGroupBuilder), nameof(PerGroupBuilder.Create))]
public readonly struct PerGroup : IEnumerable<double>
{
    private readonly double[]? _values;
    private readonly double _value;

    internal PerGroup(double[] values) => _values = values;

    private PerGroup(double value) => _value = value;

    public static implicit operator PerGroup(double value) => new(value);
    public static implicit operator PerGroup(double[] values) => new(values);
    public static implicit operator PerGroup(List<double> values) => new(values.ToArray());

    internal bool IsList => _values is not null;
    internal int Count => _values?.Length ?? 1;

    /// <summary>One value per group; <paramref name="error"/> words the complaint about a list of another length.</summary>
    internal double[] Expand(torch.optim.Optimizer optimizer, Func<int, int, string> error)
    {
        int groups = optimizer.param_groups.Count;
        if (_values is null) return Enumerable.Repeat(_value, groups).ToArray();
        return _values.Length == groups ? [.. _values] : throw new ArgumentException(error(groups, _values.Length));
    }

    internal double[] Expand(torch.optim.Optimizer optimizer, string name) => Expand(optimizer, (groups, count) => $"expected {groups} values for {name}, got {count}");

    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)(_values ?? [_value])).GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Builds a <see cref="PerGroup"/> from a collection literal.</summary>
public static class PerGroupBuilder
{
    public static PerGroup Create(ReadOnlySpan<double> values) => new(values.ToArray());
}
