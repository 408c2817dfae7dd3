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
        LineChoice.Median(input, dim, keepdim, ignoreNaN: false, values, indices);

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
        LineChoice.Median(input, dim, keepdim, ignoreNaN: true, values, indices);

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

    static void Compute(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) => LineChoice.Mode(input, dim, keepdim, values, indices);

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, bool keepdim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim);
}
