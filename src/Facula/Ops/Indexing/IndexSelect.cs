using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("index_select")]
internal static unsafe partial class IndexSelect
{
    /// <summary>The slices along a dimension that <paramref name="index"/> names, copied.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index)
    {
        int d = Check.Dim(dim, input.Rank);
        Require(index, "index_select");
        return new(input.Rank == 0 ? input.SizesRef : input.SizesRef.With(d, index.Numel), input.DType, input.device);
    }

    // Memory is refused before it is resized.
    static void CheckOut(Tensor @out) => Facula.InPlace.CheckOverlap(@out);

    internal static void Require(Tensor index, string op)
    {
        if (index.Rank > 1) throw new IndexOutOfRangeException($"{op}(): Index is supposed to be a vector");
        Check.That(index.DType == ScalarType.Int64 || index.DType == ScalarType.Int32, $"{op}(): Expected dtype int32 or int64 for index");
    }

    internal static void Compute(Tensor input, long dim, Tensor index, Tensor result)
    {
        var select = new Action { Source = Lines.Dense(input, input.DType), Index = Lines.Index(index), Result = Lines.Dense(result, result.DType), Dim = Check.Dim(dim, input.Rank) };
        TypeSwitch.Width(input.DType, ref select);
        Lines.Close(select.Result, result);
    }

    private struct Action : ITypeAction
    {
        public Tensor Source, Index, Result;
        public int Dim;

        public readonly void Run<T>() where T : unmanaged
        {
            var lines = new Lines(Source.SizesRef, Dim);
            if (Result.Numel == 0) return;
            fixed (byte* s = &Source.Reference, x = &Index.Reference, r = &Result.Reference)
                RowKernels.Select((T*)s, (long*)x, (T*)r, lines.Outer, lines.Extent, lines.Inner, Index.Numel);
            GC.KeepAlive(Source);
            GC.KeepAlive(Index);
        }
    }

    static Tensor? GradInput(Tensor grad, TensorSpec input, long dim, Tensor index, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.OpenOrZeros(input.As(grad.DType), grad);
        IndexAdd.CallInPlace(hold.Sum!, dim, index, grad);
        return hold.Result;
    }
}

[TensorOp("index_add", InPlace = true, Shares = Sharing.Nothing)]
internal static unsafe partial class IndexAdd
{
    /// <summary>A copy of <paramref name="input"/> with alpha times the slices of <paramref name="source"/> added at the slices that <paramref name="index"/> names.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor source, Scalar? alpha = null)
    {
        Slices.Require("index_add_", input, dim, index, source);
        if (alpha is { } factor) NumberRange.Require(factor, input.DType);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor source, Scalar? alpha, Tensor result) =>
        Slices.Combine<CombineAdd>(input, dim, index, Add.Scaled(source, alpha, source.DType), result);

    static Tensor GradInput(Tensor grad) => grad;

    static Tensor GradSource(Tensor grad, long dim, Tensor index, Size source, Scalar? alpha)
    {
        Tensor part = IndexSelect.Call(grad, dim, index);
        if (part.SizesRef != source) part = Reshape.Call(part, source);
        return alpha is { } a ? part * a : part;
    }
}

/// <summary>What index_add, index_copy and index_reduce share.</summary>
internal static unsafe class Slices
{
    internal static void Require(string op, Tensor input, long dim, Tensor index, Tensor source)
    {
        int d = Check.Dim(dim, input.Rank);
        if (index.Rank > 1) throw new IndexOutOfRangeException($"{op}(): Index is supposed to be a vector, but got dim: {index.Rank} with type: {index.DType.LegacyName} and size: {index.SizesRef.Brackets()}");
        Check.That(index.DType == ScalarType.Int64 || index.DType == ScalarType.Int32, $"{op}(): Expected dtype int32/int64 for index but got: {index.DType.LegacyName}");
        Check.That(input.DType == source.DType, $"{op}(): self ({input.DType.LegacyName}) and source ({source.DType.LegacyName}) must have the same scalar type");
        Check.That(source.Rank == 0 || Check.Dim(dim, source.Rank) < source.Rank, $"{op}(): Indexing dim {d} is out of bounds of the source tensor with shape {source.SizesRef.Brackets()}");
        long slices = source.Rank == 0 ? 1 : source.Sizes[Math.Min(d, source.Rank - 1)];
        Check.That(index.Numel == slices, $"{op}(): Number of indices ({index.Numel}) should be equal to source.size(dim): ({slices}), for dim: {d}");
        for (int i = 0; i < Math.Min(input.Rank, source.Rank); i++)
            Check.That(i == d || input.Sizes[i] == source.Sizes[i],
                $"source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = {input.SizesRef.Brackets()} source.shape = {source.SizesRef.Brackets()}");
    }

    internal static void Combine<TOp>(Tensor input, long dim, Tensor index, Tensor source, Tensor result) where TOp : struct, ICombine
    {
        ScalarType work = Lines.Work(result.DType);
        Tensor target = Lines.Open(input, result, work), values = Lines.Dense(source, work), places = Lines.Index(index);
        var lines = new Lines(target.SizesRef, Check.Dim(dim, target.Rank));
        if (values.Numel > 0)
            fixed (byte* d = &target.Reference, s = &values.Reference, x = &places.Reference)
            {
                long* at = (long*)x;
                long n = places.Numel;
                switch (work.Code)
                {
                    case TypeCode.Float32: RowKernels.Combine<TOp, float>((float*)d, at, (float*)s, lines.Outer, lines.Extent, lines.Inner, n); break;
                    case TypeCode.Float64: RowKernels.Combine<TOp, double>((double*)d, at, (double*)s, lines.Outer, lines.Extent, lines.Inner, n); break;
                    case TypeCode.Int64: RowKernels.Combine<TOp, long>((long*)d, at, (long*)s, lines.Outer, lines.Extent, lines.Inner, n); break;
                    default: RowKernels.Combine<TOp, System.Numerics.Complex>((System.Numerics.Complex*)d, at, (System.Numerics.Complex*)s, lines.Outer, lines.Extent, lines.Inner, n); break;
                }
            }
        GC.KeepAlive(values);
        GC.KeepAlive(places);
        Lines.Close(target, result);
    }
}

