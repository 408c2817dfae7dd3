using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Depthwise convolutions: positions in the lanes, one channel at a time in the first-level cache.</summary>
/// <remarks>
/// A plane is copied with its border, the columns sorted by their remainder modulo the stride: then every tap of every stride is a plain
/// unaligned load. The last vector of a row overlaps the one before.
/// </remarks>
internal static unsafe partial class Depthwise<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int RowsOfTaps = 128;

    public static bool TryForward(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output)
    {
        if (!DepthwiseShape.TryCreate(shape, L.Count, out DepthwiseShape depthwise)) return false;
        var body = new ForwardBody { Shape = depthwise, Input = input, Weight = weight, Bias = bias, Output = output };
        body.PerChunk = PlanesPerChunk(depthwise);
        WorkerPool.Run((int)GemmPlan.Ceiling(depthwise.Batch * depthwise.Channels, body.PerChunk), ref body);
        return true;
    }

    private static nint PlanesPerChunk(in DepthwiseShape shape) => Math.Max(1, 16384 / Math.Max(1, shape.OutputHeight * shape.OutputWidth));

    private struct ForwardBody : IParallelBody
    {
        public DepthwiseShape Shape;
        public T* Input, Weight, Bias, Output;
        public nint PerChunk;

        public readonly void Run(int chunk)
        {
            nint end = Math.Min(Shape.Batch * Shape.Channels, (chunk + 1) * PerChunk), outputs = Shape.OutputHeight * Shape.OutputWidth;
            using var room = Scratch.Rent<T>(Shape.Plane);
            T* bordered = (T*)room.Pointer;
            BorderedPlane.Clear(bordered, Shape.Plane);
            nint* offsets = stackalloc nint[RowsOfTaps];
            for (nint tap = 0; tap < Shape.Taps; tap++) offsets[tap] = Shape.TapOffset(tap);
            for (nint plane = chunk * PerChunk; plane < end; plane++)
            {
                Sort(Shape, Input + plane * Shape.Height * Shape.Width, bordered);
                for (nint m = 0; m < Shape.Multiplier; m++)
                {
                    nint filter = plane % Shape.Channels * Shape.Multiplier + m;
                    T start = Bias == null ? T.Zero : Bias[filter];
                    T* to = Output + (plane * Shape.Multiplier + m) * outputs;
                    for (nint row = 0; row < Shape.OutputHeight; row++)
                        Row(bordered + row * Shape.StrideHeight * Shape.RowStep, offsets, Weight + filter * Shape.Taps, Shape.Taps, start, to + row * Shape.OutputWidth, Shape.OutputWidth);
                }
            }
        }
    }

    /// <summary>Copies a plane into the middle of a bordered one, columns sorted by phase; the border stays as it is.</summary>
    private static void Sort(in DepthwiseShape shape, T* source, T* bordered)
    {
        for (nint row = 0; row < shape.Height; row++)
        {
            T* from = source + row * shape.Width, to = bordered + (row + shape.PadHeight) * shape.RowStep;
            if (shape.StrideWidth == 1)
            {
                Unsafe.CopyBlockUnaligned(to + shape.PadWidth, from, (uint)(shape.Width * sizeof(T)));
                continue;
            }
            for (nint phase = 0; phase < shape.StrideWidth; phase++)
            {
                // Bordered column c = pad + i lies in phase c mod stride at c / stride.
                nint first = ((phase - shape.PadWidth) % shape.StrideWidth + shape.StrideWidth) % shape.StrideWidth;
                T* place = to + phase * shape.PhaseWidth + (first + shape.PadWidth) / shape.StrideWidth;
                for (nint i = first; i < shape.Width; i += shape.StrideWidth) *place++ = from[i];
            }
        }
    }

    /// <summary>destination = start + Σ over taps of weight · source at the tap's offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(T* source, nint* offsets, T* weight, nint taps, T start, T* destination, nint count)
    {
        nint i = 0;
        for (; i + 4 * L.Count <= count; i += 4 * L.Count)
        {
            V a = L.Broadcast(start), b = a, c = a, d = a;
            for (nint tap = 0; tap < taps; tap++)
            {
                T* from = source + offsets[tap] + i;
                V w = L.Broadcast(weight[tap]);
                a = L.MultiplyAdd(L.Load(from), w, a);
                b = L.MultiplyAdd(L.Load(from + L.Count), w, b);
                c = L.MultiplyAdd(L.Load(from + 2 * L.Count), w, c);
                d = L.MultiplyAdd(L.Load(from + 3 * L.Count), w, d);
            }
            L.Store(a, destination + i);
            L.Store(b, destination + i + L.Count);
            L.Store(c, destination + i + 2 * L.Count);
            L.Store(d, destination + i + 3 * L.Count);
        }
        while (i < count)
        {
            if (i + L.Count > count) i = count - L.Count;
            V a = L.Broadcast(start);
            for (nint tap = 0; tap < taps; tap++) a = L.MultiplyAdd(L.Load(source + offsets[tap] + i), L.Broadcast(weight[tap]), a);
            L.Store(a, destination + i);
            i += L.Count;
        }
    }
}
