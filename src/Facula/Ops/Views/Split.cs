namespace Facula.Ops;

/// <summary>Ops that answer several views of one tensor; one backward node joins their gradients.</summary>
internal static class MultiView
{
    /// <summary>Consecutive pieces along a dimension.</summary>
    internal static Tensor[] Pieces(Tensor input, int dim, ReadOnlySpan<long> lengths, string node)
    {
        var views = new Tensor[lengths.Length];
        BackwardNode? history = GradMode.Enabled && input.NeedsGrad ? new JoinNode(input, dim, node, stacked: false) : null;
        long start = 0;
        for (int i = 0; i < views.Length; i++)
        {
            views[i] = Piece(input, Slice.Of(input.SizesRef, input.StridesRef, input.Offset, dim, start, start + lengths[i], 1), history);
            start += lengths[i];
        }
        return views;
    }

    /// <summary>The slices along a dimension, without it.</summary>
    internal static Tensor[] Slices(Tensor input, int dim)
    {
        var views = new Tensor[input.Sizes[dim]];
        BackwardNode? history = GradMode.Enabled && input.NeedsGrad ? new JoinNode(input, dim, "UnbindBackward0", stacked: true) : null;
        Size sizes = input.SizesRef.Without(dim), strides = input.StridesRef.Without(dim);
        for (int i = 0; i < views.Length; i++)
            views[i] = Piece(input, new ViewSpec(sizes, strides, input.Offset + i * input.Strides[dim]), history);
        return views;
    }

    private static Tensor Piece(Tensor input, in ViewSpec spec, BackwardNode? history)
    {
        Tensor view = input.View(spec, ofMultiView: true);
        if (history is not null) view.SetHistory(history);
        return view;
    }

    private sealed class JoinNode : BackwardNode
    {
        private readonly int _dim;
        private readonly string _name;
        private readonly bool _stacked;

        internal JoinNode(Tensor input, int dim, string name, bool stacked)
        {
            (_dim, _name, _stacked) = (dim, name, stacked);
            SetEdgeCount(1);
            SetEdge(0, input);
        }

        public override string Name => _name;

        internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads)
        {
            var parts = new Tensor[OutputCount];
            for (int i = 0; i < parts.Length; i++) parts[i] = GradOrZeros(i < grads.Length ? grads[i] : null, i);
            inputGrads[0] = _stacked ? Stack.Call(parts, _dim) : Cat.Call(parts, _dim);
        }
    }
}

[CompositeOp("split", Method = false)]
internal static partial class Split
{
    /// <summary>Views of pieces of <paramref name="split_size_or_sections"/> along a dimension; the last may be smaller.</summary>
    static Tensor[] Compose(Tensor tensor, long split_size_or_sections, long dim = 0)
    {
        Check.That(tensor.Rank > 0, $"split expects at least a 1-dimensional tensor");
        Check.That(split_size_or_sections >= 0, $"split expects split_size be non-negative, but got split_size={split_size_or_sections}");
        int d = Check.Dim(dim, tensor.Rank);
        long extent = tensor.Sizes[d], size = split_size_or_sections;
        Check.That(size > 0 || extent == 0, $"split_size can only be 0 if dimension size is 0, but got dimension size of {extent}");
        long count = size == 0 ? 1 : Math.Max(1, (extent + size - 1) / size);
        var lengths = new long[count];
        for (int i = 0; i < count; i++) lengths[i] = Math.Min(size, extent - i * size);
        return MultiView.Pieces(tensor, d, lengths, "SplitBackward0");
    }
}

[CompositeOp("split", Method = false)]
internal static partial class SplitSections
{
    /// <summary>Views of pieces of the given lengths along a dimension.</summary>
    static Tensor[] Compose(Tensor tensor, Size split_size_or_sections, long dim = 0) => SplitWithSizes.Call(tensor, split_size_or_sections, dim);
}

[CompositeOp("split", Function = false)]
internal static partial class SplitMethod
{
    /// <summary>Views of pieces of <paramref name="split_size"/> along a dimension; the last may be smaller.</summary>
    static Tensor[] Compose(Tensor input, long split_size, long dim = 0) => Split.Call(input, split_size, dim);
}

[CompositeOp("split", Function = false)]
internal static partial class SplitSectionsMethod
{
    /// <summary>Views of pieces of the given lengths along a dimension.</summary>
    static Tensor[] Compose(Tensor input, Size split_size, long dim = 0) => SplitWithSizes.Call(input, split_size, dim);
}

[CompositeOp("split_with_sizes")]
internal static partial class SplitWithSizes
{
    /// <summary>Views of pieces of the given lengths along a dimension.</summary>
    static Tensor[] Compose(Tensor input, Size split_sizes, long dim = 0)
    {
        Check.That(input.Rank > 0, $"split expects at least a 1-dimensional tensor");
        int d = Check.Dim(dim, input.Rank);
        long sum = 0;
        foreach (long length in split_sizes)
        {
            Check.That(length >= 0, $"split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes={split_sizes.Brackets()}");
            sum += length;
        }
        Check.That(sum == input.Sizes[d], $"split_with_sizes expects split_sizes to sum exactly to {input.Sizes[d]} (input tensor's size at dimension {dim}), but got split_sizes={split_sizes.Brackets()}");
        return MultiView.Pieces(input, d, split_sizes.AsSpan(), "SplitWithSizesBackward0");
    }
}

[CompositeOp("chunk")]
internal static partial class Chunk
{
    /// <summary>Views of at most <paramref name="chunks"/> pieces of equal size along a dimension; the last may be smaller.</summary>
    static Tensor[] Compose(Tensor input, long chunks, long dim = 0)
    {
        Check.That(input.Rank > 0, $"chunk expects at least a 1-dimensional tensor");
        Check.That(chunks > 0, $"chunk expects `chunks` to be greater than 0, got: {chunks}");
        int d = Check.Dim(dim, input.Rank);
        long extent = input.Sizes[d], size = (extent + chunks - 1) / chunks;
        if (size == 0 && extent == 0) return MultiView.Pieces(input, d, new long[chunks], "SplitWithSizesBackward0");
        return Split.Call(input, size, dim);
    }
}

[CompositeOp("unbind")]
internal static partial class Unbind
{
    /// <summary>Views of all slices along a dimension.</summary>
    static Tensor[] Compose(Tensor input, long dim = 0)
    {
        if (input.Rank == 0) throw new IndexOutOfRangeException("Dimension specified as 0 but tensor has no dimensions");
        return MultiView.Slices(input, Check.Dim(dim, input.Rank));
    }
}
