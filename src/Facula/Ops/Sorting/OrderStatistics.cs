namespace Facula.Ops;

/// <summary>Choosing one element of each line by its rank.</summary>
internal static class OrderStatistics
{
    internal static TensorSpec Spec(Tensor input, long dim, bool keepdim)
    {
        int d = Check.Dim(dim, input.Rank);
        if (input.Rank == 0) return TensorSpec.Like(input);
        return TensorSpec.Like(input).WithSizes(keepdim ? input.SizesRef.With(d, 1) : input.SizesRef.Without(d));
    }

    /// <summary>Writes of every line the element that <paramref name="rank"/> picks from its sorted values.</summary>
    internal static void Pick(Tensor input, long dim, Func<Tensor, long, long> rank, Tensor values, Tensor indices)
    {
        if (values.Numel == 0) return;
        int d = Check.Dim(dim, input.Rank);
        Tensor rows = Sort.Last(input, d);
        Tensor sorted = Tensor.Allocate(rows.SizesRef, input.DType), places = Tensor.Allocate(rows.SizesRef, ScalarType.Int64);
        Sort.Along(rows, Math.Max(0, rows.Rank - 1), false, sorted, places);
        long count = rows.Rank == 0 ? 1 : rows.Sizes[^1], lines = rows.Numel / count;
        Tensor chosen = Tensor.Allocate([lines], input.DType), where = Tensor.Allocate([lines], ScalarType.Int64);
        for (long line = 0; line < lines; line++)
        {
            long at = line * count + rank(sorted, line * count);
            chosen.SetElement(line, sorted.GetElement(at));
            where.SetElement(line, places.GetElement(at));
        }
        // Lines run over the dimensions other than d in the order that the exchange with the last one gave them.
        Size lineSizes = rows.Rank == 0 ? default : rows.SizesRef.Without(rows.Rank - 1);
        Tensor v = Order(values, input, d), i = Order(indices, input, d);
        v.CopyRaw(chosen.Alias(lineSizes, lineSizes.ContiguousStrides(), 0));
        i.CopyRaw(where.Alias(lineSizes, lineSizes.ContiguousStrides(), 0));
    }

    // The result seen as the lines are counted: the dimension gone, the last one in its place.
    private static Tensor Order(Tensor result, Tensor input, int dim)
    {
        if (input.Rank == 0) return result;
        bool kept = result.Rank == input.Rank;
        Size sizes = kept ? result.SizesRef : result.SizesRef.Insert(dim, 1), strides = kept ? result.StridesRef : result.StridesRef.Insert(dim, 0);
        int last = input.Rank - 1;
        if (dim != last)
        {
            sizes = sizes.With(dim, sizes[last]);
            strides = strides.With(dim, strides[last]);
        }
        return result.Alias(sizes.Without(last), strides.Without(last), result.Offset);
    }
}

[TensorOp("kthvalue")]
internal static partial class Kthvalue
{
    /// <summary>The k-th smallest element along a dimension and where it stands.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long k, long dim = -1, bool keepdim = false)
    {
        int d = Check.Dim(dim, input.Rank);
        long extent = input.Rank == 0 ? 1 : input.Sizes[d];
        if (input.Rank > 0 && extent == 0) throw new IndexOutOfRangeException($"kthvalue(): Expected reduction dim {d} to have non-zero size.");
        Check.That(k >= 1 && k <= extent, $"kthvalue(): selected number k out of range for dimension {d}");
        TensorSpec spec = OrderStatistics.Spec(input, dim, keepdim);
        return (spec, spec.As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long k, long dim, bool keepdim, Tensor values, Tensor indices) =>
        LineChoice.Kth(input, dim, keepdim, k - 1, values, indices);

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, bool keepdim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim);
}

[TensorOp("median")]
internal static partial class MedianDim
{
    /// <summary>The median (of two middle elements the smaller) along a dimension and where it stands; NaN wins.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim, bool keepdim = false)
    {
        Require(input, dim, "median");
        TensorSpec spec = OrderStatistics.Spec(input, dim, keepdim);
        return (spec, spec.As(ScalarType.Int64));
    }

    internal static void Require(Tensor input, long dim, string op)
    {
        int d = Check.Dim(dim, input.Rank);
        if (input.Rank > 0 && input.Sizes[d] == 0) throw new IndexOutOfRangeException($"{op}(): Expected reduction dim {d} to have non-zero size.");
    }

    static void Compute(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) =>
        OrderStatistics.Pick(input, dim, (sorted, start) => Rank(sorted, start, Extent(input, dim), ignoreNaN: false), values, indices);

    internal static long Extent(Tensor input, long dim) => input.Rank == 0 ? 1 : input.Sizes[Check.Dim(dim, input.Rank)];

    // Sorted, NaN come last: the first of them is the median unless they are to be ignored.
    internal static long Rank(Tensor sorted, long start, long count, bool ignoreNaN)
    {
        long valid = count;
        if (sorted.DType.is_floating_point)
            while (valid > 0 && double.IsNaN(sorted.GetElement(start + valid - 1).ToDouble())) valid--;
        if (valid == count) return (count - 1) / 2;
        return ignoreNaN ? (valid == 0 ? 0 : (valid - 1) / 2) : valid;
    }

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, bool keepdim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim);
}

[TensorOp("nanmedian")]
internal static partial class NanmedianDim
{
    /// <summary>The median along a dimension without the NaN, and where it stands.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim, bool keepdim = false)
    {
        MedianDim.Require(input, dim, "nanmedian");
        TensorSpec spec = OrderStatistics.Spec(input, dim, keepdim);
        return (spec, spec.As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) =>
        OrderStatistics.Pick(input, dim, (sorted, start) => MedianDim.Rank(sorted, start, MedianDim.Extent(input, dim), ignoreNaN: true), values, indices);

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, bool keepdim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim);
}

[CompositeOp("median")]
internal static partial class Median
{
    /// <summary>The median of all elements (of two middle ones the smaller); NaN wins.</summary>
    static Tensor Compose(Tensor input) => input.Numel == 0 ? Undefined(input) : MedianDim.Call(Reshape.Call(input, [-1]), 0).values;

    internal static Tensor Undefined(Tensor input) =>
        Factories.Filled(default, input.DType.is_floating_point ? double.NaN : (Scalar)long.MinValue, input.DType, input.device, false);
}

[CompositeOp("nanmedian")]
internal static partial class Nanmedian
{
    /// <summary>The median of all elements but the NaN.</summary>
    static Tensor Compose(Tensor input) => input.Numel == 0 ? Median.Undefined(input) : NanmedianDim.Call(Reshape.Call(input, [-1]), 0).values;
}

[TensorOp("mode")]
internal static partial class Mode
{
    /// <summary>The most frequent element along a dimension (of several the smallest) and the last place where it stands.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim = -1, bool keepdim = false)
    {
        MedianDim.Require(input, dim, "mode");
        TensorSpec spec = OrderStatistics.Spec(input, dim, keepdim);
        return (spec, spec.As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices)
    {
        long extent = MedianDim.Extent(input, dim);
        OrderStatistics.Pick(input, dim, (sorted, start) =>
        {
            long best = 0, bestRun = 0, run = 0;
            for (long i = 0; i < extent; i++)
            {
                run = i > 0 && sorted.GetElement(start + i) == sorted.GetElement(start + i - 1) ? run + 1 : 1;
                if (run > bestRun) (best, bestRun) = (i, run);
            }
            return best;
        }, values, indices);
    }

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, bool keepdim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim);
}
