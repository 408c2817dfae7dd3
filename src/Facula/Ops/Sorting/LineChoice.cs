using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Calls the selection kernels on lines along a dimension, brought to row-major rows.</summary>
internal static unsafe class LineChoice
{
    /// <summary>The k best of every line.</summary>
    internal static void TopK(Tensor input, long dim, long k, bool largest, bool sorted, Tensor values, Tensor indices)
    {
        var action = new TopKAction { K = k, Largest = largest, Sorted = sorted };
        Run(ref action, input, Check.Dim(dim, input.Rank), k, values, indices);
    }

    /// <summary>The element of rank k (from 0) of every line.</summary>
    internal static void Kth(Tensor input, long dim, bool keepdim, long k, Tensor values, Tensor indices)
    {
        var action = new KthAction { K = k };
        RunOne(ref action, input, dim, keepdim, values, indices);
    }

    /// <summary>The median of every line.</summary>
    internal static void Median(Tensor input, long dim, bool keepdim, bool ignoreNaN, Tensor values, Tensor indices)
    {
        var action = new MedianAction { IgnoreNaN = ignoreNaN };
        RunOne(ref action, input, dim, keepdim, values, indices);
    }

    /// <summary>The most frequent element of every line.</summary>
    internal static void Mode(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices)
    {
        var action = new ModeAction();
        RunOne(ref action, input, dim, keepdim, values, indices);
    }

    private static void RunOne<TAction>(ref TAction action, Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) where TAction : struct, IRowsAction
    {
        int d = Check.Dim(dim, input.Rank);
        Run(ref action, input, d, 1, keepdim ? values : WithDim(values, input, d), keepdim ? indices : WithDim(indices, input, d));
    }

    private static Tensor WithDim(Tensor tensor, Tensor input, int dim) =>
        input.Rank == 0 ? tensor : tensor.Alias(tensor.SizesRef.Insert(dim, 1), tensor.StridesRef.Insert(dim, 1), tensor.Offset);

    private static void Run<TAction>(ref TAction action, Tensor input, int dim, long k, Tensor values, Tensor indices) where TAction : struct, IRowsAction
    {
        if (values.Numel == 0) return;
        Tensor rows = Lines.Dense(Sort.Last(input, dim), input.DType);
        Size sizes = input.Rank == 0 ? default : rows.SizesRef.With(input.Rank - 1, k);
        action.Source = rows;
        action.Values = Tensor.Allocate(sizes, input.DType);
        action.Indices = Tensor.Allocate(sizes, ScalarType.Int64);
        TypeSwitch.All(input.DType, ref action);
        Sort.Last(values, dim).CopyRaw(action.Values);
        Sort.Last(indices, dim).CopyRaw(action.Indices);
        GC.KeepAlive(rows);
    }

    private interface IRowsAction : ITypeAction
    {
        Tensor Source { get; set; }
        Tensor Values { get; set; }
        Tensor Indices { get; set; }
    }

    private struct TopKAction : IRowsAction
    {
        public Tensor Source { get; set; }
        public Tensor Values { get; set; }
        public Tensor Indices { get; set; }
        public long K;
        public bool Largest, Sorted;

        public readonly void Run<T>() where T : unmanaged
        {
            long count = Source.Rank == 0 ? 1 : Source.Sizes[^1];
            fixed (byte* s = &Source.Reference, v = &Values.Reference, i = &Indices.Reference)
                SelectKernels.TopK((T*)s, (T*)v, (long*)i, Source.Numel / count, count, K, Largest, Sorted);
        }
    }

    private struct KthAction : IRowsAction
    {
        public Tensor Source { get; set; }
        public Tensor Values { get; set; }
        public Tensor Indices { get; set; }
        public long K;

        public readonly void Run<T>() where T : unmanaged
        {
            long count = Source.Rank == 0 ? 1 : Source.Sizes[^1];
            fixed (byte* s = &Source.Reference, v = &Values.Reference, i = &Indices.Reference)
                SelectKernels.Kth((T*)s, (T*)v, (long*)i, Source.Numel / count, count, K);
        }
    }

    private struct MedianAction : IRowsAction
    {
        public Tensor Source { get; set; }
        public Tensor Values { get; set; }
        public Tensor Indices { get; set; }
        public bool IgnoreNaN;

        public readonly void Run<T>() where T : unmanaged
        {
            long count = Source.Rank == 0 ? 1 : Source.Sizes[^1];
            fixed (byte* s = &Source.Reference, v = &Values.Reference, i = &Indices.Reference)
                RankKernels.Median((T*)s, (T*)v, (long*)i, Source.Numel / count, count, IgnoreNaN);
        }
    }

    private struct ModeAction : IRowsAction
    {
        public Tensor Source { get; set; }
        public Tensor Values { get; set; }
        public Tensor Indices { get; set; }

        public readonly void Run<T>() where T : unmanaged
        {
            long count = Source.Rank == 0 ? 1 : Source.Sizes[^1];
            fixed (byte* s = &Source.Reference, v = &Values.Reference, i = &Indices.Reference)
                RankKernels.Mode((T*)s, (T*)v, (long*)i, Source.Numel / count, count);
        }
    }
}
