using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The average of each window.</summary>
public static unsafe class AveragePooling
{
    /// <summary>Pools all planes; <paramref name="divisorOverride"/> 0 divides by the number of elements, padding counted or not.</summary>
    public static void Forward<T>(in PoolingShape shape, T* input, T* output, bool countIncludePad = true, long divisorOverride = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new ForwardBody<T> { Windows = new PoolingWindows(shape), Input = input, Output = output, Divisor = new(countIncludePad, divisorOverride) };
        WorkerPool.Run(body.Windows.Chunks, ref body);
    }

    /// <summary>Shares each gradient out evenly over its window.</summary>
    public static void Backward<T>(in PoolingShape shape, T* gradOutput, T* gradInput, bool countIncludePad = true, long divisorOverride = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new BackwardBody<T> { Windows = new PoolingWindows(shape), GradOutput = gradOutput, GradInput = gradInput, Divisor = new(countIncludePad, divisorOverride) };
        WorkerPool.Run(body.Windows.Chunks, ref body);
    }

    private readonly record struct DivisorRule(bool CountIncludePad, long Override)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(PoolingWindow depth, PoolingWindow height, PoolingWindow width) where T : INumberBase<T> => T.CreateTruncating(
            Override != 0 ? Override
            : CountIncludePad ? (long)depth.Extent * height.Extent * width.Extent
            : (long)depth.Count * height.Count * width.Count);
    }

    private struct ForwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public PoolingWindows Windows;
        public T* Input, Output;
        public DivisorRule Divisor;

        [SkipLocalsInit]
        public readonly void Run(int chunk)
        {
            nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
            nint* offsets = stackalloc nint[PoolingWindows.MostTaps];
            for (nint plane = first; plane < end; plane++)
                RunPlane(Input + plane * Windows.InputPlane, Output + plane * Windows.OutputPlane, (Windows.Planes - plane) * Windows.InputPlane, offsets);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunPlane(T* plane, T* output, nint readable, nint* offsets)
        {
            foreach (var depth in Windows.Depth)
            {
                foreach (var height in Windows.Height)
                {
                    RunRow(plane, depth, height, output, readable, offsets);
                    output += Windows.OutputWidth;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunRow(T* plane, PoolingWindow depth, PoolingWindow height, T* output, nint readable, nint* offsets)
        {
            var widths = Windows.Width;
            int lanes = PoolingLanes<T>.Count, column = 0;
            int taps = Windows.FillTaps(depth, height, offsets, lanes, out nint reach);
            if (taps > 0)
            {
                nint row = Windows.RowStart(depth, height);
                int first = Windows.WholeFirst, end = Windows.WholeEnd;
                for (; column < first; column++)
                    output[column] = RunOne(plane, depth, height, widths[column]);
                while (column < end)
                {
                    // The last vector overlaps the one before: the outputs in between are only computed again.
                    if (column + lanes > end && end - first >= lanes)
                        column = end - lanes;
                    nint from = row + widths[column].Start;
                    if (from + reach > readable)
                        break;
                    int count = Math.Min(lanes, end - column);
                    T divisor = Divisor.Of<T>(depth, height, widths[column]);
                    if (Windows.VectorStride == 1)
                        RunVector(plane + from, offsets, taps, 1, count, divisor, output + column);
                    else
                        RunVector(plane + from, offsets, taps, 2, count, divisor, output + column);
                    column += count;
                }
            }
            for (; column < widths.Length; column++)
                output[column] = RunOne(plane, depth, height, widths[column]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void RunVector(T* source, nint* offsets, int taps, int stride, int count, T divisor, T* output)
        {
            var sum = Vector256<T>.Zero;
            for (int tap = 0; tap < taps; tap++)
                sum += PoolingLanes<T>.Load(source + offsets[tap], stride);
            sum = PoolingLanes<T>.InOrder(sum / Vector256.Create(divisor), stride);
            if (count == PoolingLanes<T>.Count)
                sum.Store(output);
            else
                for (int i = 0; i < count; i++)
                    output[i] = sum[i];
        }

        private readonly T RunOne(T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width)
        {
            // A window wholly in the border averages nothing: zero, not 0/0.
            if (depth.Count == 0 || height.Count == 0 || width.Count == 0)
                return T.Zero;
            T sum = T.Zero;
            for (int d = 0; d < depth.Count; d++)
            {
                for (int h = 0; h < height.Count; h++)
                {
                    T* row = plane + ((depth.Start + d * depth.Step) * Windows.InputHeight + height.Start + h * height.Step) * Windows.InputWidth + width.Start;
                    for (int w = 0; w < width.Count; w++, row += width.Step)
                        sum += *row;
                }
            }
            return sum / Divisor.Of<T>(depth, height, width);
        }
    }

    private struct BackwardBody<T> : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public PoolingWindows Windows;
        public T* GradOutput, GradInput;
        public DivisorRule Divisor;

        public readonly void Run(int chunk)
        {
            nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
            using var room = Scratch.Rent<T>(Windows.InputWidth + Windows.OutputWidth);
            T* row = (T*)room.Pointer;
            bool even = Windows.IsEvenAlongWidth(out int step);
            // Windows that share no rows store their shares instead of adding them to zeros.
            var (depthApart, depthCovering) = PoolingWindows.Share(Windows.Depth, Windows.InputPlane / Math.Max(1, Windows.InputHeight * Windows.InputWidth));
            var (heightApart, heightCovering) = PoolingWindows.Share(Windows.Height, Windows.InputHeight);
            bool apart = depthApart && heightApart, covering = depthCovering && heightCovering;
            for (nint plane = first; plane < end; plane++)
            {
                T* gradient = GradOutput + plane * Windows.OutputPlane, to = GradInput + plane * Windows.InputPlane;
                if (!covering)
                    BorderedPlane.Clear(to, Windows.InputPlane);
                foreach (var depth in Windows.Depth)
                {
                    foreach (var height in Windows.Height)
                    {
                        // All rows of a window get the same: spread along the width once, then add that row to each.
                        if (even) SpreadEvenly(gradient, Divisor.Of<T>(depth, height, Windows.Width[0]), step, row, row + Windows.InputWidth);
                        else Spread(gradient, depth, height, row);
                        for (int d = 0; d < depth.Count; d++)
                        {
                            for (int h = 0; h < height.Count; h++)
                            {
                                T* line = to + ((depth.Start + d * depth.Step) * Windows.InputHeight + height.Start + h * height.Step) * Windows.InputWidth;
                                if (apart)
                                    Unsafe.CopyBlockUnaligned(line, row, (uint)(Windows.InputWidth * sizeof(T)));
                                else
                                    AddRow(row, line);
                            }
                        }
                        gradient += Windows.OutputWidth;
                    }
                }
            }
        }

        /// <summary>All windows have the same elements and the same distance: one divisor serves the row.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void SpreadEvenly(T* gradient, T divisor, int step, T* row, T* shares)
        {
            BorderedPlane.Clear(row, Windows.InputWidth);
            nint count = Windows.OutputWidth, i = 0;
            var divisors = Vector256.Create(divisor);
            for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
                (Vector256.Load(gradient + i) / divisors).Store(shares + i);
            for (; i < count; i++)
                shares[i] = gradient[i] / divisor;
            var first = Windows.Width[0];
            for (int w = 0; w < first.Count; w++)
            {
                T* to = row + first.Start + w * first.Step;
                for (i = 0; i < count; i++, to += step)
                    *to += shares[i];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Spread(T* gradient, PoolingWindow depth, PoolingWindow height, T* row)
        {
            BorderedPlane.Clear(row, Windows.InputWidth);
            var widths = Windows.Width;
            for (int column = 0; column < widths.Length; column++)
            {
                var width = widths[column];
                if (width.Count == 0)
                    continue;
                T share = gradient[column] / Divisor.Of<T>(depth, height, width);
                for (int w = 0; w < width.Count; w++)
                    row[width.Start + w * width.Step] += share;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void AddRow(T* row, T* destination)
        {
            nint i = 0, count = Windows.InputWidth;
            for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
                (Vector256.Load(destination + i) + Vector256.Load(row + i)).Store(destination + i);
            for (; i < count; i++)
                destination[i] += row[i];
        }
    }
}
