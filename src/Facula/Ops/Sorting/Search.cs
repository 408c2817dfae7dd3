using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The router of binary searches.</summary>
internal static unsafe class BinarySearch
{
    internal static Tensor Run(Tensor sorted, Tensor input, bool right, bool out_int32, Tensor? sorter)
    {
        ScalarType work = Lines.Work(Promotion.Promote(sorted.DType, input.DType));
        Tensor rows = Lines.Dense(sorted, work), values = Lines.Dense(input, work);
        Tensor? order = sorter is null ? null : Lines.Index(sorter);
        Tensor result = Tensor.Allocate(input.SizesRef, ScalarType.Int64);
        long extent = sorted.Rank == 0 ? 1 : sorted.Sizes[^1];
        // One row for all values, or a row for each line of values.
        long perRow = sorted.Rank <= 1 ? values.Numel : input.Sizes[^1];
        if (values.Numel > 0)
            fixed (byte* s = &rows.Reference, v = &values.Reference, r = &result.Reference)
            fixed (byte* o = &(order ?? result).Reference)
            {
                long* places = order is null ? null : (long*)o;
                switch (work.Code)
                {
                    case TypeCode.Float32: SearchKernels.Find((float*)s, places, extent, (float*)v, (long*)r, values.Numel, perRow, right); break;
                    case TypeCode.Float64: SearchKernels.Find((double*)s, places, extent, (double*)v, (long*)r, values.Numel, perRow, right); break;
                    default: SearchKernels.Find((long*)s, places, extent, (long*)v, (long*)r, values.Numel, perRow, right); break;
                }
            }
        GC.KeepAlive(rows);
        GC.KeepAlive(values);
        GC.KeepAlive(order);
        return out_int32 ? Copying.Converted(result, ScalarType.Int32) : result;
    }
}

[CompositeOp("searchsorted", Method = false, Out = true)]
internal static partial class Searchsorted
{
    /// <summary>Where each value would go in the sorted sequence (each line in its own row): before equal elements, or behind them on the right side.</summary>
    static Tensor Compose(Tensor sorted_sequence, Tensor input, bool out_int32 = false, bool right = false, string? side = null, Tensor? sorter = null)
    {
        Check.That(side is null or "left" or "right", $"torch.searchsorted(): side can only be 'left' or 'right' but got {side}");
        Check.That(side != "left" || !right, $"torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True");
        Check.That(sorted_sequence.Rank > 0, $"torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, but we got boundaries tensor dim({sorted_sequence.Rank}) and input value's dim({input.Rank}) numel({input.Numel})");
        bool fits = sorted_sequence.Rank <= 1 || (sorted_sequence.Rank == input.Rank && sorted_sequence.SizesRef.Without(input.Rank - 1) == input.SizesRef.Without(input.Rank - 1));
        Check.That(fits, $"torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor {sorted_sequence.SizesRef.Brackets()} and input value tensor {input.SizesRef.Brackets()}");
        if (sorter is not null)
        {
            Check.That(sorter.SizesRef == sorted_sequence.SizesRef, $"torch.searchsorted(): boundary and sorter must have the same size, but got boundary tensor {sorted_sequence.SizesRef.Brackets()}and got sorter tensor {sorter.SizesRef.Brackets()}");
            Check.That(sorter.DType == ScalarType.Int64, $"torch.searchsorted(): sorter must be a tensor of long dtype but got dtype {sorter.DType.LegacyName}");
        }
        return BinarySearch.Run(sorted_sequence, input, right || side == "right", out_int32, sorter);
    }
}

[CompositeOp("searchsorted", Method = false)]
internal static partial class SearchsortedNumber
{
    /// <summary>Where the number would go in the sorted vector.</summary>
    static Tensor Compose(Tensor sorted_sequence, Scalar input, bool out_int32 = false, bool right = false, string? side = null, Tensor? sorter = null) =>
        Searchsorted.Call(sorted_sequence, Tensor.FromNumber(input), out_int32, right, side, sorter);
}

[CompositeOp("bucketize", Method = false, Out = true)]
internal static partial class Bucketize
{
    /// <summary>The number of the bucket between the boundaries into which each value falls.</summary>
    static Tensor Compose(Tensor input, Tensor boundaries, bool out_int32 = false, bool right = false)
    {
        Check.That(boundaries.Rank == 1, $"boundaries tensor must be 1 dimension, but got dim({boundaries.Rank})");
        return BinarySearch.Run(boundaries, input, right, out_int32, null);
    }
}

[CompositeOp("bucketize", Method = false)]
internal static partial class BucketizeNumber
{
    /// <summary>The number of the bucket between the boundaries into which the number falls.</summary>
    static Tensor Compose(Scalar input, Tensor boundaries, bool out_int32 = false, bool right = false) =>
        Bucketize.Call(Tensor.FromNumber(input), boundaries, out_int32, right);
}

[CompositeOp("isin", Method = false, Out = true)]
internal static partial class Isin
{
    /// <summary>Tests of each element whether it is among the others.</summary>
    static Tensor Compose([OrScalar] Tensor elements, [OrScalar] Tensor test_elements, bool assume_unique = false, bool invert = false)
    {
        Tensor result = Factories.Filled(elements.SizesRef, invert, ScalarType.Bool, elements.device, false);
        if (elements.Numel == 0 || test_elements.Numel == 0) return result;
        ScalarType type = Promotion.Promote(elements.DType, test_elements.DType);
        if (type.IsIntegral && TryTable(elements, test_elements, invert, result)) return result;
        Tensor sorted = Sort.Call(Reshape.Call(test_elements.detach().to(type), [-1])).values, values = elements.detach().to(type);
        // An element is there when it equals what stands where it would go; NaN equals nothing.
        Tensor place = BinarySearch.Run(sorted, values, false, false, null).clamp_(max: sorted.Numel - 1);
        result.CopyRaw(torch.eq(Take.Call(sorted, place), values));
        return invert ? torch.logical_not(result) : result;
    }

    // Whole numbers whose range is not much larger than their number are looked up.
    private static unsafe bool TryTable(Tensor elements, Tensor others, bool invert, Tensor result)
    {
        Tensor values = Lines.Dense(elements.detach(), ScalarType.Int64), tests = Lines.Dense(others.detach(), ScalarType.Int64);
        fixed (byte* v = &values.Reference, t = &tests.Reference, r = &result.Reference)
        {
            (long least, long most) = HistogramKernels.Range((long*)t, tests.Numel);
            ulong range = (ulong)most - (ulong)least;
            if (range >= 4 * (ulong)(values.Numel + tests.Numel)) return false;
            MembershipTable.Run((long*)v, values.Numel, (long*)t, tests.Numel, least, (long)range + 1, invert, (bool*)r);
        }
        GC.KeepAlive(values);
        GC.KeepAlive(tests);
        return true;
    }
}
