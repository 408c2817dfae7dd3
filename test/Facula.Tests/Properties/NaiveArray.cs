namespace Facula.Tests.Properties;

/// <summary>A row-major array without strides or views, on which expected results are computed one element at a time.</summary>
public sealed class NaiveArray(long[] shape, double[] values)
{
    public long[] Shape { get; } = shape;
    public double[] Values { get; } = values;
    public int Rank => Shape.Length;

    public static long Count(IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>The coordinates of all elements, in row-major order.</summary>
    public static IEnumerable<long[]> Places(long[] shape)
    {
        long count = Count(shape);
        for (long flat = 0; flat < count; flat++)
        {
            var at = new long[shape.Length];
            long rest = flat;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                at[d] = rest % shape[d];
                rest /= shape[d];
            }
            yield return at;
        }
    }

    public long Flat(long[] at)
    {
        long flat = 0;
        for (int d = 0; d < Rank; d++) flat = flat * Shape[d] + at[d];
        return flat;
    }

    public double this[long[] at] => Values[Flat(at)];

    /// <summary>An array whose elements are read from places of this one.</summary>
    public NaiveArray Read(long[] shape, Func<long[], long[]> from) => new(shape, [.. Places(shape).Select(at => this[from(at)])]);

    /// <summary>Folds the elements along some dimensions, given in row-major order, to one each.</summary>
    public NaiveArray Reduce(ICollection<int> dims, bool keepdim, Func<double[], double> fold)
    {
        long[] kept = [.. Shape.Select((extent, d) => dims.Contains(d) ? 1 : extent)];
        double[] result = [.. Places(kept).Select(at => fold([.. Places([.. Shape.Select((extent, d) => dims.Contains(d) ? extent : 1)])
            .Select(inner => this[[.. at.Zip(inner, (a, b) => a + b)]])]))];
        return new(keepdim ? kept : [.. kept.Where((_, d) => !dims.Contains(d))], result);
    }

    /// <summary>Replaces each line along a dimension by another of any length.</summary>
    public NaiveArray Lines(int dim, long length, Func<double[], double[]> change)
    {
        long[] shape = [.. Shape];
        shape[dim] = length;
        var values = new double[Count(shape)];
        var result = new NaiveArray(shape, values);
        long[] starts = [.. Shape];
        starts[dim] = 1;
        foreach (long[] start in Places(starts))
        {
            double[] line = change([.. Enumerable.Range(0, (int)Shape[dim]).Select(i => this[At(start, dim, i)])]);
            for (int i = 0; i < length; i++) values[result.Flat(At(start, dim, i))] = line[i];
        }
        return result;
    }

    public static long[] At(long[] place, int dim, long index)
    {
        long[] at = [.. place];
        at[dim] = index;
        return at;
    }

    /// <summary>Whether the tensor holds the same, up to a relative error.</summary>
    public void AssertEqual(torch.Tensor tensor, double tolerance = 0)
    {
        Assert.Equal(new torch.Size(Shape), tensor.shape);
        double[] actual = tensor.to(torch.float64).contiguous().ToArray<double>();
        for (int i = 0; i < actual.Length; i++)
        {
            bool equal = actual[i].Equals(Values[i]) || actual[i] == Values[i] || Math.Abs(actual[i] - Values[i]) <= tolerance * (1 + Math.Abs(Values[i]));
            Assert.True(equal, $"element {i}: {actual[i]} instead of {Values[i]}");
        }
    }
}
