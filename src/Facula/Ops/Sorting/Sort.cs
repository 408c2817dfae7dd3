using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("sort")]
internal static unsafe partial class Sort
{
    /// <summary>The elements along a dimension in order, and where they stood; equal elements keep their order.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long dim = -1, bool descending = false, bool? stable = null)
    {
        Check.Dim(dim, input.Rank);
        Check.That(!input.DType.is_complex, $"\"sort\" not implemented for '{input.DType.LegacyName}'");
        return (TensorSpec.Like(input), TensorSpec.Like(input).As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long dim, bool descending, bool? stable, Tensor values, Tensor indices) =>
        Along(input, Check.Dim(dim, input.Rank), descending, values, indices);

    /// <summary>Sorts lines along a dimension, through row-major copies with that dimension last.</summary>
    internal static void Along(Tensor input, int dim, bool descending, Tensor values, Tensor indices)
    {
        if (input.Numel == 0) return;
        Tensor rows = Last(input, dim);
        Tensor source = Lines.Dense(rows, rows.DType);
        bool direct = (input.Rank == 0 || dim == input.Rank - 1) && values.IsContiguous && indices.IsContiguous && values.DType == source.DType;
        Tensor sorted = direct ? values : Tensor.Allocate(rows.SizesRef, rows.DType);
        Tensor places = direct ? indices : Tensor.Allocate(rows.SizesRef, ScalarType.Int64);
        var action = new Action { Source = source, Values = sorted, Indices = places, Descending = descending };
        TypeSwitch.All(source.DType, ref action);
        if (direct) return;
        Last(values, dim).CopyRaw(sorted);
        Last(indices, dim).CopyRaw(places);
    }

    /// <summary>The tensor seen with the dimension last.</summary>
    internal static Tensor Last(Tensor tensor, int dim)
    {
        if (tensor.Rank == 0 || dim == tensor.Rank - 1) return tensor;
        int last = tensor.Rank - 1;
        return tensor.Alias(
            tensor.SizesRef.With(dim, tensor.Sizes[last]).With(last, tensor.Sizes[dim]),
            tensor.StridesRef.With(dim, tensor.Strides[last]).With(last, tensor.Strides[dim]), tensor.Offset);
    }

    private struct Action : ITypeAction
    {
        public Tensor Source, Values, Indices;
        public bool Descending;

        public readonly void Run<T>() where T : unmanaged
        {
            long count = Source.Rank == 0 ? 1 : Source.Sizes[^1];
            fixed (byte* s = &Source.Reference, v = &Values.Reference, i = &Indices.Reference)
                SortKernels.Rows((T*)s, (T*)v, (long*)i, Source.Numel / count, count, Descending);
            GC.KeepAlive(Source);
        }
    }

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, Tensor indices) => ValueGradient(grad, input, dim, indices, keepdim: true);

    /// <summary>The gradient of elements that were chosen by indices along a dimension.</summary>
    internal static Tensor ValueGradient(Tensor grad, TensorSpec input, long dim, Tensor indices, bool keepdim)
    {
        if (input.Sizes.Rank == 0) return Reshape.Call(grad, []);
        if (!keepdim)
        {
            grad = Unsqueeze.Call(grad, dim);
            indices = Unsqueeze.Call(indices, dim);
        }
        return ScatterAdd.Call(input.As(grad.DType).Zeros(), dim, indices, grad);
    }
}

[CompositeOp("argsort")]
internal static partial class Argsort
{
    /// <summary>The indices that put the elements along a dimension in order.</summary>
    static Tensor Compose(Tensor input, long dim = -1, bool descending = false, bool stable = false) => Sort.Call(input.detach(), dim, descending).indices;
}

[CompositeOp("msort", Out = true)]
internal static partial class Msort
{
    /// <summary>The elements along the first dimension in order.</summary>
    static Tensor Compose(Tensor input) => Sort.Call(input, 0).values;
}

[TensorOp("topk")]
internal static partial class Topk
{
    /// <summary>The k largest (or smallest) elements along a dimension and where they stand.</summary>
    static (TensorSpec values, TensorSpec indices) Infer(Tensor input, long k, long dim = -1, bool largest = true, bool sorted = true)
    {
        int d = Check.Dim(dim, input.Rank);
        Check.That(k >= 0 && k <= (input.Rank > 0 ? input.Sizes[d] : 1), $"selected index k out of range");
        Check.That(!input.DType.is_complex && input.DType != ScalarType.Bool, $"\"topk_cpu\" not implemented for '{input.DType.LegacyName}'");
        TensorSpec spec = input.Rank == 0 ? TensorSpec.Like(input) : TensorSpec.Like(input).WithSizes(input.SizesRef.With(d, k));
        return (spec, spec.As(ScalarType.Int64));
    }

    static void Compute(Tensor input, long k, long dim, bool largest, bool sorted, Tensor values, Tensor indices) =>
        LineChoice.TopK(input, dim, input.Rank == 0 ? 1 : k, largest, sorted, values, indices);    // a number stays, whatever k is

    static Tensor GradInput(Tensor grad, TensorSpec input, long dim, Tensor indices) => Sort.ValueGradient(grad, input, dim, indices, keepdim: true);
}
