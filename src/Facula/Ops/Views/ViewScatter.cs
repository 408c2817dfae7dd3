namespace Facula.Ops;

/// <summary>The common part of the ops that copy an input and overwrite a view of the copy.</summary>
internal static class ViewScatter
{
    internal static TensorSpec Spec(Tensor input, Tensor src, in Size view, string op)
    {
        Check.That(src.SizesRef == view, $"expected src to have a size equal to the {op} of self. src size = {src.SizesRef.Brackets()}, {op} size = {view.Brackets()}");
        return TensorSpec.Like(input);
    }

    internal static void Write(Tensor input, Tensor src, Tensor result, in ViewSpec view)
    {
        if (!ReferenceEquals(input, result)) Copying.Copy(input, result);
        result.Alias(view.Sizes, view.Strides, view.Offset).CopyRaw(src);
    }
}

[TensorOp("select_scatter")]
internal static partial class SelectScatter
{
    /// <summary>A copy of <paramref name="input"/> with one slice replaced by <paramref name="src"/>.</summary>
    static TensorSpec Infer(Tensor input, Tensor src, long dim, long index) =>
        ViewScatter.Spec(input, src, Select.Of(input.SizesRef, input.StridesRef, input.Offset, dim, index).Sizes, "slice");

    static void Compute(Tensor input, Tensor src, long dim, long index, Tensor result) =>
        ViewScatter.Write(input, src, result, Select.Of(result.SizesRef, result.StridesRef, result.Offset, dim, index));

    static Tensor GradInput(Tensor grad, TensorSpec src, long dim, long index) => Call(grad, src.As(grad.DType).Zeros(), dim, index);

    static Tensor GradSrc(Tensor grad, long dim, long index) => Select.Call(grad, dim, index);
}

[TensorOp("slice_scatter")]
internal static partial class SliceScatter
{
    /// <summary>A copy of <paramref name="input"/> with the elements of a slice replaced by <paramref name="src"/>.</summary>
    static TensorSpec Infer(Tensor input, Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) =>
        ViewScatter.Spec(input, src, Slice.Of(input.SizesRef, input.StridesRef, input.Offset, dim, start, end, step).Sizes, "slice");

    static void Compute(Tensor input, Tensor src, long dim, long? start, long? end, long step, Tensor result) =>
        ViewScatter.Write(input, src, result, Slice.Of(result.SizesRef, result.StridesRef, result.Offset, dim, start, end, step));

    static Tensor GradInput(Tensor grad, TensorSpec src, long dim, long? start, long? end, long step) =>
        Call(grad, src.As(grad.DType).Zeros(), dim, start, end, step);

    static Tensor GradSrc(Tensor grad, long dim, long? start, long? end, long step) => Slice.Call(grad, dim, start, end, step);
}

[TensorOp("diagonal_scatter")]
internal static partial class DiagonalScatter
{
    /// <summary>A copy of <paramref name="input"/> with a diagonal replaced by <paramref name="src"/>.</summary>
    static TensorSpec Infer(Tensor input, Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) =>
        ViewScatter.Spec(input, src, Diagonal.Of(input.SizesRef, input.StridesRef, input.Offset, offset, dim1, dim2).Sizes, "slice");

    static void Compute(Tensor input, Tensor src, long offset, long dim1, long dim2, Tensor result) =>
        ViewScatter.Write(input, src, result, Diagonal.Of(result.SizesRef, result.StridesRef, result.Offset, offset, dim1, dim2));

    static Tensor GradInput(Tensor grad, TensorSpec src, long offset, long dim1, long dim2) =>
        Call(grad, src.As(grad.DType).Zeros(), offset, dim1, dim2);

    static Tensor GradSrc(Tensor grad, long offset, long dim1, long dim2) => Diagonal.Call(grad, offset, dim1, dim2);
}

[TensorOp("as_strided_scatter")]
internal static partial class AsStridedScatter
{
    /// <summary>A copy of <paramref name="input"/>'s memory with the elements of a strided piece replaced by <paramref name="src"/>.</summary>
    static TensorSpec Infer(Tensor input, Tensor src, Size size, Size stride, long? storage_offset = null)
    {
        Check.That(size.Rank == stride.Rank, $"mismatch in length of strides and shape");
        long needed = (storage_offset ?? 0) + Tensor.Extent(size, stride);
        Check.That(needed <= input.Numel || size.numel() == 0,
            $"setStorage: sizes {size.Brackets()}, strides {stride.Brackets()}, storage offset {storage_offset ?? 0}, and itemsize {input.DType.itemsize} requiring a storage size of {needed * input.DType.itemsize} are out of bounds for storage of size {input.Numel * input.DType.itemsize}");
        return ViewScatter.Spec(input, src, size, "slice");
    }

    static void Compute(Tensor input, Tensor src, Size size, Size stride, long? storage_offset, Tensor result) =>
        ViewScatter.Write(input, src, result, new ViewSpec(size, stride, result.Offset + (storage_offset ?? 0)));

    static Tensor GradInput(Tensor grad, TensorSpec src, Size size, Size stride, long? storage_offset) =>
        Call(grad.contiguous(), src.As(grad.DType).Zeros(), size, stride, storage_offset);

    static Tensor GradSrc(Tensor grad, Size size, Size stride, long? storage_offset) => AsStrided.Call(grad.contiguous(), size, stride, storage_offset ?? 0);
}
