using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("bincount")]
internal static unsafe partial class Bincount
{
    /// <summary>How often each number from 0 occurs, or the sum of the weights that go with it.</summary>
    static Tensor Compose(Tensor input, Tensor? weights = null, long minlength = 0)
    {
        Check.That(input.DType.IsIntegral, $"\"bincount_cpu\" not implemented for '{input.DType.LegacyName}'");
        Check.That(minlength >= 0, $"minlength should be >= 0");
        Check.That(input.Rank == 1 || input.Numel == 0, $"bincount only supports 1-d non-negative integral inputs.");
        Check.That(weights is null || (weights.Rank == 1 && weights.Numel == input.Numel), $"weights should be 1-d and have the same length as input");
        Tensor numbers = Lines.Dense(input.detach(), ScalarType.Int64);
        long count = input.Rank == 1 ? input.Numel : 0, length = minlength;
        fixed (byte* n = &numbers.Reference)
        {
            if (count > 0)
            {
                (long least, long most) = HistogramKernels.Range((long*)n, count);
                Check.That(least >= 0, $"bincount only supports 1-d non-negative integral inputs.");
                length = Math.Max(length, most + 1);
            }
            Tensor result = weights is null ? Tensor.Allocate([length], ScalarType.Int64) : Sums((long*)n, count, weights, length);
            if (weights is null)
                fixed (byte* r = &result.Reference) HistogramKernels.Tally((long*)n, count, 0, (long*)r, length);
            GC.KeepAlive(numbers);
            return result;
        }
    }

    private static Tensor Sums(long* numbers, long count, Tensor weights, long length)
    {
        bool isSingle = weights.DType == ScalarType.Float32;
        Tensor each = Lines.Dense(weights.detach(), isSingle ? weights.DType : ScalarType.Float64), sums = Tensor.Allocate([length], each.DType);
        sums.FillRaw(0);
        fixed (byte* w = &each.Reference, s = &sums.Reference)
        {
            if (isSingle) HistogramKernels.Sum(numbers, (float*)w, count, (float*)s);
            else HistogramKernels.Sum(numbers, (double*)w, count, (double*)s);
        }
        GC.KeepAlive(each);
        return sums;
    }
}

[CompositeOp("histc", Out = true)]
internal static unsafe partial class Histc
{
    /// <summary>How many elements fall into each of <paramref name="bins"/> equal bins between min and max; equal bounds stand for the data's own.</summary>
    static Tensor Compose(Tensor input, long bins = 100, Scalar min = default, Scalar max = default)
    {
        Check.That(bins > 0, $"bins must be > 0");
        Check.That(input.DType.is_floating_point && input.DType != ScalarType.Float16, $"\"histogram_cpu\" not implemented for '{input.DType.LegacyName}'");
        double low = min.ToDouble(), high = max.ToDouble();
        if (low == high && input.Numel > 0)
        {
            Tensor data = input.detach();
            (low, high) = (data.min().item().ToDouble(), data.max().item().ToDouble());
        }
        HistogramRange.Complete([], ref low, ref high);
        bool wide = input.DType == ScalarType.Float64;
        Tensor values = Lines.Dense(input.detach(), wide ? ScalarType.Float64 : ScalarType.Float32);
        var counts = new long[bins];
        fixed (byte* v = &values.Reference)
        fixed (long* c = counts)
        {
            if (wide) HistogramKernels.Count((double*)v, values.Numel, low, high, c, bins);
            else HistogramKernels.Count((float*)v, values.Numel, low, high, c, bins);
        }
        GC.KeepAlive(values);
        return torch.tensor(counts).to(input.DType);
    }
}

/// <summary>What the histograms share.</summary>
internal static class HistogramRange
{
    /// <summary>Equal bounds become the data's own, and still equal ones are widened.</summary>
    internal static void Complete(double[] values, ref double low, ref double high, double margin = 1)
    {
        if (low == high && values.Length > 0) (low, high) = (values.Min(), values.Max());
        if (low == high)
        {
            low -= margin;
            high += margin;
        }
        double from = low, to = high;
        Check.That(double.IsFinite(from) && double.IsFinite(to), $"range of [{PythonText.Float(from)}, {PythonText.Float(to)}] is not finite");
        Check.That(from < to, $"max must be larger than min");
    }

