using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The router of reductions: resolves dims, shapes the result, calls the fold of the arithmetic type.</summary>
internal static unsafe partial class Reduce
{
    /// <summary>The named dimensions as a bit mask; none named means all.</summary>
    internal static ulong Mask(Tensor input, Dims dim, string op, bool emptyMeansAll = true)
    {
        int rank = input.Rank;
        if (dim.IsNone || (dim.Count == 0 && emptyMeansAll)) return rank == 64 ? ulong.MaxValue : (1UL << rank) - 1;
        ulong mask = 0;
        for (int i = 0; i < dim.Count; i++)
        {
            int d = Check.Dim(dim[i], rank);
            if (rank == 0) continue;
            if ((mask >> d & 1) != 0) throw new TorchException($"dim {d} appears multiple times in the list of dims");
            mask |= 1UL << d;
        }
        return mask;
    }

    /// <summary>The shape that remains.</summary>
    internal static Size Shape(Tensor input, ulong mask, bool keepdim)
    {
        if (!keepdim && FoldsAll(mask, input.Rank)) return default;
        Span<long> sizes = stackalloc long[input.Rank];
        int n = 0;
        for (int i = 0; i < input.Rank; i++)
        {
            bool folded = (mask >> i & 1) != 0;
            if (folded && keepdim) sizes[n++] = 1;
            else if (!folded) sizes[n++] = input.Sizes[i];
        }
        return new Size(sizes[..n]);
    }

    /// <summary>How many elements one result of the reduction is made of.</summary>
    internal static long Count(in Size input, Dims dim)
    {
        if (dim.IsNone || dim.Count == 0) return input.numel();
        long count = 1;
        for (int i = 0; i < dim.Count && input.Rank > 0; i++) count *= input[Check.Dim(dim[i], input.Rank)];
        return count;
    }

    /// <summary>A gradient of the reduced shape, spread over the input's shape again (as a view).</summary>
    internal static Tensor Unreduce(Tensor grad, Size input, Dims dim, bool keepdim)
    {
        if (input.Rank == 0) return grad;
        if (!keepdim && grad.Rank > 0)
        {
            Span<bool> folded = stackalloc bool[input.Rank];
            if (dim.IsNone || dim.Count == 0) folded.Fill(true);
            else for (int i = 0; i < dim.Count; i++) folded[Check.Dim(dim[i], input.Rank)] = true;
            for (int i = 0; i < input.Rank; i++)
                if (folded[i]) grad = Unsqueeze.Call(grad, i);
        }
        return Expand.Call(grad, input);
    }

    /// <summary>Runs a fold with source and result brought to these types.</summary>
    internal static void Fold<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, Tensor input, ulong mask, Tensor result, ScalarType inType, ScalarType outType)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        Tensor destination = result.DType == outType && result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, outType);
        if (input.DType == inType || !FoldStored<TKernel, TIn, TAccumulator, TOut>(kernel, input, mask, destination))
            FoldTyped<TKernel, TIn, TAccumulator, TOut>(kernel, Elementwise.Cast(input, inType), mask, destination);
        if (!ReferenceEquals(destination, result)) result.CopyRaw(destination);
        GC.KeepAlive(destination);
    }

    private static void FoldTyped<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, Tensor source, ulong mask, Tensor destination)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        if (source.IsContiguous && source.Numel <= FoldLoop.LongestDense && destination.Numel == 1)
        {
            fixed (byte* s = &source.Reference, d = &destination.Reference)
                *(TOut*)d = FoldLoop.Dense<TKernel, TIn, TAccumulator, TOut>(kernel, (TIn*)s, source.Numel);
        }
        else Fold<TKernel, TIn, TAccumulator, TOut>(kernel, source, mask, destination);
        GC.KeepAlive(source);
    }

    /// <summary>Folds elements of a narrower type as they are stored, where runs are long enough; answers whether it has.</summary>
    private static bool FoldStored<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, Tensor input, ulong mask, Tensor destination)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        if ((typeof(TIn) != typeof(float) && typeof(TIn) != typeof(long)) || !input.IsContiguous || input.Rank == 0) return false;
        int d = input.Rank - 1;
        bool folded = (mask >> d & 1) != 0;
        long run = 1;
        for (; d >= 0 && (mask >> d & 1) != 0 == folded; d--) run *= input.Sizes[d];
        if (run < (folded ? 32 : 8)) return false;
        if (typeof(TIn) == typeof(float))
        {
            if (input.DType == ScalarType.Float16) return As<Half>();
            if (input.DType == ScalarType.BFloat16) return As<BFloat16>();
        }
        if (typeof(TIn) == typeof(float) && !TKernel.IsCascade) return false;
        return input.DType.Code switch
        {
            TypeCode.Int32 => As<int>(), TypeCode.Int16 => As<short>(), TypeCode.Int8 => As<sbyte>(), TypeCode.UInt8 => As<byte>(), TypeCode.Bool => As<bool>(),
            _ => false,
        };

        bool As<TStored>() where TStored : unmanaged
        {
            if (!StoredFold<TKernel, TStored, TIn, TAccumulator, TOut>.Exists) return false;
            FoldTyped<StoredFold<TKernel, TStored, TIn, TAccumulator, TOut>, TStored, TAccumulator, TOut>(new(kernel), input, mask, destination);
            return true;
        }
    }

    private static bool FoldsAll(ulong mask, int rank) => BitOperations.TrailingZeroCount(~mask) >= rank;

    private static void Fold<TKernel, TIn, TAccumulator, TOut>(TKernel kernel, Tensor source, ulong mask, Tensor destination)
        where TKernel : struct, IFold<TIn, TAccumulator, TOut>
        where TIn : unmanaged
        where TAccumulator : unmanaged
        where TOut : unmanaged
    {
        int rank = source.Rank;
        Span<long> keptShape = stackalloc long[rank], keptStrides = stackalloc long[rank], destinationStrides = stackalloc long[rank];
        Span<long> foldedShape = stackalloc long[rank], foldedStrides = stackalloc long[rank];
        int kept = 0, folded = 0;
        for (int i = 0; i < rank; i++)
        {
            if ((mask >> i & 1) != 0)
            {
                foldedShape[folded] = source.Sizes[i];
                foldedStrides[folded++] = source.Strides[i];
            }
            else
            {
                keptShape[kept] = source.Sizes[i];
                keptStrides[kept++] = source.Strides[i];
            }
        }
        long stride = 1;
        for (int i = kept - 1; i >= 0; i--)
        {
            destinationStrides[i] = stride;
            stride *= keptShape[i];
        }
        fixed (byte* s = &source.Reference, d = &destination.Reference)
        {
            FoldLoop.Run<TKernel, TIn, TAccumulator, TOut>(kernel, (TIn*)s, keptShape[..kept], keptStrides[..kept],
                foldedShape[..folded], foldedStrides[..folded], (TOut*)d, destinationStrides[..kept]);
        }
    }
}
