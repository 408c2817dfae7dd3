using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The loop of unary functions over strided memory.</summary>
public static unsafe class MapLoop
{
    /// <summary>destination = kernel(source), elementwise over the shape; strides in elements.</summary>
    public static void Run<TKernel, TIn, TOut>(TKernel kernel, TIn* source, ReadOnlySpan<long> sourceStrides,
        TOut* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape, long grain = PointwiseGrain.Light)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int rank = shape.Length;
        Span<long> extents = stackalloc long[rank];
        Span<long> strides = stackalloc long[2 * rank];
        shape.CopyTo(extents);
        destinationStrides.CopyTo(strides);
        sourceStrides.CopyTo(strides[rank..]);
        rank = LoopNest.Coalesce(extents, strides, 2);
        long count = 1;
        for (int i = 0; i < rank; i++) count *= extents[i];
        if (count == 0) return;
        if (rank <= 1)
        {
            Contiguous(kernel, source, rank == 0 ? 0 : strides[1], destination, rank == 0 ? 0 : strides[0], count, grain);
            return;
        }
        if (typeof(TKernel) == typeof(ConvertMap<TIn, TIn>) && typeof(TIn) == typeof(TOut) && TransposeLoop.TryRun(source, (TIn*)destination, extents[..rank], strides[..(2 * rank)])) return;
        fixed (long* e = extents, s = strides)
        {
            var body = new Nest<TKernel, TIn, TOut> { Kernel = kernel, Source = source, Destination = destination, Plan = new RowPlan(e, s, rank, 2, count, grain) };
            WorkerPool.Run(body.Plan.Chunks, ref body);
        }
    }

    /// <summary>One run of elements at fixed strides.</summary>
    public static void Contiguous<TKernel, TIn, TOut>(TKernel kernel, TIn* source, long sourceStride, TOut* destination, long destinationStride, long count, long grain = PointwiseGrain.Light)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (count <= grain)
        {
            Row(kernel, source, sourceStride, destination, destinationStride, count, far: false);
            return;
        }
        Chunks(kernel, source, sourceStride, destination, destinationStride, count, grain);
    }

    // Apart, so that short runs do not pay for the frame of long ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Chunks<TKernel, TIn, TOut>(TKernel kernel, TIn* source, long sourceStride, TOut* destination, long destinationStride, long count, long grain)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        var body = new Run1<TKernel, TIn, TOut>
        {
            Kernel = kernel, Source = source, SourceStride = sourceStride, Destination = destination, DestinationStride = destinationStride,
            Count = count, Chunk = PointwiseGrain.Chunk(count, grain),
            Passes = TKernel.IsVectorized && sizeof(TIn) == sizeof(TOut) && sourceStride == 1 && destinationStride == 1 && source != (void*)destination && WideStore.Passes(destination, count * sizeof(TOut)),
        };
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
    }

    private struct Run1<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Source;
        public TOut* Destination;
        public long SourceStride, DestinationStride, Count, Chunk;
        public bool Passes;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long start = chunk * Chunk, count = Math.Min(Chunk, Count - start);
            if (TKernel.IsVectorized && sizeof(TIn) == sizeof(TOut) && Passes) Pass(Kernel, Source + start, Destination + start, count);
            else Row(Kernel, Source + start * SourceStride, SourceStride, Destination + start * DestinationStride, DestinationStride, count, far: true);
        }
    }

    /// <summary>Dense elements into a result that goes past the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TKernel, TIn, TOut>(TKernel kernel, TIn* source, TOut* destination, long count)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
        for (int width = Vector512<TIn>.Count; i <= count - 2 * width; i += 2 * width)
        {
            WideStore.Ask(source + i);
            WideStore.Ask(source + i + width);
            // Two vectors at once, as in a row.
            Vector512<TOut> first = kernel.Invoke(Vector512.Load(source + i)), second = kernel.Invoke(Vector512.Load(source + i + width));
            WideStore.Past(first, destination + i);
            WideStore.Past(second, destination + i + width);
        }
        WideStore.Finish();
        if (i < count) Row(kernel, source + i, 1, destination + i, 1, count - i, far: false);
    }

    private struct Nest<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Source;
        public TOut* Destination;
        public RowPlan Plan;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long* index = stackalloc long[Plan.Rank + 1];
            RowPlan.Rows rows = Plan.Open(chunk, index);
            long d = Plan.Step(0), s = Plan.Step(1);
            if (typeof(TKernel) == typeof(ConvertMap<TIn, TIn>) && typeof(TIn) == typeof(TOut) && d == 1 && s is 0 or 1 or 2)
            {
                do
                {
                    long rowsAhead = rows.Straight;
                    if (s == 1) RowCopy.Rows((byte*)(Source + rows.First), rows.FirstStep * sizeof(TIn), (byte*)(Destination + rows.Result), rows.ResultStep * sizeof(TIn), rows.Count * sizeof(TIn), rowsAhead, Plan.Chunks > 1);
                    else if (s == 0) RowCopy.Fill(Source + rows.First, rows.FirstStep, (TIn*)Destination + rows.Result, rows.ResultStep, rows.Count, rowsAhead, Plan.Chunks > 1);
                    else
                        for (long row = 0; row < rowsAhead; row++) StridedRun.Gather(Source + rows.First + row * rows.FirstStep, s, (TIn*)Destination + rows.Result + row * rows.ResultStep, rows.Count, Plan.Chunks > 1);
                    rows.Skip(rowsAhead - 1);
                }
                while (rows.Next());
                return;
            }
            do Row(Kernel, Source + rows.First, s, Destination + rows.Result, d, rows.Count, Plan.Chunks > 1);
            while (rows.Next());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TKernel, TIn, TOut>(TKernel kernel, TIn* source, long sourceStride, TOut* destination, long destinationStride, long count, bool far)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
        if (TKernel.IsVectorized && sizeof(TIn) == sizeof(TOut) && destinationStride == 1 && (ulong)sourceStride <= 1)
        {
            int width = Vector512<TIn>.Count;
            if (sourceStride == 0)
            {
                TOut value = kernel.Invoke(*source);
                if (!Vector512<TOut>.IsSupported) new Span<TOut>(destination, checked((int)count)).Fill(value);
                else
                {
                    Vector512<TOut> values = Vector512.Create(value);
                    for (; i <= count - width; i += width) WideStore.To(values, destination + i, far);
                    if (i < count && count >= width) values.Store(destination + count - width);
                    else for (; i < count; i++) destination[i] = value;
                }
                return;
            }
            if (typeof(TKernel) == typeof(ConvertMap<TIn, TIn>) && count < width)
            {
                new ReadOnlySpan<TIn>(source, (int)count).CopyTo(new Span<TIn>(destination, (int)count));
                return;
            }
            // Two vectors at once, since on some processors one may wait for the one before: Note [False dependencies].
            if (Avx512F.IsSupported)
                for (; i <= count - 2 * width; i += 2 * width)
                {
                    Vector512<TOut> first = kernel.Invoke(Vector512.Load(source + i)), second = kernel.Invoke(Vector512.Load(source + i + width));
                    WideStore.To(first, destination + i, far);
                    WideStore.To(second, destination + i + width, far);
                }
            TIn* padded = stackalloc TIn[width];
            TOut* results = stackalloc TOut[width];
            for (; i < count; i += width)
            {
                TIn* from = source + i;
                TOut* to = destination + i;
                if (i > count - width)
                {
                    // The last vector overlaps the one before; in place, where that would apply the function twice, and in a short run it is padded, so that every element sees the same arithmetic.
                    if (count >= width && (void*)source != (void*)destination)
                    {
                        from = source + count - width;
                        to = destination + count - width;
                    }
                    else
                    {
                        for (int j = 0; j < width; j++) padded[j] = from[j < count - i ? j : 0];
                        from = padded;
                        to = results;
                    }
                }
                WideStore.To(kernel.Invoke(Vector512.Load(from)), to, far);
                if (to == results) for (long j = i; j < count; j++) destination[j] = results[j - i];
            }
            return;
        }
        bool dense = destinationStride == 1 && (ulong)sourceStride <= 1;
        if (typeof(TKernel) == typeof(ConvertMap<TIn, TIn>) && typeof(TIn) == typeof(TOut) && (destinationStride == 1 || sourceStride == 1))
        {
            if (destinationStride == 1) StridedRun.Gather(source, sourceStride, (TIn*)destination, count, far);
            else StridedRun.Spread(source, (TIn*)destination, destinationStride, count);
            return;
        }
        if (!dense && count >= Vector512<byte>.Count / Math.Min(sizeof(TIn), sizeof(TOut)) && (TKernel.IsVectorized || sizeof(TIn) != sizeof(TOut)))
        {
            Packed(kernel, source, sourceStride, destination, destinationStride, count, far);
            return;
        }
        if (destinationStride == 1 && sourceStride == 1) i = TKernel.Run(source, destination, count, far);
        for (; i < count; i++) destination[i * destinationStride] = kernel.Invoke(source[i * sourceStride]);
    }

    // Strided elements pass through dense buffers: the same arithmetic everywhere, and faster.
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    private static void Packed<TKernel, TIn, TOut>(TKernel kernel, TIn* source, long sourceStride, TOut* destination, long destinationStride, long count, bool far)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        TIn* dense = stackalloc TIn[StridedRun.Block];
        TOut* results = stackalloc TOut[StridedRun.Block];
        for (long start = 0; start < count; start += StridedRun.Block)
        {
            long n = Math.Min(StridedRun.Block, count - start);
            TIn* x = StridedRun.Dense(source + start * sourceStride, sourceStride, dense, n);
            TOut* to = destination + start * destinationStride;
            Row(kernel, x, sourceStride == 0 ? 0 : 1, destinationStride == 1 ? to : results, 1, n, far && destinationStride == 1);
            if (destinationStride != 1) StridedRun.Spread(results, to, destinationStride, n);
        }
    }
}

/// <summary>How much work makes a chunk for the worker pool.</summary>
public static class PointwiseGrain
{
    /// <summary>Elements per chunk for memory-bound functions.</summary>
    public const long Light = 32 * 1024;

    /// <summary>Elements per chunk for functions of many instructions.</summary>
    public const long Heavy = 4 * 1024;

    /// <summary>At most 64 chunks, so that the grid depends on the size alone; whole lines of the cache, so that vectors do not lie across two.</summary>
    public static long Chunk(long count, long grain) => Math.Max(grain, ((count + 63) / 64 + 63) & -64);
}
