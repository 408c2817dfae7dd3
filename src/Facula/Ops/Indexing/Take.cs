namespace Facula.Ops;

[CompositeOp("take", Out = true)]
internal static partial class Take
{
    /// <summary>The elements that <paramref name="index"/> names in the flattened input, in the index's shape.</summary>
    static Tensor Compose(Tensor input, Tensor index)
    {
        Check.That(index.DType == ScalarType.Int64, $"take(): Expected a long tensor for index, but got {index.DType.LegacyName}");
        if (input.Numel == 0 && index.Numel != 0) throw new IndexOutOfRangeException("take(): tried to take from an empty tensor");
        Bounds(index, input.Numel);
        return Index.Call(Reshape.Call(input, [-1]), [index]);
    }

    internal static void Bounds(Tensor index, long count)
    {
        if (index.Numel == 0) return;
        (Tensor least, Tensor greatest) = index.detach().aminmax();
        foreach (long at in (ReadOnlySpan<long>)[least.item<long>(), greatest.item<long>()])
            if (at < -count || at >= count) throw new IndexOutOfRangeException($"out of range: tried to access index {at} on a tensor of {count} elements.");
    }
}

[TensorOp("put", InPlace = true, Shares = Sharing.Nothing, Out = false)]
internal static partial class Put
{
    /// <summary>A copy of <paramref name="input"/> with the elements of <paramref name="source"/> at the places of the flattened tensor that <paramref name="index"/> names.</summary>
    static TensorSpec Infer(Tensor input, Tensor index, Tensor source, bool accumulate = false)
    {
        Check.That(index.DType == ScalarType.Int64, $"put_(): Expected a long tensor for index, but got {index.DType.LegacyName}");
        Check.That(input.DType == source.DType, $"put_(): self and source expected to have the same dtype, but got self.dtype = {input.DType.LegacyName} and source.dtype = {source.DType.LegacyName}");
        Check.That(index.Numel == source.Numel, $"put_(): Expected source and index to have the same number of elements, but got source.numel() = {source.Numel}, index.numel() = {index.Numel}");
        if (index.Numel > 0) Take.Bounds(index, input.Numel);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Tensor index, Tensor source, bool accumulate, Tensor result)
    {
        using var _ = torch.no_grad();
        Tensor target = Lines.Open(input, result, result.DType);
        IndexPut.CallInPlace(View.Call(target.detach(), [-1]), [Reshape.Call(index.detach(), [-1])], Reshape.Call(source.detach(), [-1]), accumulate);
        Lines.Close(target, result);
    }

    static Tensor GradInput(Tensor grad, Tensor index, bool accumulate) => accumulate ? grad : Call(grad, index, torch.zeros(index.SizesRef, dtype: grad.DType));

    static Tensor GradSource(Tensor grad, Tensor index, Size source) => Reshape.Call(Take.Call(grad, index), source);
}

[CompositeOp("take_along_dim", Out = true)]
internal static partial class TakeAlongDim
{
    /// <summary>The elements at <paramref name="indices"/> along a dimension, the other dimensions broadcast; without dim of the flattened input.</summary>
    static Tensor Compose(Tensor input, Tensor indices, long? dim = null)
    {
        Check.That(indices.DType == ScalarType.Int64, $"torch.take_along_dim(): dtype of indices should be Long but got {indices.DType.LegacyName}");
        if (dim is not { } given) return Gather.Call(Reshape.Call(input, [-1]), 0, Reshape.Call(indices, [-1]));
        Check.That(input.Rank == indices.Rank, $"torch.take_along_dim(): input and indices should have the same number of dimensions, but got {input.Rank} dimensions for input, and {indices.Rank} dimensions for indices");
        int d = Check.Dim(given, input.Rank);
        Size both = Broadcasting.Shape(input.SizesRef.With(d, 1), indices.SizesRef.With(d, 1));
        return Gather.Call(Expand.Call(input, both.With(d, input.Sizes[d])), d, Expand.Call(indices, both.With(d, indices.Sizes[d])));
    }
}
