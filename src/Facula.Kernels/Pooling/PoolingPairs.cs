using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>What the two elements of an input row that belong to one window get of its gradient.</summary>
internal unsafe interface IPoolingPairs<T> where T : unmanaged
{
    /// <summary>Windows of this depth, height and width follow.</summary>
    void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width);

    /// <summary>A vector of gradients, of the outputs from <paramref name="at"/> on, as pairs of elements from <paramref name="place"/> of the plane on.</summary>
    (Vector512<T> Low, Vector512<T> High) Of(Vector512<T> gradients, nint at, nint place);

    /// <summary>One gradient as its pair of elements.</summary>
    (T First, T Second) Of(T gradient, nint at, nint place);
}

/// <summary>
/// Gradients of windows of two columns side by side that share no rows (<see cref="PoolingWindows.ArePairs"/>): every element belongs to one window at most,
/// and is written once, in the order in which it lies.
/// </summary>
internal unsafe struct PoolingPairs<TPairs, T> : IParallelBody
    where TPairs : struct, IPoolingPairs<T>
    where T : unmanaged, INumberBase<T>
{
    public PoolingWindows Windows;
    public TPairs Pairs;
    public T* GradOutput, GradInput;

    public void Run() => WorkerPool.Run(Windows.Chunks, ref this);

    public readonly void Run(int chunk)
    {
        nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
        if (!Windows.CoversRows) BorderedPlane.Clear(GradInput + first * Windows.InputPlane, (end - first) * Windows.InputPlane);
        for (nint plane = first; plane < end; plane++)
            RunPlane(Windows, Pairs, plane * Windows.InputPlane, GradOutput, plane * Windows.OutputPlane, end * Windows.OutputPlane, GradInput, end * Windows.InputPlane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPlane(PoolingWindows windows, TPairs pairs, nint plane, T* gradient, nint at, nint readable, T* destination, nint writable)
    {
        nint count = windows.OutputWidth, width = windows.InputWidth;
        int lanes = PoolingLanes<T>.Count;
        foreach (PoolingWindow depth in windows.Depth)
        {
            foreach (PoolingWindow height in windows.Height)
            {
                pairs.Begin(depth, height, windows.Width[0]);
                for (int d = 0; d < depth.Count; d++)
                {
                    // What is stored beyond a row's end is overwritten with the next row; the next slice may be done already.
                    nint limit = depth.Count == 1 ? writable : plane + (depth.Start + d + 1) * windows.InputHeight * width;
                    for (int h = 0; h < height.Count; h++)
                    {
                        nint row = ((depth.Start + d) * windows.InputHeight + height.Start + h) * width, column = 0;
                        for (; column < count && at + column + lanes <= readable && plane + row + 2 * (column + lanes) <= limit; column += lanes)
                        {
                            Vector512<T> gradients = Vector512.Load(gradient + at + column);
                            // No other row may follow that overwrites it: then zeros.
                            if (column + lanes > count && !windows.CoversRows) gradients = PoolingLanes<T>.First(gradients, count - column);
                            var (low, high) = pairs.Of(gradients, at + column, row + 2 * column);
                            T* to = destination + plane + row + 2 * column;
                            // The result mostly lies in no near cache, and has to be read before it is written.
                            if (Sse.IsSupported)
                            {
                                Sse.Prefetch0((byte*)to + WideStore.Ahead);
                                Sse.Prefetch0((byte*)(to + lanes) + WideStore.Ahead);
                            }
                            low.Store(to);
                            high.Store(to + lanes);
                        }
                        for (; column < count; column++)
                        {
                            nint place = row + 2 * column;
                            (destination[plane + place], destination[plane + place + 1]) = pairs.Of(gradient[at + column], at + column, place);
                        }
                        for (column = 2 * count; column < width; column++) destination[plane + row + column] = T.Zero;
                    }
                }
                at += count;
            }
        }
    }
}
