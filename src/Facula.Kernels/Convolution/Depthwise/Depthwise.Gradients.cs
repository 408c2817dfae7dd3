using System.Runtime.CompilerServices;

namespace Facula.Kernels;

internal static unsafe partial class Depthwise<L, V, T>
{
    public static bool TryInputGradient(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput)
    {
        // Each phase of the input needs at least a vector of positions.
        if (!DepthwiseShape.TryCreate(shape, L.Count, out DepthwiseShape depthwise) || depthwise.Width / depthwise.StrideWidth < L.Count) return false;
        var body = new InputBody { Shape = depthwise, GradOutput = gradOutput, Weight = weight, GradInput = gradInput, PerChunk = PlanesPerChunk(depthwise) };
        WorkerPool.Run((int)GemmPlan.Ceiling(depthwise.Batch * depthwise.Channels, body.PerChunk), ref body);
        return true;
    }

    /// <summary>
    /// Input column i gets from output column (i + pad − kernel·dilation) / stride where that is whole: for the columns of one phase these are
    /// neighbours, so that a phase is a sum over taps of stride 1 on the output gradient with a border of zeros.
    /// </summary>
    private struct InputBody : IParallelBody
    {
        public DepthwiseShape Shape;
        public T* GradOutput, Weight, GradInput;
        public nint PerChunk;

        public readonly void Run(int chunk)
        {
            nint end = Math.Min(Shape.Batch * Shape.Channels, (chunk + 1) * PerChunk), outputs = Shape.OutputHeight * Shape.OutputWidth, s = Shape.StrideWidth;
            nint border = (Shape.KernelWidth - 1) * Shape.DilationWidth / s + Shape.PadWidth + 1, pitch = Shape.OutputWidth + 2 * border + Shape.Width / s + 2 * L.Count;
            using var room = Scratch.Rent<T>(Shape.Multiplier * Shape.OutputHeight * pitch + Shape.Width + L.Count);
            T* bordered = (T*)room.Pointer, line = bordered + Shape.Multiplier * Shape.OutputHeight * pitch;
            BorderedPlane.Clear(bordered, Shape.Multiplier * Shape.OutputHeight * pitch);
            nint* offsets = stackalloc nint[RowsOfTaps];
            T* weights = stackalloc T[RowsOfTaps];
            for (nint plane = chunk * PerChunk; plane < end; plane++)
            {
                T* to = GradInput + plane * Shape.Height * Shape.Width;
                for (nint m = 0; m < Shape.Multiplier; m++)
                {
                    T* from = GradOutput + (plane * Shape.Multiplier + m) * outputs;
                    for (nint row = 0; row < Shape.OutputHeight; row++)
                        Unsafe.CopyBlockUnaligned(bordered + (m * Shape.OutputHeight + row) * pitch + border, from + row * Shape.OutputWidth, (uint)(Shape.OutputWidth * sizeof(T)));
                }
                for (nint row = 0; row < Shape.Height; row++)
                {
                    for (nint phase = 0; phase < s; phase++)
                    {
                        nint count = (Shape.Width - phase + s - 1) / s;
                        T* destination = s == 1 ? to + row * Shape.Width : line;
                        if (Shape.Multiplier * Shape.Taps <= RowsOfTaps)
                        {
                            nint taps = Gather(plane % Shape.Channels, 0, Shape.Multiplier, row, phase, border, pitch, offsets, weights);
                            Row(bordered, offsets, weights, taps, T.Zero, destination, count);
                        }
                        else
                        {
                            BorderedPlane.Clear(destination, count);
                            for (nint m = 0; m < Shape.Multiplier; m++)
                                AddRow(bordered, offsets, weights, Gather(plane % Shape.Channels, m, m + 1, row, phase, border, pitch, offsets, weights), destination, count);
                        }
                        if (s == 1) continue;
                        T* spread = to + row * Shape.Width + phase;
                        for (nint i = 0; i < count; i++) spread[i * s] = line[i];
                    }
                }
            }
        }