    /// <summary>The bin of a value, the last one including its upper bound; −1 outside.</summary>
    internal static long Bin(double value, double low, double high, long bins) =>
        !(value >= low && value <= high) ? -1 : Math.Min(bins - 1, (long)((value - low) / (high - low) * bins));

    /// <summary>The bin between the edges, the last one including its upper bound; −1 outside.</summary>
    internal static long Bin(double value, double[] edges)
    {
        if (!(value >= edges[0] && value <= edges[^1])) return -1;
        int at = Array.BinarySearch(edges, value);
        if (at < 0) return ~at - 1;
        while (at + 1 < edges.Length && edges[at + 1] == value) at++;
        return Math.Min(at, edges.Length - 2);
    }
}

[CompositeOp("histogramdd", Method = false)]
internal static partial class Histogramdd
{
    /// <summary>The histogram of points (the last dimension holds their coordinates) with the given bin edges for each coordinate.</summary>
    static (Tensor hist, Tensor[] bin_edges) Compose(Tensor input, TensorList bins, double[]? range = null, Tensor? weight = null, bool density = false) =>
        Count(input, bins.Items, null, range, weight, density);

    internal static (Tensor hist, Tensor[] bin_edges) Count(Tensor input, Tensor[]? edges, long[]? bins, double[]? range, Tensor? weight, bool density)
    {
        Check.That(input.Rank >= 2, $"torch.histogramdd: input tensor should have at least 2 dimensions, but got {input.Rank}");
        int coordinates = (int)input.Sizes[^1];
        Check.That((edges?.Length ?? bins!.Length) == coordinates, $"torch.histogramdd: expected {coordinates} sequences of bin edges for a {coordinates}-dimensional histogram but got {edges?.Length ?? bins!.Length}");
        if (coordinates == 1 && edges is null && weight is null && Line(input, bins![0], range) is { } line)
        {
            if (density) Normalise(line.Counts, bins, [line.Edges]);
            return (torch.from_numpy(line.Counts).to(input.DType), [torch.from_numpy(line.Edges).to(input.DType)]);
        }
        double[] points = Copying.Converted(input.detach(), ScalarType.Float64).ToArray<double>();
        int count = coordinates == 0 ? 0 : points.Length / coordinates;
        double[]? weights = weight is null ? null : Copying.Converted(weight.detach(), ScalarType.Float64).ToArray<double>();
        var bounds = new double[coordinates][];
        for (int c = 0; c < coordinates; c++)
            bounds[c] = edges is not null ? Copying.Converted(edges[c].detach(), ScalarType.Float64).ToArray<double>() : Even(points, c, coordinates, bins![c], range);
        long[] sizes = Array.ConvertAll(bounds, b => (long)b.Length - 1);
        var sums = new double[sizes.Aggregate(1L, (a, b) => a * b)];
        for (int p = 0; p < count; p++)
        {
            long place = 0;
            for (int c = 0; c < coordinates && place >= 0; c++)
            {
                double value = points[p * coordinates + c];
                long bin = edges is not null ? HistogramRange.Bin(value, bounds[c]) : HistogramRange.Bin(value, bounds[c][0], bounds[c][^1], sizes[c]);
                place = bin < 0 ? -1 : place * sizes[c] + bin;
            }
            if (place >= 0) sums[place] += weights is null ? 1 : weights[p];
        }
        if (density) Normalise(sums, sizes, bounds);
        Tensor[] shown = edges ?? Array.ConvertAll(bounds, b => torch.from_numpy(b).to(input.DType));
        return (View.Call(torch.from_numpy(sums).to(input.DType), sizes), shown);
    }

