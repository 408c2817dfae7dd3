using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The loop of functions of two operands over strided memory.</summary>
public static unsafe partial class ZipLoop
{
    /// <summary>destination = kernel(left, right), elementwise over the shape; strides in elements.</summary>
    public static void Run<TKernel, TIn, TOut>(TKernel kernel, TIn* left, ReadOnlySpan<long> leftStrides, TIn* right, ReadOnlySpan<long> rightStrides,
        TOut* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int rank = shape.Length;
        Span<long> extents = stackalloc long[rank];
        Span<long> strides = stackalloc long[3 * rank];
        shape.CopyTo(extents);
        destinationStrides.CopyTo(strides);
        leftStrides.CopyTo(strides[rank..]);
        rightStrides.CopyTo(strides[(2 * rank)..]);
        rank = LoopNest.Coalesce(extents, strides, 3);
        long count = 1;
        for (int i = 0; i < rank; i++) count *= extents[i];
        if (count == 0) return;
        if (rank <= 1)
        {
            Contiguous(kernel, left, rank == 0 ? 0 : strides[1], right, rank == 0 ? 0 : strides[2], destination, rank == 0 ? 0 : strides[0], count, grain);
            return;
        }
        fixed (long* e = extents, s = strides)
        {
            if (TryRunTurned(kernel, left, right, destination, e, s, rank)) return;
            var body = new Nest<TKernel, TIn, TOut> { Kernel = kernel, Left = left, Right = right, Destination = destination, Plan = new RowPlan(e, s, rank, 3, count, grain) };
            WorkerPool.Run(body.Plan.Chunks, ref body);
        }
    }

    /// <summary>One run of elements at fixed strides.</summary>
    public static void Contiguous<TKernel, TIn, TOut>(TKernel kernel, TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long destinationStride, long count, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (count <= grain)
        {
            Row(kernel, left, leftStride, right, rightStride, destination, destinationStride, count, far: false);
            return;
        }
        Chunks(kernel, left, leftStride, right, rightStride, destination, destinationStride, count, grain);
    }

