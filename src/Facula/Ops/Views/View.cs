namespace Facula.Ops;

[ViewOp("view", Function = false)]
internal static partial class View
{
    /// <summary>The same elements in another shape, as a view; one extent may be −1.</summary>
    static ViewSpec Infer(Tensor input, [Variadic] Size size)
    {
        Size target = Resolve(size, input.Numel);
        return TryStrides(input, target, out Size strides)
            ? new(target, strides, input.Offset)
            : throw new TorchException("view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.");
    }

    static Tensor GradInput(Tensor grad, Size input) => Reshape.Call(grad, input);

    /// <summary>The shape with its −1 filled in.</summary>
    internal static Size Resolve(in Size size, long numel)
    {
        int free = -1;
        long known = 1;
        for (int i = 0; i < size.Rank; i++)
        {
            if (size[i] == -1)
            {
                Check.That(free < 0, $"only one dimension can be inferred");
                free = i;
            }
            else
            {
                Check.That(size[i] >= 0, $"invalid shape dimension {size[i]}");
                known *= size[i];
            }
        }
        if (free < 0)
        {
            Check.That(known == numel, $"shape '{size.Brackets()}' is invalid for input of size {numel}");
            return size;
        }
        if (known == 0 && numel == 0) throw new TorchException($"cannot reshape tensor of 0 elements into shape {size.Brackets()} because the unspecified dimension size -1 can be any value and is ambiguous");
        Check.That(known != 0 && numel % known == 0, $"shape '{size.Brackets()}' is invalid for input of size {numel}");
        return size.With(free, numel / known);
    }

    /// <summary>Strides that show the elements in the shape without copying, where there are any.</summary>
    internal static bool TryStrides(Tensor input, in Size target, out Size strides)
    {
        if (input.IsContiguous)
        {
            strides = target.ContiguousStrides();
            return true;
        }
        Span<long> found = stackalloc long[target.Rank];
        int v = target.Rank - 1;
        long chunkStride = input.Rank == 0 ? 1 : input.Strides[^1];
        long inputCount = 1, viewCount = 1;
        for (int d = input.Rank - 1; d >= 0; d--)
        {
            inputCount *= input.Sizes[d];
            bool ends = d == 0 || (input.Sizes[d - 1] != 1 && input.Strides[d - 1] != inputCount * chunkStride);
            if (!ends) continue;
            while (v >= 0 && (viewCount < inputCount || target[v] == 1))
            {
                found[v] = viewCount * chunkStride;
                viewCount *= target[v];
                v--;
            }
            if (viewCount != inputCount)
            {
                strides = default;
                return false;
            }
            if (d > 0)
            {
                chunkStride = input.Strides[d - 1];
                inputCount = 1;
                viewCount = 1;
            }
        }
        strides = new Size(found);
        return v < 0;
    }
}

[CompositeOp("reshape")]
internal static partial class Reshape
{
    /// <summary>The same elements in another shape: a view where possible, else a copy; one extent may be −1.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size shape)
    {
        Size target = View.Resolve(shape, input.Numel);
        return View.TryStrides(input, target, out _) ? ReshapeAlias.Call(input, target) : UnsafeView.Call(Clone.Call(input, contiguous_format), target);
    }
}

[ViewOp("_reshape_alias", Public = false)]
internal static partial class ReshapeAlias
{
    /// <summary>The view that reshape gives: view under a name of its own in the graph.</summary>
    static ViewSpec Infer(Tensor input, Size size) =>
        View.TryStrides(input, size, out Size strides) ? new(size, strides, input.Offset) : throw new InvalidOperationException("reshape needs a copy");

    static Tensor GradInput(Tensor grad, Size input) => Reshape.Call(grad, input);
}

[ViewOp("_unsafe_view", Public = false, Node = "UnsafeViewBackward0")]
internal static partial class UnsafeView
{
    /// <summary>A view of a tensor that nobody else has.</summary>
    static ViewSpec Infer(Tensor input, Size size) => new(size, size.ContiguousStrides(), input.Offset);

    static Tensor GradInput(Tensor grad, Size input) => Reshape.Call(grad, input);
}
