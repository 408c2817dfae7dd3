using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>TorchSharp's names of a convolution's padding.</summary>
public enum Padding
{
    /// <summary>No padding.</summary>
    Valid,

    /// <summary>So much that the size stays.</summary>
    Same,
}

/// <summary>The <c>padding</c> of a convolution: a number for all spatial dimensions, one for each, <c>"same"</c> or <c>"valid"</c>.</summary>
[CollectionBuilder(typeof(PaddingSizeBuilder), nameof(PaddingSizeBuilder.Create))]
public readonly struct PaddingSize : IEnumerable<long>
{
    private PaddingSize(Dims numbers) => Numbers = numbers;
    private PaddingSize(string name) => Name = name;

    /// <summary>The numbers; none when there is a name.</summary>
    internal Dims Numbers { get; }

    /// <summary>The name, or null.</summary>
    internal string? Name { get; }

    public static implicit operator PaddingSize(int padding) => new((Dims)padding);
    public static implicit operator PaddingSize(long padding) => new((Dims)padding);
    public static implicit operator PaddingSize(int[] padding) => new((Dims)padding);
    public static implicit operator PaddingSize(long[] padding) => new((Dims)padding);
    public static implicit operator PaddingSize((long, long) padding) => new((Dims)padding);
    public static implicit operator PaddingSize((long, long, long) padding) => new((Dims)padding);
    public static implicit operator PaddingSize(Dims padding) => new(padding);
    public static implicit operator PaddingSize(string padding) => new(padding);
    public static implicit operator PaddingSize(Padding padding) => new(padding == Padding.Same ? "same" : "valid");

    public IEnumerator<long> GetEnumerator() => Numbers.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Name ?? Numbers.ToString();
}

/// <summary>Builds a <see cref="PaddingSize"/> from a collection literal.</summary>
public static class PaddingSizeBuilder
{
    public static PaddingSize Create(ReadOnlySpan<long> padding) => padding.ToArray();
}
