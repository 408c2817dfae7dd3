using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>Which dimension <c>vmap</c> maps over: one for all arguments, or one each, null for those that are not mapped.</summary>
[CollectionBuilder(typeof(VmapDimsBuilder), nameof(VmapDimsBuilder.Create))]
public readonly struct VmapDims : IEnumerable<long?>
{
    private readonly long _single;
    private readonly long?[]? _several;

    private VmapDims(long single) => _single = single;

    internal VmapDims(long?[] several) => _several = several;

    /// <summary>One dimension for all.</summary>
    public static implicit operator VmapDims(long dim) => new(dim);

    /// <summary>One dimension for each argument.</summary>
    public static implicit operator VmapDims(long?[] dims) => new(dims);

    /// <summary>One dimension for each of two arguments.</summary>
    public static implicit operator VmapDims((long?, long?) dims) => new([dims.Item1, dims.Item2]);

    /// <summary>One dimension for each of three arguments.</summary>
    public static implicit operator VmapDims((long?, long?, long?) dims) => new([dims.Item1, dims.Item2, dims.Item3]);

    /// <summary>One dimension for each of four arguments.</summary>
    public static implicit operator VmapDims((long?, long?, long?, long?) dims) => new([dims.Item1, dims.Item2, dims.Item3, dims.Item4]);

    /// <summary>One entry per argument; null when their number differs.</summary>
    internal long?[]? For(int count)
    {
        if (_several is not null) return _several.Length == count ? _several : null;
        var all = new long?[count];
        Array.Fill(all, _single);
        return all;
    }

    /// <summary>The dimensions given.</summary>
    public IEnumerator<long?> GetEnumerator() => ((IEnumerable<long?>)(_several ?? [_single])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Python's text of the argument.</summary>
    public override string ToString() =>
        _several is null ? _single.ToString() : "(" + string.Join(", ", _several.Select(d => d?.ToString() ?? "None")) + (_several.Length == 1 ? ",)" : ")");
}

/// <summary>Builds a <see cref="VmapDims"/> from a collection literal.</summary>
public static class VmapDimsBuilder
{
    /// <summary>One dimension for each argument.</summary>
    public static VmapDims Create(ReadOnlySpan<long?> dims) => new(dims.ToArray());
}