[TensorOp("index_copy", InPlace = true, Shares = Sharing.Nothing)]
internal static unsafe partial class IndexCopy
{
    /// <summary>A copy of <paramref name="input"/> in which the slices that <paramref name="index"/> names are those of <paramref name="source"/>.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor source)
    {
        int d = Check.Dim(dim, input.Rank);
        if (index.Rank > 1) throw new IndexOutOfRangeException($"index_copy_(): Index should have dimension 1 or 0 (got {index.Rank})");
        Check.That(index.DType == ScalarType.Int64, $"index_copy_(): Expected a long tensor for index, but got {index.DType.LegacyName}");
        Check.That(input.DType == source.DType, $"index_copy_(): self and source expected to have the same dtype, but got (self) {input.DType.LegacyName} and (source) {source.DType.LegacyName}");
        if (source.Rank == 0 && index.Numel != 1) throw new IndexOutOfRangeException($"index_copy_(): When source is scalar, index should have one element (got {index.Numel})");
        if (source.Rank != input.Rank && source.Rank != 0 && input.Rank != 0)
            throw new IndexOutOfRangeException($"index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality ({source.Rank}), destination dimensionality ({input.Rank})");
        if (source.Rank > 0 && source.Sizes[d] != index.Numel)
            throw new IndexOutOfRangeException($"index_copy_(): Number of indices ({index.Numel}) should be equal to source.size(dim) ({source.Sizes[d]})");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor source, Tensor result)
    {
        Tensor target = Lines.Open(input, result, result.DType);
        var action = new Action { Target = target, Source = Lines.Dense(source, source.DType), Index = Lines.Index(index), Dim = Check.Dim(dim, input.Rank) };
        if (source.Numel > 0) TypeSwitch.Width(result.DType, ref action);
        Lines.Close(target, result);
    }

    private struct Action : ITypeAction
    {
        public Tensor Target, Source, Index;
        public int Dim;

        public readonly void Run<T>() where T : unmanaged
        {
            var lines = new Lines(Target.SizesRef, Dim);
            fixed (byte* d = &Target.Reference, s = &Source.Reference, x = &Index.Reference)
                RowKernels.Write((T*)d, (long*)x, (T*)s, lines.Outer, lines.Extent, lines.Inner, Index.Numel);
            GC.KeepAlive(Source);
            GC.KeepAlive(Index);
        }
    }

    static Tensor GradInput(Tensor grad, long dim, Tensor index) => IndexFill.Call(grad, dim, index, torch.tensor(0).to(grad.DType));

    static Tensor GradSource(Tensor grad, long dim, Tensor index, Size source)
    {
        Tensor part = IndexSelect.Call(grad, dim, index);
        return part.SizesRef == source ? part : Reshape.Call(part, source);
    }
}

[TensorOp("index_fill", InPlace = true, Shares = Sharing.Nothing, Out = false)]
internal static unsafe partial class IndexFill
{
    /// <summary>A copy of <paramref name="input"/> in which the slices that <paramref name="index"/> names hold one value.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, [OrScalar] Tensor value)
    {
        Check.That(value.Rank == 0, $"index_fill_ only supports a 0-dimensional value tensor, but got tensor with {value.Rank} dimension(s).");
        Check.Dim(dim, input.Rank);
        Check.That(index.DType == ScalarType.Int64, $"index_fill_(): Expected dtype int64 for index.");
        Check.That(index.Rank <= 1, $"Index has to be a vector/scalar");
        Check.That(!value.DType.is_complex || input.DType.is_complex, $"index_fill_(): Converting complex Scalar to non-complex type is not supported");
        NumberRange.Require(value, input.DType);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor value, Tensor result)
    {
        Tensor target = Lines.Open(input, result, result.DType);
        // Negative indices count from the end.
        long extent = new Lines(input.SizesRef, Check.Dim(dim, input.Rank)).Extent;
        long[] places = index.ToArray<long>();
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] < -extent || places[i] >= extent) throw new IndexOutOfRangeException($"index {places[i]} is out of bounds for dimension {Check.Dim(dim, input.Rank)} with size {extent}");
            if (places[i] < 0) places[i] += extent;
        }
        var action = new Action { Target = target, Value = Lines.Dense(value, result.DType), Index = torch.from_numpy(places), Dim = Check.Dim(dim, input.Rank) };
        if (target.Numel > 0 && places.Length > 0) TypeSwitch.Width(result.DType, ref action);
        Lines.Close(target, result);
    }

    private struct Action : ITypeAction
    {
        public Tensor Target, Value, Index;
        public int Dim;

        public readonly void Run<T>() where T : unmanaged
        {
            var lines = new Lines(Target.SizesRef, Dim);
            fixed (byte* d = &Target.Reference, v = &Value.Reference, x = &Index.Reference)
                RowKernels.Fill((T*)d, (long*)x, *(T*)v, lines.Outer, lines.Extent, lines.Inner, Index.Numel);
            GC.KeepAlive(Value);
            GC.KeepAlive(Index);
        }
    }

    static Tensor GradInput(Tensor grad, long dim, Tensor index) => Call(grad, dim, index, torch.tensor(0).to(grad.DType));

    static Tensor GradValue(Tensor grad, long dim, Tensor index) => IndexSelect.Call(grad, dim, index).sum();
}
