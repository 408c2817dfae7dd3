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
        var body = new PairsBody<T, TIndex> { Windows = windows, GradOutput = gradOutput, Indices = indices, GradInput = gradInput };
        WorkerPool.Run(windows.Chunks, ref body);
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

    // Windows of two columns side by side that share no rows: every element belongs to one window at most, and gets its gradient or zero.
    private struct PairsBody<T, TIndex> : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public PoolingWindows Windows;
        public T* GradOutput, GradInput;
        public TIndex* Indices;

        public readonly void Run(int chunk)
        {
            nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
            if (!Windows.CoversRows) BorderedPlane.Clear(GradInput + first * Windows.InputPlane, (end - first) * Windows.InputPlane);
            for (nint plane = first; plane < end; plane++)
                RunPlane(Windows, plane * Windows.InputPlane, GradOutput, Indices, plane * Windows.OutputPlane, end * Windows.OutputPlane, GradInput, end * Windows.InputPlane);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RunPlane(PoolingWindows windows, nint plane, T* gradient, TIndex* indices, nint at, nint readable, T* destination, nint writable)
        {
            nint count = windows.OutputWidth, width = windows.InputWidth;
            int lanes = PoolingLanes<T>.Count;
            foreach (PoolingWindow depth in windows.Depth)
            {
                foreach (PoolingWindow height in windows.Height)
                {
                    for (int d = 0; d < depth.Count; d++)
                    {
                        // What is stored beyond a row's end is overwritten with the next row; the next slice may be done already.
                        nint limit = depth.Count == 1 ? writable : plane + (depth.Start + d + 1) * windows.InputHeight * width;
                        for (int h = 0; h < height.Count; h++)
                        {
                            nint row = ((depth.Start + d) * windows.InputHeight + height.Start + h) * width, column = 0;
                            for (; column < count && at + column + lanes <= readable && plane + row + 2 * (column + lanes) <= limit; column += lanes)
                            {
                                Vector512<T> g = Vector512.Load(gradient + at + column), index = PoolingLanes<T>.LoadIndex(indices + at + column);
                                var (low, high) = PoolingLanes<T>.Interleave(
                                    PoolingLanes<T>.WhereEqual(index, PoolingLanes<T>.Sequence(row + 2 * column, 2), g),
                                    PoolingLanes<T>.WhereEqual(index, PoolingLanes<T>.Sequence(row + 2 * column + 1, 2), g));
                                T* to = destination + plane + row + 2 * column;
                                low.Store(to);
                                high.Store(to + lanes);
                            }
                            for (; column < count; column++)
                            {
                                nint place = (nint)long.CreateTruncating(indices[at + column]), left = row + 2 * column;
                                T g = gradient[at + column];
                                destination[plane + left] = place == left ? g : T.Zero;
                                destination[plane + left + 1] = place == left + 1 ? g : T.Zero;
                            }
                            for (column = 2 * count; column < width; column++) destination[plane + row + column] = T.Zero;
                        }
                    }
                    at += count;
                }
            }
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
