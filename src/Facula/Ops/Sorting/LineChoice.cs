using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Calls the selection kernels on lines along a dimension, brought to row-major rows.</summary>
internal static unsafe class LineChoice
{
    /// <summary>The k best of every line.</summary>
    internal static void TopK(Tensor input, long dim, long k, bool largest, bool sorted, Tensor values, Tensor indices) =>
        Run(new TopKRows { K = k, Largest = largest, Sorted = sorted }, input, Check.Dim(dim, input.Rank), k, values, indices);

    /// <summary>The element of rank k (from 0) of every line.</summary>
    internal static void Kth(Tensor input, long dim, bool keepdim, long k, Tensor values, Tensor indices) =>
        RunOne(new KthRows { K = k }, input, dim, keepdim, values, indices);

    /// <summary>The median of every line.</summary>
    internal static void Median(Tensor input, long dim, bool keepdim, bool ignoreNaN, Tensor values, Tensor indices) =>
        RunOne(new MedianRows { IgnoreNaN = ignoreNaN }, input, dim, keepdim, values, indices);

    /// <summary>The most frequent element of every line.</summary>
    internal static void Mode(Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) =>
        RunOne(default(ModeRows), input, dim, keepdim, values, indices);

    private static void RunOne<TKernel>(TKernel kernel, Tensor input, long dim, bool keepdim, Tensor values, Tensor indices) where TKernel : struct, IRowsKernel
    {
        int d = Check.Dim(dim, input.Rank);
        Run(kernel, input, d, 1, keepdim ? values : WithDim(values, input, d), keepdim ? indices : WithDim(indices, input, d));
    }

    private static Tensor WithDim(Tensor tensor, Tensor input, int dim) =>
        input.Rank == 0 ? tensor : tensor.Alias(tensor.SizesRef.Insert(dim, 1), tensor.StridesRef.Insert(dim, 1), tensor.Offset);

    private static void Run<TKernel>(TKernel kernel, Tensor input, int dim, long k, Tensor values, Tensor indices) where TKernel : struct, IRowsKernel
    {
        if (values.Numel == 0) return;
        Tensor rows = Lines.Dense(Sort.Last(input, dim), input.DType);
        Size sizes = input.Rank == 0 ? default : rows.SizesRef.With(input.Rank - 1, k);
        var action = new Action<TKernel> { Kernel = kernel, Source = rows, Values = Tensor.Allocate(sizes, input.DType), Indices = Tensor.Allocate(sizes, ScalarType.Int64) };
        TypeSwitch.All(input.DType, ref action);
        Sort.Last(values, dim).CopyRaw(action.Values);
        Sort.Last(indices, dim).CopyRaw(action.Indices);
        GC.KeepAlive(rows);
    }

    private struct Action<TKernel> : ITypeAction where TKernel : struct, IRowsKernel
    {
        public TKernel Kernel;
        public Tensor Source, Values, Indices;

        public readonly void Run<T>() where T : unmanaged
        {
            long count = Source.Rank == 0 ? 1 : Source.Sizes[^1];
            fixed (byte* s = &Source.Reference, v = &Values.Reference, i = &Indices.Reference)
                Kernel.Run((T*)s, (T*)v, (long*)i, Source.Numel / count, count);
        }
    }

    /// <summary>A choice among the elements of each row.</summary>
    private interface IRowsKernel
    {
        void Run<T>(T* source, T* values, long* indices, long rows, long count) where T : unmanaged;
    }

    private struct TopKRows : IRowsKernel
    {
        public long K;
        public bool Largest, Sorted;

        public readonly void Run<T>(T* source, T* values, long* indices, long rows, long count) where T : unmanaged =>
            SelectKernels.TopK(source, values, indices, rows, count, K, Largest, Sorted);
    }

    private struct KthRows : IRowsKernel
    {
        public long K;

        public readonly void Run<T>(T* source, T* values, long* indices, long rows, long count) where T : unmanaged =>
            SelectKernels.Kth(source, values, indices, rows, count, K);
    }

    private struct MedianRows : IRowsKernel
    {
        public bool IgnoreNaN;

        public readonly void Run<T>(T* source, T* values, long* indices, long rows, long count) where T : unmanaged =>
            RankKernels.Median(source, values, indices, rows, count, IgnoreNaN);
    }

    private struct ModeRows : IRowsKernel
    {
        public readonly void Run<T>(T* source, T* values, long* indices, long rows, long count) where T : unmanaged =>
            RankKernels.Mode(source, values, indices, rows, count);
    }
}
