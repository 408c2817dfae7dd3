using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class MaxPooling
{
    /// <summary>Adds each gradient to the element that was the largest of its window, all others getting zero.</summary>
    public static void Backward<T, TIndex>(in PoolingShape shape, T* gradOutput, TIndex* indices, T* gradInput)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var windows = new PoolingWindows(shape);
        if (!windows.ArePairs)
        {
            Scatter(windows.Planes, windows.InputPlane, windows.OutputPlane, gradOutput, indices, gradInput);
            return;
        }
        new PoolingPairs<GradientPairs<T, TIndex>, T> { Windows = windows, Pairs = new(indices), GradOutput = gradOutput, GradInput = gradInput }.Run();
    }

    /// <summary>Adds each gradient to the element that its index names, all others getting zero.</summary>
    public static void Scatter<T, TIndex>(nint planes, nint inputPlane, nint outputPlane, T* gradOutput, TIndex* indices, T* gradInput)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var body = new ScatterBody<T, TIndex>
        {
            GradOutput = gradOutput, Indices = indices, GradInput = gradInput, InputPlane = inputPlane, OutputPlane = outputPlane, Planes = planes,
            PerChunk = Math.Max(1, 16384 / Math.Max(1, inputPlane)),
        };
        WorkerPool.Run((int)((planes + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    // An element gets the gradient if the index names it, else zero.
    private readonly struct GradientPairs<T, TIndex>(TIndex* indices) : IPoolingPairs<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector512<T> Low, Vector512<T> High) Of(Vector512<T> gradients, nint at, nint place)
        {
            Vector512<T> index = PoolingLanes<T>.LoadIndex(indices + at);
            return LaneMemory<T>.Interleave(
                PoolingLanes<T>.WhereEqual(index, PoolingLanes<T>.Sequence(place, 2), gradients),
                PoolingLanes<T>.WhereEqual(index, PoolingLanes<T>.Sequence(place + 1, 2), gradients));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (T First, T Second) Of(T gradient, nint at, nint place)
        {
            nint index = (nint)long.CreateTruncating(indices[at]);
            return (index == place ? gradient : T.Zero, index == place + 1 ? gradient : T.Zero);
        }
    }

    private struct ScatterBody<T, TIndex> : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public T* GradOutput, GradInput;
        public TIndex* Indices;
        public nint InputPlane, OutputPlane, Planes, PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            nint first = chunk * PerChunk, end = Math.Min(Planes, first + PerChunk);
            for (nint plane = first; plane < end; plane++)
            {
                T* to = GradInput + plane * InputPlane, from = GradOutput + plane * OutputPlane;
                TIndex* index = Indices + plane * OutputPlane;
                BorderedPlane.Clear(to, InputPlane);
                for (nint i = 0; i < OutputPlane; i++)
                {
                    // Unsigned, so that a negative index fails too: the indices come from outside.
                    nuint at = (nuint)long.CreateTruncating(index[i]);
                    if (at < (nuint)InputPlane)
                        to[at] += from[i];
                }
            }
        }
    }
}
