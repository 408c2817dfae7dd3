using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The largest element of each window, and where it was.</summary>
/// <remarks>As in PyTorch a NaN is larger than everything, and the index is that of the first largest element (of the last NaN) within its input plane.</remarks>
public static unsafe class MaxPooling
{
    /// <summary>Pools all planes; indices are int32 or int64, or null when nobody asks for them.</summary>
    public static void Forward<T, TIndex>(in PoolingShape shape, T* input, T* output, TIndex* indices)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var body = new ForwardBody<T, TIndex> { Windows = new PoolingWindows(shape), Input = input, Output = output, Indices = indices };
        WorkerPool.Run(body.Windows.Chunks, ref body);
    }

    /// <summary>Adds each gradient to the element that was the largest, all others getting zero.</summary>
    public static void Backward<T, TIndex>(in PoolingShape shape, T* gradOutput, TIndex* indices, T* gradInput)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var body = new BackwardBody<T, TIndex>
        {
            GradOutput = gradOutput,
            Indices = indices,
            GradInput = gradInput,
            InputPlane = (nint)shape.Input.Count,
            OutputPlane = (nint)shape.Output.Count,
            Planes = (nint)shape.Planes,
        };
        body.PerChunk = Math.Max(1, 16384 / Math.Max(1, body.InputPlane));
        WorkerPool.Run((int)((body.Planes + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct ForwardBody<T, TIndex> : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public PoolingWindows Windows;
        public T* Input, Output;
        public TIndex* Indices;

        [SkipLocalsInit]
        public readonly void Run(int chunk)
        {
            nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
            nint* offsets = stackalloc nint[PoolingWindows.MostTaps];
            for (nint plane = first; plane < end; plane++)
                RunPlane(Input + plane * Windows.InputPlane, Output + plane * Windows.OutputPlane, Indices == null ? null : Indices + plane * Windows.OutputPlane,
                    (Windows.Planes - plane) * Windows.InputPlane, offsets);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunPlane(T* plane, T* output, TIndex* indices, nint readable, nint* offsets)
        {
            foreach (var depth in Windows.Depth)
            {
                foreach (var height in Windows.Height)
                {
                    RunRow(plane, depth, height, output, indices, readable, offsets);
                    output += Windows.OutputWidth;
                    if (indices != null)
                        indices += Windows.OutputWidth;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunRow(T* plane, PoolingWindow depth, PoolingWindow height, T* output, TIndex* indices, nint readable, nint* offsets)
        {
            var widths = Windows.Width;
            int stride = Windows.VectorStride, lanes = PoolingLanes<T>.Count, column = 0;
            int taps = Windows.FillTaps(depth, height, offsets, lanes, out nint reach);
            if (taps > 0)
            {
                nint row = Windows.RowStart(depth, height);
                int first = Windows.WholeFirst, end = Windows.WholeEnd;
                while (column < first)
                    RunOne(plane, depth, height, widths[column], output, indices, column++);
                while (column < end)
                {
                    // The last vector overlaps the one before: the outputs in between are only computed again.
                    if (column + lanes > end && end - first >= lanes)
                        column = end - lanes;
                    nint from = row + widths[column].Start;
                    if (from + reach > readable)
                        break;
                    int count = Math.Min(lanes, end - column);
                    if (stride == 1)
                        RunVector(plane, from, offsets, taps, 1, count, output + column, indices == null ? null : indices + column);
                    else
                        RunVector(plane, from, offsets, taps, 2, count, output + column, indices == null ? null : indices + column);
                    column += count;
                }
            }
            while (column < widths.Length)
                RunOne(plane, depth, height, widths[column], output, indices, column++);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void RunVector(T* plane, nint from, nint* offsets, int taps, int stride, int count, T* output, TIndex* indices)
        {
            var largest = Vector256.Create(T.NegativeInfinity);
            T* source = plane + from;
            if (indices == null)
            {
                for (int tap = 0; tap < taps; tap++)
                    largest = Larger(PoolingLanes<T>.Load(source + offsets[tap], stride), largest, out _);
            }
            else
            {
                var index = Vector256<T>.Zero;
                for (int tap = 0; tap < taps; tap++)
                {
                    largest = Larger(PoolingLanes<T>.Load(source + offsets[tap], stride), largest, out var larger);
                    index = Vector256.ConditionalSelect(larger, PoolingLanes<T>.Index(offsets[tap]), index);
                }
                index = PoolingLanes<T>.AddIndex(PoolingLanes<T>.InOrder(index, stride), PoolingLanes<T>.Sequence(from, stride));
                if (count == PoolingLanes<T>.Count)
                    PoolingLanes<T>.StoreIndex(index, indices);
                else
                    StoreSome(index, count, indices);
            }
            largest = PoolingLanes<T>.InOrder(largest, stride);
            if (count == PoolingLanes<T>.Count)
                largest.Store(output);
            else
                for (int i = 0; i < count; i++)
                    output[i] = largest[i];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<T> Larger(Vector256<T> value, Vector256<T> largest, out Vector256<T> larger)
        {
            larger = Vector256.GreaterThan(value, largest) | ~Vector256.Equals(value, value);
            return Vector256.ConditionalSelect(larger, value, largest);
        }

        private static void StoreSome(Vector256<T> index, int count, TIndex* indices)
        {
            TIndex* all = stackalloc TIndex[Vector256<T>.Count];
            PoolingLanes<T>.StoreIndex(index, all);
            for (int i = 0; i < count; i++)
                indices[i] = all[i];
        }

        private readonly void RunOne(T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width, T* output, TIndex* indices, int column)
        {
            nint index = (depth.Start * Windows.InputHeight + height.Start) * Windows.InputWidth + width.Start;
            T largest = T.NegativeInfinity;
            for (int d = 0; d < depth.Count; d++)
            {
                for (int h = 0; h < height.Count; h++)
                {
                    nint at = ((depth.Start + d * depth.Step) * Windows.InputHeight + height.Start + h * height.Step) * Windows.InputWidth + width.Start;
                    for (int w = 0; w < width.Count; w++, at += width.Step)
                    {
                        T value = plane[at];
                        if (value > largest || T.IsNaN(value))
                        {
                            largest = value;
                            index = at;
                        }
                    }
                }
            }
            output[column] = largest;
            if (indices != null)
                indices[column] = TIndex.CreateTruncating((long)index);
        }
    }

    private struct BackwardBody<T, TIndex> : IParallelBody
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