    // Apart, so that short runs do not pay for the frame of long ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Chunks<TKernel, TIn, TOut>(TKernel kernel, TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long destinationStride, long count, long grain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        var body = new Run1<TKernel, TIn, TOut>
        {
            Kernel = kernel, Left = left, LeftStride = leftStride, Right = right, RightStride = rightStride, Destination = destination, DestinationStride = destinationStride,
            Count = count, Chunk = PointwiseGrain.Chunk(count, grain),
            Passes = TKernel.IsVectorized && sizeof(TIn) == sizeof(TOut) && destinationStride == 1 && leftStride == 1 && (ulong)rightStride <= 1
                && left != (void*)destination && right != (void*)destination && WideStore.Passes(destination, count * sizeof(TOut)),
        };
        WorkerPool.Run((int)((count + body.Chunk - 1) / body.Chunk), ref body);
    }

    private struct Run1<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Left, Right;
        public TOut* Destination;
        public long LeftStride, RightStride, DestinationStride, Count, Chunk;
        public bool Passes;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long start = chunk * Chunk, count = Math.Min(Chunk, Count - start);
            if (TKernel.IsVectorized && sizeof(TIn) == sizeof(TOut) && Passes) Pass(Kernel, Left + start, Right + start * RightStride, RightStride, Destination + start, count);
            else Row(Kernel, Left + start * LeftStride, LeftStride, Right + start * RightStride, RightStride, Destination + start * DestinationStride, DestinationStride, count, far: true);
        }
    }

    /// <summary>Dense elements, or one on the right, into a result that goes past the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TKernel, TIn, TOut>(TKernel kernel, TIn* left, TIn* right, long rightStride, TOut* destination, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int width = Vector512<TIn>.Count;
        long i = 0;
        if (rightStride == 1)
            for (; i <= count - width; i += width)
            {
                WideStore.Ask(left + i);
                WideStore.Ask(right + i);
                WideStore.Past(kernel.Invoke(Vector512.Load(left + i), Vector512.Load(right + i)), destination + i);
            }
        else
            for (Vector512<TIn> fixedRight = Vector512.Create(*right); i <= count - width; i += width)
            {
                WideStore.Ask(left + i);
                WideStore.Past(kernel.Invoke(Vector512.Load(left + i), fixedRight), destination + i);
            }
        WideStore.Finish();
        if (i < count) Row(kernel, left + i, 1, right + i * rightStride, rightStride, destination + i, 1, count - i, far: false);
    }

    private struct Nest<TKernel, TIn, TOut> : IParallelBody
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        public TKernel Kernel;
        public TIn* Left, Right;
        public TOut* Destination;
        public RowPlan Plan;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long* index = stackalloc long[Plan.Rank + 1];
            RowPlan.Rows rows = Plan.Open(chunk, index);
            long d = Plan.Step(0), x = Plan.Step(1), y = Plan.Step(2);
            do Row(Kernel, Left + rows.First, x, Right + rows.Second, y, Destination + rows.Result, d, rows.Count, Plan.Chunks > 1);
            while (rows.Next());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TKernel, TIn, TOut>(TKernel kernel, TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long destinationStride, long count, bool far)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long i = 0;
        bool dense = destinationStride == 1 && (ulong)leftStride <= 1 && (ulong)rightStride <= 1;
        if (!dense && count >= 16 && (TKernel.IsMask || TKernel.IsVectorized))
        {
            Packed(kernel, left, leftStride, right, rightStride, destination, destinationStride, count, far);
            return;
        }
        if (TKernel.IsMask && dense)
        {
            i = MaskRow<TKernel, TIn, TOut>(left, leftStride, right, rightStride, (byte*)destination, count, far);
        }
        else if (TKernel.IsVectorized && sizeof(TIn) == sizeof(TOut) && dense)
        {
            if (count > 2 && count < Vector512<TIn>.Count && Avx512F.IsSupported && (typeof(TIn) == typeof(float) || typeof(TIn) == typeof(double)))
            {
                Few(kernel, left, leftStride, right, rightStride, destination, count);
                return;
            }
            i = far ? Dense<TKernel, TIn, TOut, FarMemory>(kernel, left, leftStride, right, rightStride, destination, count)
                : Dense<TKernel, TIn, TOut, NearMemory>(kernel, left, leftStride, right, rightStride, destination, count);
        }
        else if (!TKernel.IsVectorized && dense) i = TKernel.Run(left, leftStride, right, rightStride, destination, count, far);
        for (; i < count; i++) destination[i * destinationStride] = kernel.Invoke(left[i * leftStride], right[i * rightStride]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Dense<TKernel, TIn, TOut, TMemory>(TKernel kernel, TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
        where TMemory : struct, IMemory =>
        rightStride == 1 ? leftStride == 1 ? Vectors<TKernel, TIn, TOut, TMemory, EachElement, EachElement>(kernel, left, right, destination, count) : Vectors<TKernel, TIn, TOut, TMemory, OneElement, EachElement>(kernel, left, right, destination, count)
        : leftStride == 1 ? Vectors<TKernel, TIn, TOut, TMemory, EachElement, OneElement>(kernel, left, right, destination, count) : 0;

    // Whole vectors; answers how many elements are done. A method of its own for each kind of operands and memory. What a method inlines is limited: with more copies
    // of a long kernel the last ones would be calls, and so would be the loads and stores around them. And with both kinds of stores in one loop the compiler puts one out of the way.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long Vectors<TKernel, TIn, TOut, TMemory, TLeft, TRight>(TKernel kernel, TIn* left, TIn* right, TOut* destination, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
        where TMemory : struct, IMemory
        where TLeft : struct, IDenseOperand
        where TRight : struct, IDenseOperand
    {
        Vector512<TIn> x = TLeft.First(left), y = TRight.First(right);
        if (!Avx512F.IsSupported)
        {
            // A vector is a pair of halves here, and only one copy of a long kernel finds room: what is left goes apart.
            long whole = count & -Vector512<TIn>.Count;
            for (long at = 0; at < whole; at += Vector512<TIn>.Count) WideStore.To(kernel.Invoke(TLeft.At(left + at, x), TRight.At(right + at, y)), destination + at, TMemory.IsFar);
            if (whole == 0 || whole == count) return whole;
            Rest<TKernel, TIn, TOut, TLeft, TRight>(kernel, left, right, destination, whole, count - whole);
            return count;
        }
        // The last vector overlaps the one before; it is worked out first, since in place that one writes what it reads.
        long i = 0, end = count - Vector512<TIn>.Count;
        bool overlaps = end > 0 && (count & (Vector512<TIn>.Count - 1)) != 0;
        Vector512<TOut> last = default;
        if (overlaps) last = kernel.Invoke(TLeft.At(left + end, x), TRight.At(right + end, y));
        for (; i <= end; i += Vector512<TIn>.Count) WideStore.To(kernel.Invoke(TLeft.At(left + i, x), TRight.At(right + i, y)), destination + i, TMemory.IsFar);
        if (!overlaps) return i;
        last.Store(destination + end);
        return count;
    }

    /// <summary>The last elements, fewer than a vector has: by one that overlaps the one before or, in place, where that would apply the function twice, by way of a padded one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Rest<TKernel, TIn, TOut, TLeft, TRight>(TKernel kernel, TIn* left, TIn* right, TOut* destination, long first, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
        where TLeft : struct, IDenseOperand
        where TRight : struct, IDenseOperand
    {
        int width = Vector512<TIn>.Count;
        if (left != (void*)destination && right != (void*)destination)
        {
            long from = first + count - width;
            Vectors<TKernel, TIn, TOut, NearMemory, TLeft, TRight>(kernel, TLeft.From(left, from), TRight.From(right, from), destination + from, width);
            return;
        }
        TIn* lefts = stackalloc TIn[width], rights = stackalloc TIn[width];
        TOut* results = stackalloc TOut[width];
        Vectors<TKernel, TIn, TOut, NearMemory, TLeft, TRight>(kernel, TLeft.Some(left, first, count, lefts), TRight.Some(right, first, count, rights), results, width);
        new ReadOnlySpan<TOut>(results, (int)count).CopyTo(new Span<TOut>(destination + first, (int)count));
    }

    /// <summary>Whether a loop works far from the near caches.</summary>
    private interface IMemory
    {
        static abstract bool IsFar { get; }
    }

    private readonly struct NearMemory : IMemory
    {
        public static bool IsFar { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }
    }

    private readonly struct FarMemory : IMemory
    {
        public static bool IsFar { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }
    }

    /// <summary>How a dense loop reads an operand.</summary>
    private interface IDenseOperand
    {
        /// <summary>What is read once before the loop.</summary>
        static abstract Vector512<T> First<T>(T* operand) where T : unmanaged;

        /// <summary>The vector at a place, given what was read before.</summary>
        static abstract Vector512<T> At<T>(T* place, Vector512<T> first) where T : unmanaged;

        /// <summary>Where a later element stands.</summary>
        static abstract T* From<T>(T* operand, long first) where T : unmanaged;

        /// <summary>Where so many elements from one on can be read as a whole vector: in the room, with the first of them behind.</summary>
        static abstract T* Some<T>(T* operand, long first, long count, T* room) where T : unmanaged;
    }

    /// <summary>An element for each of the result.</summary>
    private readonly struct EachElement : IDenseOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> First<T>(T* operand) where T : unmanaged => default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> At<T>(T* place, Vector512<T> first) where T : unmanaged => Vector512.Load(place);

        public static T* From<T>(T* operand, long first) where T : unmanaged => operand + first;

        public static T* Some<T>(T* operand, long first, long count, T* room) where T : unmanaged
        {
            for (int i = 0; i < Vector512<T>.Count; i++) room[i] = operand[first + (i < count ? i : 0)];
            return room;
        }
    }

    /// <summary>One element for all.</summary>
    private readonly struct OneElement : IDenseOperand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> First<T>(T* operand) where T : unmanaged => Vector512.Create(*operand);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> At<T>(T* place, Vector512<T> first) where T : unmanaged => first;

        public static T* From<T>(T* operand, long first) where T : unmanaged => operand;

        public static T* Some<T>(T* operand, long first, long count, T* room) where T : unmanaged => operand;
    }

    // Rows shorter than a vector go at once, as some of its lanes; apart, since what a method inlines is limited, and long kernels above would be calls.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Few<TKernel, TIn, TOut>(TKernel kernel, TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long count)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        Vector512<TIn> x = leftStride == 1 ? PartialLanes.Load(left, count) : Vector512.Create(*left);
        Vector512<TIn> y = rightStride == 1 ? PartialLanes.Load(right, count) : Vector512.Create(*right);
        PartialLanes.Store(kernel.Invoke(x, y), destination, count);
    }

    // Strided elements pass through dense buffers.
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    private static void Packed<TKernel, TIn, TOut>(TKernel kernel, TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long destinationStride, long count, bool far)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        TIn* lefts = stackalloc TIn[StridedRun.Block], rights = stackalloc TIn[StridedRun.Block];
        TOut* results = stackalloc TOut[StridedRun.Block];
        for (long start = 0; start < count; start += StridedRun.Block)
        {
            long n = Math.Min(StridedRun.Block, count - start);
            TIn* x = StridedRun.Dense(left + start * leftStride, leftStride, lefts, n), y = StridedRun.Dense(right + start * rightStride, rightStride, rights, n);
            TOut* to = destination + start * destinationStride;
            Row(kernel, x, leftStride == 0 ? 0 : 1, y, rightStride == 0 ? 0 : 1, destinationStride == 1 ? to : results, 1, n, far && destinationStride == 1);
            if (destinationStride != 1) StridedRun.Spread(results, to, destinationStride, n);
        }
    }
}
