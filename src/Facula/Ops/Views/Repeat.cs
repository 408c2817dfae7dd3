namespace Facula.Ops;

[CompositeOp("repeat", Function = false)]
internal static partial class Repeat
{
    /// <summary>A copy in which the whole tensor is repeated along its dimensions.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size repeats)
    {
        Check.That(repeats.Rank >= input.Rank, $"Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor");
        int rank = repeats.Rank, lead = rank - input.Rank;
        Span<long> apart = stackalloc long[2 * rank], shown = stackalloc long[2 * rank], merged = stackalloc long[rank];
        for (int i = 0; i < rank; i++)
        {
            Check.That(repeats[i] >= 0, $"Trying to create tensor with negative dimension {repeats[i]}: {repeats.Brackets()}");
            long extent = i < lead ? 1 : input.Sizes[i - lead];
            (apart[2 * i], apart[2 * i + 1]) = (1, extent);
            (shown[2 * i], shown[2 * i + 1]) = (repeats[i], extent);
            merged[i] = repeats[i] * extent;
        }
        // (r, n) views of each dimension, copied, are r·n elements in a row.
        Tensor spread = Expand.Call(Reshape.Call(input, new Size(apart)), new Size(shown));
        return UnsafeView.Call(Clone.Call(spread, torch.contiguous_format), new Size(merged));
    }
}

[CompositeOp("tile")]
internal static partial class Tile
{
    /// <summary>A copy in which the whole tensor is repeated along its dimensions; missing numbers in front count as 1.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size dims)
    {
        Size repeats = dims;
        while (repeats.Rank < input.Rank) repeats = repeats.Insert(0, 1);
        return Repeat.Call(input, repeats);
    }
}

[CompositeOp("repeat_interleave")]
internal static unsafe partial class RepeatInterleave
{
    /// <summary>Each element (or slice along <paramref name="dim"/>) repeated as often as <paramref name="repeats"/> says.</summary>
    static Tensor Compose(Tensor input, Tensor repeats, long? dim = null, long? output_size = null)
    {
        Tensor source = input;
        if (dim is null) source = Reshape.Call(input, [-1]);
        else if (input.Rank == 0) source = Reshape.Call(input, [1]);
        int d = dim is { } given ? Check.Dim(given, source.Rank) : 0;
        Check.That(repeats.Rank <= 1, $"repeats must be 0-dim or 1-dim tensor");
        Check.That(repeats.DType == ScalarType.Int64 || repeats.DType == ScalarType.Int32, $"repeats has to be Long or Int tensor");
        long extent = source.Sizes[d];
        Check.That(repeats.Numel == 1 || repeats.Numel == extent, $"repeats must have the same size as input along dim");
        long[] counts = repeats.to(ScalarType.Int64).ToArray<long>();
        long total = 0;
        foreach (long count in counts)
        {
            Check.That(count >= 0, $"repeats can not be negative");
            total += counts.Length == 1 ? count * extent : count;
        }
        Check.That(output_size is null || output_size == total, $"allocated size does not match required size");
        Tensor index = Tensor.Allocate([total], ScalarType.Int64);
        fixed (long* c = counts)
        fixed (byte* p = &index.Reference)
            if (total > 0) Facula.Kernels.RowKernels.Repeat(c, counts.Length == 1 ? 0 : 1, extent, (long*)p);
        return IndexSelect.Call(source, d, index);
    }
}

[CompositeOp("repeat_interleave")]
internal static partial class RepeatInterleaveNumber
{
    /// <summary>Each element (or slice along <paramref name="dim"/>) repeated <paramref name="repeats"/> times.</summary>
    static Tensor Compose(Tensor input, long repeats, long? dim = null, long? output_size = null) =>
        RepeatInterleave.Call(input, torch.tensor(repeats), dim, output_size);
}

[CompositeOp("repeat_interleave", Method = false)]
internal static partial class RepeatInterleaveIndices
{
    /// <summary>0 repeated repeats[0] times, 1 repeated repeats[1] times …</summary>
    static Tensor Compose(Tensor repeats, long? output_size = null) =>
        RepeatInterleave.Call(torch.arange(repeats.Numel, repeats.DType), repeats, null, output_size);
}