        /// <summary>The taps that reach this row and phase: offsets of the first column's partner, and weights.</summary>
        private readonly nint Gather(nint channel, nint firstFilter, nint endFilter, nint row, nint phase, nint border, nint pitch, nint* offsets, T* weights)
        {
            nint taps = 0;
            for (nint m = firstFilter; m < endFilter; m++)
            {
                T* filter = Weight + (channel * Shape.Multiplier + m) * Shape.Taps;
                for (nint kh = 0; kh < Shape.KernelHeight; kh++)
                {
                    nint above = row + Shape.PadHeight - kh * Shape.DilationHeight;
                    if (above < 0 || above % Shape.StrideHeight != 0 || above / Shape.StrideHeight >= Shape.OutputHeight) continue;
                    for (nint kw = 0; kw < Shape.KernelWidth; kw++)
                    {
                        nint left = phase + Shape.PadWidth - kw * Shape.DilationWidth;
                        if (left % Shape.StrideWidth != 0) continue;
                        offsets[taps] = (m * Shape.OutputHeight + above / Shape.StrideHeight) * pitch + border + left / Shape.StrideWidth;
                        weights[taps++] = filter[kh * Shape.KernelWidth + kw];
                    }
                }
            }
            return taps;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddRow(T* source, nint* offsets, T* weights, nint taps, T* destination, nint count)
        {
            for (nint tap = 0; tap < taps; tap++)
            {
                T* from = source + offsets[tap];
                for (nint i = 0; i < count; i++) destination[i] = T.MultiplyAddEstimate(from[i], weights[tap], destination[i]);
            }
        }
    }

    public static bool TryWeightGradient(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight)
    {
        if (!DepthwiseShape.TryCreate(shape, L.Count, out DepthwiseShape depthwise)) return false;
        var body = new WeightBody { Shape = depthwise, Input = input, GradOutput = gradOutput, GradWeight = gradWeight };
        WorkerPool.Run((int)depthwise.Channels, ref body);
        return true;
    }

    private struct WeightBody : IParallelBody
    {
        public DepthwiseShape Shape;
        public T* Input, GradOutput, GradWeight;

        public readonly void Run(int channel)
        {
            nint pitch = GemmPlan.Ceiling(Shape.OutputWidth, L.Count) * L.Count, outputs = Shape.OutputHeight * Shape.OutputWidth, filters = Shape.Multiplier;
            nint sums = filters * Shape.Taps * L.Count;
            using var room = Scratch.Rent<T>(Shape.Plane + filters * Shape.OutputHeight * pitch + sums);
            T* bordered = (T*)room.Pointer, gradients = bordered + Shape.Plane, sum = gradients + filters * Shape.OutputHeight * pitch;
            BorderedPlane.Clear(bordered, Shape.Plane + filters * Shape.OutputHeight * pitch + sums);
            for (nint image = 0; image < Shape.Batch; image++)
            {
                Sort(Shape, Input + (image * Shape.Channels + channel) * Shape.Height * Shape.Width, bordered);
                for (nint m = 0; m < filters; m++)
                {
                    // Zeros fill a row up to whole vectors, so that what lies beyond counts nothing.
                    T* gradient = gradients + m * Shape.OutputHeight * pitch, from = GradOutput + ((image * Shape.Channels + channel) * filters + m) * outputs;
                    for (nint row = 0; row < Shape.OutputHeight; row++)
                        Unsafe.CopyBlockUnaligned(gradient + row * pitch, from + row * Shape.OutputWidth, (uint)(Shape.OutputWidth * sizeof(T)));
                    for (nint kh = 0; kh < Shape.KernelHeight; kh++)
                        for (nint kw = 0; kw < Shape.KernelWidth; kw += 3)
                            Taps3(bordered, kh * Shape.KernelWidth + kw, (int)Math.Min(3, Shape.KernelWidth - kw), gradient, pitch, sum + m * Shape.Taps * L.Count);
                }
            }
            T* to = GradWeight + channel * filters * Shape.Taps;
            for (nint i = 0; i < filters * Shape.Taps; i++) to[i] = L.Sum(L.Load(sum + i * L.Count));
        }

        /// <summary>Up to three neighbouring taps at once: the gradient is loaded once for them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Taps3(T* bordered, nint tap, int count, T* gradient, nint pitch, T* sums)
        {
            T* first = bordered + Shape.TapOffset(tap), second = bordered + Shape.TapOffset(tap + (count > 1 ? 1 : 0)), third = bordered + Shape.TapOffset(tap + count - 1);
            V a = default, b = default, c = default;
            nint step = Shape.StrideHeight * Shape.RowStep, rows = Shape.OutputHeight;
            for (nint row = 0; row < rows; row++, gradient += pitch, first += step, second += step, third += step)
            {
                for (nint i = 0; i < pitch; i += L.Count)
                {
                    V g = L.Load(gradient + i);
                    a = L.MultiplyAdd(L.Load(first + i), g, a);
                    b = L.MultiplyAdd(L.Load(second + i), g, b);
                    c = L.MultiplyAdd(L.Load(third + i), g, c);
                }
            }
            Accumulate(sums + tap * L.Count, a);
            if (count > 1) Accumulate(sums + (tap + 1) * L.Count, b);
            if (count > 2) Accumulate(sums + (tap + 2) * L.Count, c);
        }

        private static void Accumulate(T* sum, V value) => L.Store(L.Add(L.Load(sum), value), sum);
    }
}