    // One coordinate is counted where it lies; nothing where the range has no bounds.
    private static unsafe (double[] Counts, double[] Edges)? Line(Tensor input, long bins, double[]? range)
    {
        if (input.Numel == 0 || bins <= 0 || (input.DType != ScalarType.Float32 && input.DType != ScalarType.Float64)) return null;
        Tensor values = Dense.Of(input.detach(), input.DType);
        double low, high;
        if (range is null)
        {
            (Tensor least, Tensor most) = AMinMax.Call(values);
            (low, high) = (least.item().ToDouble(), most.item().ToDouble());
            if (!double.IsFinite(low) || !double.IsFinite(high)) return null;
        }
        else (low, high) = (range[0], range[1]);
        double[] edges = Even(low, high, bins);
        var counts = new long[bins];
        fixed (byte* v = &values.Reference)
        fixed (long* c = counts)
        {
            if (values.DType == ScalarType.Float64) HistogramKernels.Count((double*)v, values.Numel, edges[0], edges[^1], c, bins);
            else HistogramKernels.Count((float*)v, values.Numel, edges[0], edges[^1], c, bins);
        }
        GC.KeepAlive(values);
        return (Array.ConvertAll(counts, n => (double)n), edges);
    }

    private static double[] Even(double low, double high, long bins)
    {
        if (low == high) (low, high) = (low - 0.5, high + 0.5);
        var edges = new double[bins + 1];
        for (long i = 0; i <= bins; i++) edges[i] = i <= bins / 2 ? low + (high - low) / bins * i : high - (high - low) / bins * (bins - i);
        return edges;
    }

    private static double[] Even(double[] points, int coordinate, int coordinates, long bins, double[]? range)
    {
        Check.That(bins > 0, $"bins must be > 0, but got {bins} for dimension {coordinate}");
        double low = range is null ? 0 : range[2 * coordinate], high = range is null ? 0 : range[2 * coordinate + 1];
        if (range is null && points.Length == 0) high = 1;
        else if (range is null) HistogramRange.Complete([.. points.Where((_, i) => i % coordinates == coordinate)], ref low, ref high, margin: 0.5);
        return Even(low, high, bins);
    }

    private static void Normalise(double[] sums, long[] sizes, double[][] bounds)
    {
        double total = sums.Sum();
        for (long place = 0; place < sums.Length; place++)
        {
            double volume = 1;
            long rest = place;
            for (int c = sizes.Length - 1; c >= 0; c--)
            {
                long bin = rest % sizes[c];
                rest /= sizes[c];
                volume *= bounds[c][bin + 1] - bounds[c][bin];
            }
            sums[place] /= total * volume;
        }
    }
}

[CompositeOp("histogramdd", Method = false)]
internal static partial class HistogramddCounts
{
    /// <summary>The histogram of points (the last dimension holds their coordinates) with as many equal bins for each coordinate.</summary>
    static (Tensor hist, Tensor[] bin_edges) Compose(Tensor input, long[] bins, double[]? range = null, Tensor? weight = null, bool density = false) =>
        Histogramdd.Count(input, null, bins, range, weight, density);
}

[CompositeOp("histogramdd", Method = false)]
internal static partial class HistogramddCount
{
    /// <summary>The histogram of points (the last dimension holds their coordinates) with the same number of equal bins for all coordinates.</summary>
    static (Tensor hist, Tensor[] bin_edges) Compose(Tensor input, long bins, double[]? range = null, Tensor? weight = null, bool density = false) =>
        Histogramdd.Count(input, null, [.. Enumerable.Repeat(bins, input.Rank == 0 ? 0 : (int)input.Sizes[^1])], range, weight, density);
}

[CompositeOp("histogram", Out = true)]
internal static partial class Histogram
{
    /// <summary>How many elements (or how much weight) fall between each two edges, and the edges.</summary>
    static (Tensor hist, Tensor bin_edges) Compose(Tensor input, Tensor bins, Tensor? weight = null, bool density = false)
    {
        (Tensor hist, Tensor[] edges) = Histogramdd.Count(Reshape.Call(input.detach(), [-1, 1]), [bins], null, null, weight, density);
        return (hist, edges[0]);
    }
}

[CompositeOp("histogram", Out = true)]
internal static partial class HistogramCount
{
    /// <summary>How many elements (or how much weight) fall into each of so many equal bins, and their edges.</summary>
    static (Tensor hist, Tensor bin_edges) Compose(Tensor input, long bins = 100, double[]? range = null, Tensor? weight = null, bool density = false)
    {
        (Tensor hist, Tensor[] edges) = Histogramdd.Count(Reshape.Call(input.detach(), [-1, 1]), null, [bins], range, weight, density);
        return (hist, edges[0]);
    }
}
