namespace Facula.Ops;

[ViewOp("select")]
internal static partial class Select
{
    /// <summary>The slice at <paramref name="index"/> along <paramref name="dim"/>, as a view without that dimension.</summary>
    static ViewSpec Infer(Tensor input, long dim, long index) => Of(input.SizesRef, input.StridesRef, input.Offset, dim, index);

    internal static ViewSpec Of(Size sizes, Size strides, long offset, long dim, long index)
    {
        if (sizes.Rank == 0) throw new IndexOutOfRangeException("select() cannot be applied to a 0-dim tensor.");
        int d = Check.Dim(dim, sizes.Rank);
        long extent = sizes[d];
        if (index < -extent || index >= extent)
            throw new IndexOutOfRangeException($"select(): index {index} out of range for tensor of size {sizes.Brackets()} at dimension {d}");
        long at = index < 0 ? index + extent : index;
        return new(sizes.Without(d), strides.Without(d), offset + at * strides[d]);
    }

    static Tensor? GradInput(Tensor grad, Size input, long dim, long index, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.Open(grad);
        if (hold.Sum is null) return SelectBackward.Call(grad, input, dim, index);
        Call(hold.Sum, dim, index).add_(grad);
        return null;
    }
}

[TensorOp("select_backward", Public = false, Out = false)]
internal static partial class SelectBackward
{
    /// <summary>Zeros of the shape with one slice set.</summary>
    static TensorSpec Infer(Tensor input, Size size, long dim, long index) => new(size, input.DType, input.device);

    static void Compute(Tensor input, Size size, long dim, long index, Tensor result)
    {
        result.FillRaw(0);
        int d = Check.Dim(dim, size.Rank);
        long at = index < 0 ? index + size[d] : index;
        result.Alias(result.SizesRef.Without(d), result.StridesRef.Without(d), at * result.Strides[d]).CopyRaw(input);
    }

    static Tensor GradInput(Tensor grad, long dim, long index) => Select.Call(grad, dim, index);
}
