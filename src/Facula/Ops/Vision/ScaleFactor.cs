using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>A factor for all spatial dimensions, or one for each: what <c>scale_factor</c> and <c>output_ratio</c> take.</summary>
[CollectionBuilder(typeof(ScaleFactorBuilder), nameof(ScaleFactorBuilder.Create))]
public readonly struct ScaleFactor : IEnumerable<double>
{
    private readonly double _single;
    private readonly double[]? _several;

    private ScaleFactor(double single) => _single = single;
    internal ScaleFactor(double[] several) => _several = several;

    /// <summary>Whether one number was given rather than a list.</summary>
    internal bool IsSingle => _several is null;

    /// <summary>How many numbers were given.</summary>
    public int Count => _several?.Length ?? 1;

    /// <summary>The factor of a dimension.</summary>
    public double this[int index] => _several is null ? _single : _several[index];

    public static implicit operator ScaleFactor(double factor) => new(factor);
    public static implicit operator ScaleFactor(double[] factors) => new(factors);
    public static implicit operator ScaleFactor((double, double) factors) => new([factors.Item1, factors.Item2]);
    public static implicit operator ScaleFactor((double, double, double) factors) => new([factors.Item1, factors.Item2, factors.Item3]);

    public IEnumerator<double> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As Python prints a float or a tuple of floats.</summary>
    public override string ToString() =>
        IsSingle ? PythonText.Float(_single) : "(" + string.Join(", ", _several!.Select(PythonText.Float)) + (Count == 1 ? ",)" : ")");
}

/// <summary>Builds a <see cref="ScaleFactor"/> from a collection literal.</summary>
public static class ScaleFactorBuilder
{
    public static ScaleFactor Create(ReadOnlySpan<double> factors) => new(factors.ToArray());
}
