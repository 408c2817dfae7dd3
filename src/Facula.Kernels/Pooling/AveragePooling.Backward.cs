using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class AveragePooling
{
    /// <summary>Shares each gradient out evenly over its window.</summary>
    public static void Backward<T>(in PoolingShape shape, T* gradOutput, T* gradInput, bool countIncludePad = true, long divisorOverride = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var windows = new PoolingWindows(shape);
        var rule = new DivisorRule(countIncludePad, divisorOverride);
        if (windows.ArePairs)
        {
            new PoolingPairs<SharePairs<T>, T> { Windows = windows, Pairs = new(rule), GradOutput = gradOutput, GradInput = gradInput }.Run();
            return;
        }
        var body = new BackwardBody<T> { Windows = windows, GradOutput = gradOutput, GradInput = gradInput, Rule = rule };
        WorkerPool.Run(windows.Chunks, ref body);
    }

    // Both elements of a pair get the same share.
    private struct SharePairs<T>(DivisorRule rule) : IPoolingPairs<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private T _divisor;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width) => _divisor = rule.Of<T>(depth, height, width);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly (Vector512<T> Low, Vector512<T> High) Of(Vector512<T> gradients, nint at, nint place)
        {
            // Added to zero, as sums are: -0 becomes +0.
            Vector512<T> shares = gradients / Vector512.Create(_divisor) + Vector512<T>.Zero;
            return LaneMemory<T>.Interleave(shares, shares);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly (T First, T Second) Of(T gradient, nint at, nint place) => (gradient / _divisor, gradient / _divisor);
    }

    // All rows of a window get the same: gradients are spread along the width once, and that row added to each, or stored where rows belong to one window.
    private struct BackwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public PoolingWindows Windows;
        public T* GradOutput, GradInput;
        public DivisorRule Rule;

        public readonly void Run(int chunk)
        {
            nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
            int lanes = PoolingLanes<T>.Count, widest = 0;
            foreach (PoolingWindow width in Windows.Width) widest = Math.Max(widest, width.Count * width.Step);
            // Room beyond the ends, so that vectors need no remainders.
            nint rowRoom = Windows.InputWidth + widest + 3 * lanes, shareRoom = Windows.OutputWidth + lanes;
            using var room = Scratch.Rent<T>(rowRoom + shareRoom);
            T* row = (T*)room.Pointer, shares = row + rowRoom;
            if (!Windows.SharesNoRows || !Windows.CoversRows) BorderedPlane.Clear(GradInput + first * Windows.InputPlane, (end - first) * Windows.InputPlane);
            for (nint plane = first; plane < end; plane++)
                RunPlane(GradOutput + plane * Windows.OutputPlane, GradInput + plane * Windows.InputPlane, GradInput + end * Windows.InputPlane, row, rowRoom, shares);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunPlane(T* gradient, T* plane, T* end, T* row, nint rowRoom, T* shares)
        {
            PoolingWindows windows = Windows;
            nint width = windows.InputWidth;
            bool apart = windows.SharesNoRows;
            int evenFirst = windows.UsesVectors ? windows.WholeFirst : 0, evenEnd = windows.UsesVectors ? windows.WholeEnd : 0;
            int lanes = PoolingLanes<T>.Count;
            foreach (PoolingWindow depth in windows.Depth)
            {
                foreach (PoolingWindow height in windows.Height)
                {
                    for (nint i = 0; i < rowRoom; i += lanes) Vector512<T>.Zero.Store(row + Math.Min(i, rowRoom - lanes));
                    Spread(gradient, depth, height, 0, evenFirst, row);
                    if (evenEnd > evenFirst) SpreadEvenly(gradient + evenFirst, evenEnd - evenFirst, windows.Width[evenFirst], Rule.Of<T>(depth, height, windows.Width[evenFirst]), row, shares);
                    Spread(gradient, depth, height, evenEnd, windows.Width.Length, row);
                    for (int d = 0; d < depth.Count; d++)
                    {
                        T* line = plane + ((depth.Start + d * depth.Step) * windows.InputHeight + height.Start) * width;
                        // What is stored beyond a row's end is overwritten with the next row; the next slice may be done already.
                        T* limit = depth.Count == 1 ? end : plane + (depth.Start + d * depth.Step + 1) * windows.InputHeight * width;
                        for (int h = 0; h < height.Count; h++, line += height.Step * width)
                        {
                            nint i = 0;
                            if (apart)
                            {
                                for (; i < width && line + i + lanes <= limit; i += lanes) Vector512.Load(row + i).Store(line + i);
                                for (; i < width; i++) line[i] = row[i];
                            }
                            else
                            {
                                for (; i + lanes <= width; i += lanes) (Vector512.Load(line + i) + Vector512.Load(row + i)).Store(line + i);
                                for (; i < width; i++) line[i] += row[i];
                            }
                        }
                    }
                    gradient += windows.OutputWidth;
                }
            }
        }

        // These windows have the same elements and the same distance, 1 or 2: one divisor serves them all.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void SpreadEvenly(T* gradient, nint count, PoolingWindow window, T divisor, T* row, T* shares)
        {
            nint i = 0;
            int lanes = PoolingLanes<T>.Count;
            Vector512<T> divisors = Vector512.Create(divisor);
            for (; i + lanes <= count; i += lanes) (Vector512.Load(gradient + i) / divisors).Store(shares + i);
            Vector512<T>.Zero.Store(shares + count);
            for (; i < count; i++) shares[i] = gradient[i] / divisor;
            // Two neighbouring elements of each window at a time where these lie two apart.
            bool pairs = Windows.Stride == 2, neighbours = window.Step == 1;
            for (int w = 0; w < window.Count; w++)
            {
                T* to = row + window.Start + w * window.Step;
                bool second = pairs && neighbours && w + 1 < window.Count;
                for (i = 0; i < count; i += lanes)
                {
                    Vector512<T> share = Vector512.Load(shares + i);
                    if (pairs)
                    {
                        var (low, high) = LaneMemory<T>.Interleave(share, second ? share : Vector512<T>.Zero);
                        (Vector512.Load(to + 2 * i) + low).Store(to + 2 * i);
                        (Vector512.Load(to + 2 * i + lanes) + high).Store(to + 2 * i + lanes);
                    }
                    else (Vector512.Load(to + i) + share).Store(to + i);
                }
                if (second) w++;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Spread(T* gradient, PoolingWindow depth, PoolingWindow height, int first, int end, T* row)
        {
            PoolingWindow[] widths = Windows.Width;
            for (int column = first; column < end; column++)
            {
                PoolingWindow width = widths[column];
                if (width.Count == 0)
                    continue;
                T share = gradient[column] / Rule.Of<T>(depth, height, width);
                for (int w = 0; w < width.Count; w++)
                    row[width.Start + w * width.Step] += share;
            }
        }
    }
}
