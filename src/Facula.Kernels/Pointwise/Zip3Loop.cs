using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The loop of functions of three operands over strided memory; the first may be of another type.</summary>
public static unsafe partial class Zip3Loop
{
    /// <summary>destination = kernel(first, second, third), elementwise over the shape; <paramref name="operandStrides"/> holds the three operands' strides one after another.</summary>
    public static void Run<TKernel, TFirst, T>(TKernel kernel, TFirst* first, T* second, T* third, ReadOnlySpan<long> operandStrides,
        T* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        int rank = shape.Length;
        Span<long> extents = stackalloc long[rank];
        Span<long> strides = stackalloc long[4 * rank];
        shape.CopyTo(extents);
        destinationStrides.CopyTo(strides);
        operandStrides.CopyTo(strides[rank..]);
        rank = LoopNest.Coalesce(extents, strides, 4);
        long count = 1;
        for (int i = 0; i < rank; i++) count *= extents[i];
        if (count == 0) return;
        fixed (long* e = extents, s = strides)
        {
            var body = new Nest<TKernel, TFirst, T>
            {
                Kernel = kernel, First = first, Second = second, Third = third, Destination = destination, Plan = new RowPlan(e, s, rank, 4, count, grain),
                Passes = TKernel.IsChoice && rank == 1 && Vector512<T>.IsSupported && s[0] == 1 && s[1] == 1 && s[2] is 0 or 1 && s[3] is 0 or 1
                    && second != destination && third != destination && WideStore.Passes(destination, count * sizeof(T)),
            };
            WorkerPool.Run(body.Plan.Chunks, ref body);
        }
    }

    /// <summary>One run of elements at fixed strides.</summary>
    public static void Contiguous<TKernel, TFirst, T>(TKernel kernel, TFirst* first, long firstStride, T* second, long secondStride, T* third, long thirdStride, T* destination, long count, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        if (count <= grain) Row(kernel, first, firstStride, second, secondStride, third, thirdStride, destination, 1, count, far: false);
        else Run(kernel, first, second, third, [firstStride, secondStride, thirdStride], destination, [1], [count], grain);
    }

    private struct Nest<TKernel, TFirst, T> : IParallelBody
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        public TKernel Kernel;
        public TFirst* First;
        public T* Second, Third, Destination;
        public RowPlan Plan;
        public bool Passes;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            long* index = stackalloc long[Plan.Rank + 1];
            RowPlan.Rows rows = Plan.Open(chunk, index);
            long d = Plan.Step(0), x = Plan.Step(1), y = Plan.Step(2), z = Plan.Step(3);
            if (TKernel.IsChoice && Passes) PassChoice((byte*)(First + rows.First), Second + rows.Second, y, Third + rows.Third, z, Destination + rows.Result, rows.Count);
            else do Row(Kernel, First + rows.First, x, Second + rows.Second, y, Third + rows.Third, z, Destination + rows.Result, d, rows.Count, Plan.Chunks > 1);
            while (rows.Next());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TKernel, TFirst, T>(TKernel kernel, TFirst* first, long firstStride, T* second, long secondStride, T* third, long thirdStride, T* destination, long stride, long count, bool far)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        long i = 0;
        bool dense = stride == 1 && (ulong)secondStride <= 1 && (ulong)thirdStride <= 1 && (firstStride == 1 || (firstStride == 0 && !TKernel.IsChoice));
        if (!dense && count >= 16 && (TKernel.IsChoice || TKernel.IsVectorized))
        {
            Packed(kernel, first, firstStride, second, secondStride, third, thirdStride, destination, stride, count, far);
            return;
        }
        if (TKernel.IsChoice && dense)
        {
            i = ChoiceRow((byte*)first, second, secondStride, third, thirdStride, destination, count, far);
        }
        else if (TKernel.IsVectorized && dense && count >= Vector512<T>.Count)
        {
            long end = count - Vector512<T>.Count;
            Vector512<TFirst> x = Vector512.Create(*first);
            Vector512<T> y = Vector512.Create(*second), z = Vector512.Create(*third);
            Vector512<T> last = kernel.Invoke(firstStride == 1 ? Vector512.Load(first + end) : x, secondStride == 1 ? Vector512.Load(second + end) : y, thirdStride == 1 ? Vector512.Load(third + end) : z);
            for (; i < end; i += Vector512<T>.Count)
            {
                if (firstStride == 1) x = Vector512.Load(first + i);
                if (secondStride == 1) y = Vector512.Load(second + i);
                if (thirdStride == 1) z = Vector512.Load(third + i);
                WideStore.To(kernel.Invoke(x, y, z), destination + i, far);
            }
            last.Store(destination + end);
            return;
        }
        for (; i < count; i++) destination[i * stride] = kernel.Invoke(first[i * firstStride], second[i * secondStride], third[i * thirdStride]);
    }

    // Strided elements pass through dense buffers.
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    private static void Packed<TKernel, TFirst, T>(TKernel kernel, TFirst* first, long firstStride, T* second, long secondStride, T* third, long thirdStride, T* destination, long stride, long count, bool far)
        where TKernel : struct, IZip3<TFirst, T>
        where TFirst : unmanaged
        where T : unmanaged
    {
        TFirst* firsts = stackalloc TFirst[StridedRun.Block];
        T* seconds = stackalloc T[StridedRun.Block], thirds = stackalloc T[StridedRun.Block], results = stackalloc T[StridedRun.Block];
        for (long start = 0; start < count; start += StridedRun.Block)
        {
            long n = Math.Min(StridedRun.Block, count - start);
            TFirst* x = first + start * firstStride;
            // A choice wants its mask at every element.
            bool repeats = firstStride == 0 && !TKernel.IsChoice;
            if (firstStride != 1 && !repeats)
            {
                StridedRun.Gather(x, firstStride, firsts, n, far: false);
                x = firsts;
            }
            T* y = StridedRun.Dense(second + start * secondStride, secondStride, seconds, n), z = StridedRun.Dense(third + start * thirdStride, thirdStride, thirds, n);
            T* to = destination + start * stride;
            Row(kernel, x, repeats ? 0 : 1, y, secondStride == 0 ? 0 : 1, z, thirdStride == 0 ? 0 : 1, stride == 1 ? to : results, 1, n, far && stride == 1);
            if (stride != 1) StridedRun.Spread(results, to, stride, n);
        }
    }
}
