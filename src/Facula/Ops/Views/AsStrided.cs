namespace Facula.Ops;

[CompositeOp("as_strided")]
internal static partial class AsStrided
{
    /// <summary>A view of the storage with the given size, strides and storage offset, all in elements.</summary>
    static Tensor Compose(Tensor input, Size size, Size stride, long? storage_offset = null) =>
        StridedView.Call(input, size, stride, storage_offset ?? input.Offset, input.StridesRef, input.Offset);

    /// <summary>The gradient of a strided piece: adds it into zeros of the base's geometry, where pieces overlap several times.</summary>
    internal static Tensor Scatter(Tensor grad, in Size baseSizes, in Size baseStrides, in Size sizes, in Size strides, long offset)
    {
        long extent = Math.Max(Tensor.Extent(baseSizes, baseStrides), offset + Tensor.Extent(sizes, strides));
        return ScatterStrided.Call(grad, extent, sizes, strides, offset).as_strided(baseSizes, baseStrides, 0);
    }
}

[CompositeOp("as_strided_")]
internal static partial class AsStridedInPlace
{
    /// <summary>Gives the tensor the size, strides and offset, all in elements of its storage.</summary>
    static Tensor Compose(Tensor input, Size size, Size stride, long? storage_offset = null) =>
        StridedView.CallInPlace(input, size, stride, storage_offset ?? input.Offset, input.StridesRef, input.Offset);
}

[ViewOp("strided_view", Public = false, InPlace = true, Node = "AsStridedBackward0")]
internal static partial class StridedView
{
    /// <summary>A view of the storage; the input's own strides and offset go along for the gradient.</summary>
    static ViewSpec Infer(Tensor input, Size size, Size stride, long offset, Size inputStrides, long inputOffset)
    {
        Check.That(size.Rank == stride.Rank, $"mismatch in length of strides and shape");
        long needed = (offset + Tensor.Extent(size, stride)) * input.DType.itemsize;
        Check.That(offset >= 0 && needed <= input.Storage.Bytes || size.numel() == 0,
            $"setStorage: sizes {size.Brackets()}, strides {stride.Brackets()}, storage offset {offset}, and itemsize {input.DType.itemsize} requiring a storage size of {needed} are out of bounds for storage of size {input.Storage.Bytes}");
        return new(size, stride, offset);
    }

    // The gradient is laid out over the storage as both the view and the input see it.
    static Tensor GradInput(Tensor grad, Size input, Size size, Size stride, long offset, Size inputStrides, long inputOffset)
    {
        long low = Math.Min(offset, inputOffset);
        long extent = Math.Max(inputOffset - low + Tensor.Extent(input, inputStrides), offset - low + Tensor.Extent(size, stride));
        Tensor laid = ScatterStrided.Call(grad, extent, size, stride, offset - low);
        // Elements of the input that share a place share its gradient.
        if (ScatterStrided.HasOverlap(input, inputStrides))
            laid = laid / ScatterStrided.Call(torch.ones(input, dtype: grad.DType), extent, input, inputStrides, inputOffset - low).maximum(1);
        return AsStrided.Call(laid, input, inputStrides, inputOffset - low);
    }
}

[TensorOp("scatter_strided", Public = false, Out = false)]
internal static partial class ScatterStrided
{
    /// <summary>Zeros of the given length into which the input is added at strided places.</summary>
    static TensorSpec Infer(Tensor input, long length, Size size, Size stride, long offset) => new([length], input.DType, input.device);

    static void Compute(Tensor input, long length, Size size, Size stride, long offset, Tensor result)
    {
        result.FillRaw(0);
        Tensor target = result.Alias(size, stride, offset);
        if (!HasOverlap(size, stride))
        {
            target.CopyRaw(input);
            return;
        }
        // Elements that share a place are added one index of the repeated dimensions at a time.
        AddRepeated(input, target);
    }

    private static void AddRepeated(Tensor source, Tensor target)
    {
        if (target.Rank == 0)
        {
            Elementwise.Number<Facula.Kernels.AddKernel>(target, source, target);
            return;
        }
        // Best the shortest dimension without which no places are shared; otherwise the first.
        int dim = 0;
        long least = long.MaxValue;
        for (int d = 0; d < target.Rank; d++)
            if (target.Sizes[d] < least && !HasOverlap(target.SizesRef.Without(d), target.StridesRef.Without(d))) (dim, least) = (d, target.Sizes[d]);
        for (long i = 0; i < target.Sizes[dim]; i++)
        {
            Tensor s = source.Alias(source.SizesRef.Without(dim), source.StridesRef.Without(dim), source.Offset + i * source.Strides[dim]);
            Tensor t = target.Alias(target.SizesRef.Without(dim), target.StridesRef.Without(dim), target.Offset + i * target.Strides[dim]);
            if (HasOverlap(t.SizesRef, t.StridesRef)) AddRepeated(s, t);
            else Elementwise.Number<Facula.Kernels.AddKernel>(t, s, t);
        }
    }

    // Sorted by stride, every dimension must step over all that lie within it.
    internal static bool HasOverlap(in Size size, in Size stride)
    {
        var dims = new List<(long Stride, long Extent)>();
        for (int i = 0; i < size.Rank; i++)
            if (size[i] > 1) dims.Add((Math.Abs(stride[i]), size[i]));
        dims.Sort();
        long reach = 0;
        foreach ((long step, long extent) in dims)
        {
            if (step <= reach) return true;
            reach += step * (extent - 1);
        }
        return false;
    }

    static Tensor GradInput(Tensor grad, Size size, Size stride, long offset) => AsStrided.Call(grad.contiguous(), size, stride, offset);
}
