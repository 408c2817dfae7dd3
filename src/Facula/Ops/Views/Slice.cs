namespace Facula.Ops;

[ViewOp("slice", Public = false)]
internal static partial class Slice
{
    /// <summary>Every <paramref name="step"/>-th element from <paramref name="start"/> up to <paramref name="end"/> along a dimension, as a view.</summary>
    static ViewSpec Infer(Tensor input, long dim, long? start = null, long? end = null, long step = 1) =>
        Of(input.SizesRef, input.StridesRef, input.Offset, dim, start, end, step);

    internal static ViewSpec Of(Size sizes, Size strides, long offset, long dim, long? start, long? end, long step)
    {
        if (sizes.Rank == 0) throw new TorchException("slice() cannot be applied to a 0-dim tensor.");
        int d = Check.Dim(dim, sizes.Rank);
        Check.That(step > 0, $"slice step must be positive");
        long extent = sizes[d];
        long from = Clamp(start ?? 0, extent), to = Math.Max(from, Clamp(end ?? extent, extent));
        long count = to - from, stride = strides[d];
        // A division takes as long as all the rest.
        return step == 1
            ? new(sizes.With(d, count), strides, offset + from * stride)
            : new(sizes.With(d, (count + step - 1) / step), strides.With(d, stride * step), offset + from * stride);
    }

    internal static long Clamp(long index, long extent) => Math.Clamp(index < 0 ? index + extent : index, 0, extent);

    static Tensor? GradInput(Tensor grad, Size input, long dim, long? start, long? end, long step, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.Open(grad);
        if (hold.Sum is null) return ViewGradient.Of(grad, input, Of(input, input.ContiguousStrides(), 0, dim, start, end, step));
        Call(hold.Sum, dim, start, end, step).add_(grad);
        return null;
    }
}

[CompositeOp("narrow")]
internal static partial class Narrow
{
    /// <summary>The <paramref name="length"/> indices from <paramref name="start"/> along a dimension, as a view.</summary>
    static Tensor Compose(Tensor input, long dim, long start, long length)
    {
        Check.That(input.Rank > 0, $"narrow() cannot be applied to a 0-dim tensor.");
        Check.That(length >= 0, $"narrow(): length must be non-negative.");
        long extent = input.Sizes[Check.Dim(dim, input.Rank)];
        if (start < -extent || start > extent) throw new IndexOutOfRangeException($"start out of range (expected to be in range of [{-extent}, {extent}], but got {start})");
        long from = start < 0 ? start + extent : start;
        Check.That(from + length <= extent, $"start ({from}) + length ({length}) exceeds dimension size ({extent}).");
        return Slice.Call(input, dim, from, from + length);
    }
}

[CompositeOp("narrow")]
internal static partial class NarrowTensor
{
    /// <summary>The <paramref name="length"/> indices from <paramref name="start"/>, a 0-dim integer tensor, along a dimension, as a view.</summary>
    static Tensor Compose(Tensor input, long dim, Tensor start, long length)
    {
        Check.That(start.Rank == 0 && start.DType.IsIntegral, $"start must be an 0-dim integral Tensor.");
        return Narrow.Call(input, dim, start.item().ToInt64(), length);
    }
}

[CompositeOp("narrow_copy", Out = true)]
internal static partial class NarrowCopy
{
    /// <summary>A copy of the <paramref name="length"/> indices from <paramref name="start"/> along a dimension.</summary>
    static Tensor Compose(Tensor input, long dim, long start, long length) => Clone.Call(Narrow.Call(input, dim, start, length), torch.contiguous_format);
}

[ViewOp("unfold", Function = false)]
internal static partial class Unfold
{
    /// <summary>All windows of <paramref name="size"/> along a dimension, <paramref name="step"/> apart, in a new last dimension, as a view.</summary>
    static ViewSpec Infer(Tensor input, long dimension, long size, long step) =>
        Of(input.SizesRef, input.StridesRef, input.Offset, dimension, size, step);

    private static ViewSpec Of(in Size sizes, in Size strides, long offset, long dimension, long size, long step)
    {
        int d = Check.Dim(dimension, sizes.Rank);
        long extent = sizes.Rank == 0 ? 1 : sizes[d];
        Check.That(size <= extent, $"maximum size for tensor at dimension {d} is {extent} but size is {size}");
        Check.That(step > 0, $"step is {step} but must be > 0");
        if (sizes.Rank == 0) return new([size], [1], offset);
        return new(sizes.With(d, (extent - size) / step + 1).Insert(sizes.Rank, size), strides.With(d, strides[d] * step).Insert(sizes.Rank, strides[d]), offset);
    }

    static Tensor GradInput(Tensor grad, Size input, long dimension, long size, long step) =>
        ViewGradient.Of(grad, input, Of(input, input.ContiguousStrides(), 0, dimension, size, step));
}
