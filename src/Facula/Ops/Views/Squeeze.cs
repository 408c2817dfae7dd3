namespace Facula.Ops;

[ViewOp("squeeze", InPlace = true)]
internal static partial class Squeeze
{
    /// <summary>A view without the dimensions of extent 1.</summary>
    static ViewSpec Infer(Tensor input)
    {
        Span<long> sizes = stackalloc long[input.Rank], strides = stackalloc long[input.Rank];
        int kept = 0;
        for (int i = 0; i < input.Rank; i++)
        {
            if (input.Sizes[i] == 1) continue;
            sizes[kept] = input.Sizes[i];
            strides[kept++] = input.Strides[i];
        }
        return new(new Size(sizes[..kept]), new Size(strides[..kept]), input.Offset);
    }

    static Tensor GradInput(Tensor grad, Size input) => Reshape.Call(grad, input);
}

[CompositeOp("flatten")]
internal static partial class Flatten
{
    /// <summary>The dimensions from <paramref name="start_dim"/> to <paramref name="end_dim"/> as one: a view where possible.</summary>
    static Tensor Compose(Tensor input, long start_dim = 0, long end_dim = -1)
    {
        int start = Check.Dim(start_dim, input.Rank), end = Check.Dim(end_dim, input.Rank);
        Check.That(start <= end, $"flatten() has invalid args: start_dim cannot come after end_dim");
        if (input.Rank == 0) return Reshape.Call(input, [1]);
        if (start == end) return input;
        long extent = 1;
        for (int i = start; i <= end; i++) extent *= input.Sizes[i];
        Size size = new Size(input.Sizes[..start]).Insert(start, extent).Concat(input.Sizes[(end + 1)..]);
        return Reshape.Call(input, size);
    }
}

[CompositeOp("unflatten")]
internal static partial class Unflatten
{
    /// <summary>A view with one dimension split into several; one of them may be −1.</summary>
    static Tensor Compose(Tensor input, long dim, Size sizes)
    {
        int at = Check.Dim(dim, input.Rank);
        Check.That(sizes.Rank > 0, $"unflatten: sizes must be non-empty");
        long extent = input.Rank == 0 ? 1 : input.Sizes[at];
        Size parts;
        try
        {
            parts = View.Resolve(sizes, extent);
        }
        catch (TorchException)
        {
            bool free = sizes.AsSpan().Contains(-1);
            throw new TorchException($"unflatten: Provided sizes {sizes.Brackets()} don't multiply up to the size of dim {at} ({extent}) in the input tensor{(free ? "" : "")}");
        }
        return View.Call(input, new Size(input.Sizes[..at]).Concat(parts.AsSpan()).Concat(input.Rank == 0 ? [] : input.Sizes[(at + 1)..]));
    }
}

[CompositeOp("ravel")]
internal static partial class Ravel
{
    /// <summary>The elements as one dimension: a view of a contiguous tensor, else a copy.</summary>
    static Tensor Compose(Tensor input) => View.Call(input.contiguous(), [-1]);
}

[CompositeOp("reshape_as", Function = false)]
internal static partial class ReshapeAs
{
    /// <summary>The elements in the shape of <paramref name="other"/>.</summary>
    static Tensor Compose(Tensor input, Tensor other) => Reshape.Call(input, other.SizesRef);
}

[CompositeOp("view_as", Function = false)]
internal static partial class ViewAs
{
    /// <summary>A view in the shape of <paramref name="other"/>.</summary>
    static Tensor Compose(Tensor input, Tensor other) => View.Call(input, other.SizesRef);
}

[CompositeOp("expand_as", Function = false)]
internal static partial class ExpandAs
{
    /// <summary>A view expanded to the shape of <paramref name="other"/>.</summary>
    static Tensor Compose(Tensor input, Tensor other) => Expand.Call(input, other.SizesRef);
}

[ViewOp("view", Function = false)]
internal static partial class ViewDType
{
    /// <summary>The same bytes read as another dtype; the last dimension grows or shrinks with the element's size.</summary>
    static ViewSpec Infer(Tensor input, ScalarType dtype)
    {
        Check.That(!input.IsConjugated, $"torch.Tensor.view is not supported for conjugate view tensors when converting to a different dtype.");
        int from = input.DType.itemsize, to = dtype.itemsize;
        if (from == to) return new(input.SizesRef, input.StridesRef, input.Offset, dtype);
        Check.That(input.Rank > 0, $"self.dim() cannot be 0 to view {input.DType} as {dtype} (different element sizes)");
        int last = input.Rank - 1;
        Check.That(input.Strides[last] == 1 || input.Sizes[last] == 1, $"self.stride(-1) must be 1 to view {input.DType} as {dtype} (different element sizes), but got {input.Strides[last]}");
        Span<long> strides = stackalloc long[input.Rank];
        if (from > to)
        {
            long ratio = from / to;
            for (int i = 0; i < last; i++) strides[i] = input.Strides[i] * ratio;
            strides[last] = 1;
            return new(input.SizesRef.With(last, input.Sizes[last] * ratio), new Size(strides), input.Offset * ratio, dtype);
        }
        long wide = to / from;
        Check.That(input.Sizes[last] % wide == 0, $"self.size(-1) must be divisible by {wide} to view {input.DType} as {dtype} (different element sizes), but got {input.Sizes[last]}");
        Check.That(input.Offset % wide == 0, $"self.storage_offset() must be divisible by {wide} to view {input.DType} as {dtype} (different element sizes), but got {input.Offset}");
        for (int i = 0; i < last; i++)
        {
            Check.That(input.Strides[i] % wide == 0, $"self.stride({i}) must be divisible by {wide} to view {input.DType} as {dtype} (different element sizes), but got {input.Strides[i]}");
            strides[i] = input.Strides[i] / wide;
        }
        strides[last] = 1;
        return new(input.SizesRef.With(last, input.Sizes[last] / wide), new Size(strides), input.Offset / wide, dtype);
    }
}
