namespace Facula.Ops;

[CompositeOp("tensor_split")]
internal static partial class TensorSplit
{
    /// <summary>Views of <paramref name="sections"/> pieces along a dimension, the first ones longer by one where the extent is not divisible.</summary>
    static Tensor[] Compose(Tensor input, long sections, long dim = 0)
    {
        Check.That(input.Rank > 0, $"tensor_split expected at least a 1-dimensional tensor, but got a tensor with {input.Rank} dims");
        int d = Check.Dim(dim, input.Rank);
        Check.That(sections > 0, $"number of sections must be larger than 0, got {sections}");
        long extent = input.Sizes[d], start = 0;
        var pieces = new Tensor[sections];
        for (long i = 0; i < sections; i++)
        {
            long length = extent / sections + (i < extent % sections ? 1 : 0);
            pieces[i] = Slice.Call(input, d, start, start + length);
            start += length;
        }
        return pieces;
    }
}

[CompositeOp("tensor_split")]
internal static partial class TensorSplitIndices
{
    /// <summary>Views of the pieces between the given indices along a dimension.</summary>
    static Tensor[] Compose(Tensor input, Size indices, long dim = 0)
    {
        Check.That(input.Rank > 0, $"tensor_split expected at least a 1-dimensional tensor, but got a tensor with {input.Rank} dims");
        int d = Check.Dim(dim, input.Rank);
        var pieces = new Tensor[indices.Rank + 1];
        long start = 0;
        for (int i = 0; i < indices.Rank; i++)
        {
            pieces[i] = Slice.Call(input, d, start, indices[i]);
            start = indices[i];
        }
        pieces[^1] = Slice.Call(input, d, start, input.Sizes[d]);
        return pieces;
    }
}

[CompositeOp("tensor_split")]
internal static partial class TensorSplitTensor
{
    /// <summary>Views of pieces along a dimension; the tensor holds their number or the indices between them.</summary>
    static Tensor[] Compose(Tensor input, Tensor tensor_indices_or_sections, long dim = 0)
    {
        Tensor t = tensor_indices_or_sections;
        Check.That(t.DType == ScalarType.Int64, $"tensor_split expected tensor_indices_or_sections to have dtype of long, but got {t.DType.LegacyName}");
        Check.That(t.Rank <= 1, $"tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a tensor with {t.Rank} dims");
        return t.Rank == 0 ? TensorSplit.Call(input, t.item().ToInt64(), dim) : TensorSplitIndices.Call(input, t.ToArray<long>(), dim);
    }
}

[CompositeOp("hsplit")]
internal static partial class Hsplit
{
    /// <summary>Views of equal pieces along the second dimension (of a vector, the first).</summary>
    static Tensor[] Compose(Tensor input, long sections) => AxisSplit.Equal(input, sections, input.Rank == 1 ? 0 : 1, 1, "hsplit");
}

[CompositeOp("hsplit")]
internal static partial class HsplitIndices
{
    /// <summary>Views of the pieces between the indices along the second dimension (of a vector, the first).</summary>
    static Tensor[] Compose(Tensor input, Size indices) => AxisSplit.At(input, indices, input.Rank == 1 ? 0 : 1, 1, "hsplit");
}

[CompositeOp("vsplit")]
internal static partial class Vsplit
{
    /// <summary>Views of equal pieces along the first dimension.</summary>
    static Tensor[] Compose(Tensor input, long sections) => AxisSplit.Equal(input, sections, 0, 2, "vsplit");
}

[CompositeOp("vsplit")]
internal static partial class VsplitIndices
{
    /// <summary>Views of the pieces between the indices along the first dimension.</summary>
    static Tensor[] Compose(Tensor input, Size indices) => AxisSplit.At(input, indices, 0, 2, "vsplit");
}

[CompositeOp("dsplit")]
internal static partial class Dsplit
{
    /// <summary>Views of equal pieces along the third dimension.</summary>
    static Tensor[] Compose(Tensor input, long sections) => AxisSplit.Equal(input, sections, 2, 3, "dsplit");
}

[CompositeOp("dsplit")]
internal static partial class DsplitIndices
{
    /// <summary>Views of the pieces between the indices along the third dimension.</summary>
    static Tensor[] Compose(Tensor input, Size indices) => AxisSplit.At(input, indices, 2, 3, "dsplit");
}

/// <summary>The common part of hsplit, vsplit and dsplit.</summary>
internal static class AxisSplit
{
    internal static Tensor[] Equal(Tensor input, long sections, int dim, int least, string op)
    {
        Require(input, least, op);
        long extent = input.Sizes[dim];
        Check.That(sections > 0 && extent % sections == 0,
            $"torch.{op} attempted to split along dimension {dim}, but the size of the dimension {extent} is not divisible by the split_size {sections}!");
        return TensorSplit.Call(input, sections, dim);
    }

    internal static Tensor[] At(Tensor input, in Size indices, int dim, int least, string op)
    {
        Require(input, least, op);
        return TensorSplitIndices.Call(input, indices, dim);
    }

    private static void Require(Tensor input, int least, string op) => Check.That(input.Rank >= least,
        $"torch.{op} requires a tensor with at least {least} dimension, but got a tensor with {input.Rank} dimensions!");
}
