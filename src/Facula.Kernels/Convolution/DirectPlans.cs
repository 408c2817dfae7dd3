using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Turns a forward pass or an input gradient into passes of the direct kernel.</summary>
internal static unsafe class DirectPlans<L, V>
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private static int Panel => DirectConvolution<L, V>.Panel;

    private static nint Panels(nint filters) => GemmPlan.Ceiling(filters, Panel);

    /// <summary>Elements of the forward pass's weights in panels.</summary>
    public static long PreparedCount(in ConvolutionShape shape) => shape.Groups * Panels((nint)shape.GroupOutputChannels) * DirectPass.PanelStride((nint)shape.FilterSize, Panel);

    /// <summary>Packs the forward pass's weights into panels.</summary>
    public static void Prepare(in ConvolutionShape shape, float* weight, float* prepared)
    {
        var body = new Packing { Weight = weight, Prepared = prepared, Filters = (nint)shape.GroupOutputChannels, Taps = (nint)shape.FilterSize };
        WorkerPool.Run((int)(shape.Groups * Panels(body.Filters)), ref body);
    }

    private struct Packing : IParallelBody
    {
        // Panels of so many taps stay in the first-level cache until all their lanes are filled.
        private const int TapsPerBlock = 128;

        public float* Weight, Prepared;
        public nint Filters, Taps;

        public readonly void Run(int chunk)
        {
            nint panels = Panels(Filters), group = chunk / panels, filter = chunk % panels * Panel;
            float* from = Weight + (group * Filters + filter) * Taps, to = Prepared + chunk * DirectPass.PanelStride(Taps, Panel);
            for (nint tap = 0; tap < Taps; tap += TapsPerBlock)
                GemmPacking<float>.Pack(from + tap, Taps, 1, Math.Min(Panel, Filters - filter), Math.Min(TapsPerBlock, Taps - tap), Panel, to + tap * Panel, 0);
        }
    }

    /// <summary>The forward pass; <paramref name="prepared"/> weights may be null.</summary>
    public static void Forward(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output, float* prepared)
    {
        var direct = new DirectConvolution<L, V>
        {
            Border = new BorderedPlane(shape.Input, shape.Padding, shape.Padding),
            Source = input,
            Batch = (nint)shape.Batch,
            Groups = (nint)shape.Groups,
            Channels = (nint)shape.GroupInputChannels,
            Result = output,
            Bias = bias,
            Filters = (nint)shape.GroupOutputChannels,
            ResultPlane = (nint)shape.Output.Count,
        };
        nint rowStep = direct.Border.Width, planeStep = direct.Border.Width * direct.Border.Height;
        using var offsets = Scratch.Rent<nint>((nint)shape.FilterSize);
        var geometry = new ConvolutionGeometry(shape, (nint*)offsets.Pointer);
        var pass = new DirectPass
        {
            Depth = (nint)shape.Output.Depth,
            Height = (nint)shape.Output.Height,
            Width = (nint)shape.Output.Width,
            DepthStep = (nint)shape.Stride.Depth * planeStep,
            HeightStep = (nint)shape.Stride.Height * rowStep,
            WidthStep = (nint)shape.Stride.Width,
            ResultDepthStep = (nint)(shape.Output.Height * shape.Output.Width),
            ResultHeightStep = (nint)shape.Output.Width,
            ResultWidthStep = 1,
            Taps = geometry.Rows,
            Offsets = (nint*)offsets.Pointer,
        };
        using var packed = prepared == null ? Scratch.Rent<float>(PreparedCount(shape)) : default;
        pass.Weights = prepared;
        if (prepared == null)
            Prepare(shape, weight, pass.Weights = (float*)packed.Pointer);
        direct.Run([pass]);
    }

    /// <summary>The input gradient, phase by phase.</summary>
    public static void InputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        var depth = new DirectPhases(shape.Input.Depth, shape.Output.Depth, shape.Kernel.Depth, shape.Stride.Depth, shape.Padding.Depth, shape.Dilation.Depth);
        var height = new DirectPhases(shape.Input.Height, shape.Output.Height, shape.Kernel.Height, shape.Stride.Height, shape.Padding.Height, shape.Dilation.Height);
        var width = new DirectPhases(shape.Input.Width, shape.Output.Width, shape.Kernel.Width, shape.Stride.Width, shape.Padding.Width, shape.Dilation.Width);
        var direct = new DirectConvolution<L, V>
        {
            Border = new BorderedPlane(shape.Output, new(depth.Before, height.Before, width.Before), new(depth.After, height.After, width.After)),
            Source = gradOutput,
            Batch = (nint)shape.Batch,
            Groups = (nint)shape.Groups,
            Channels = (nint)shape.GroupOutputChannels,
            Result = gradInput,
            Filters = (nint)shape.GroupInputChannels,
            ResultPlane = (nint)shape.Input.Count,
        };
        nint terms = direct.Channels * (nint)shape.Kernel.Count;
        int phases = (int)shape.Stride.Count, panel = Panel;
        // Two phases of equal width fill whole rows together.
        bool interleaved = shape.Stride.Width == 2 && shape.Input.Width % 2 == 0 && shape.Input.Width > 2;
        var passes = new DirectPass[phases];
        using var offsetRoom = Scratch.Rent<nint>(terms);
        using var tapRoom = Scratch.Rent<int>((nint)shape.Kernel.Count);
        using var packedRoom = Scratch.Rent<float>(direct.Groups * direct.Panels * (terms * panel + phases * 16));
        nint* offsets = (nint*)offsetRoom.Pointer;
        int* taps = (int*)tapRoom.Pointer;
        float* packed = (float*)packedRoom.Pointer;
        int next = 0;
        for (long d = 0; d < shape.Stride.Depth; d++)
        for (long h = 0; h < shape.Stride.Height; h++)
        for (long w = 0; w < shape.Stride.Width; w++)
        {
            List<nint> tapOffsets = [];
            foreach (var (kernelDepth, shiftDepth) in depth.Taps[d])
            foreach (var (kernelHeight, shiftHeight) in height.Taps[h])
            foreach (var (kernelWidth, shiftWidth) in width.Taps[w])
            {
                *taps++ = (int)((kernelDepth * shape.Kernel.Height + kernelHeight) * shape.Kernel.Width + kernelWidth);
                tapOffsets.Add((nint)((depth.Before + shiftDepth) * direct.Border.Height + height.Before + shiftHeight) * direct.Border.Width + (nint)(width.Before + shiftWidth));
            }
            // No tap reaches this phase: it stays zero.
            if (tapOffsets.Count == 0 && !interleaved)
                continue;
            var pass = new DirectPass
            {
                Depth = depth.Positions(d),
                Height = height.Positions(h),
                Width = width.Positions(w),
                DepthStep = direct.Border.Height * direct.Border.Width,
                HeightStep = direct.Border.Width,
                WidthStep = 1,
                ResultDepthStep = (nint)(shape.Stride.Depth * shape.Input.Height * shape.Input.Width),
                ResultHeightStep = (nint)(shape.Stride.Height * shape.Input.Width),
                ResultWidthStep = (nint)shape.Stride.Width,
                ResultOrigin = (nint)((d * shape.Input.Height + h) * shape.Input.Width + w),
                Taps = direct.Channels * tapOffsets.Count,
                Offsets = offsets,
                Weights = packed,
            };
            for (nint channel = 0; channel < direct.Channels; channel++)
            {
                foreach (nint offset in tapOffsets)
                    *offsets++ = channel * direct.Border.Count + offset;
            }
            packed += direct.Groups * direct.Panels * DirectPass.PanelStride(pass.Taps, panel);
            passes[next++] = pass;
        }
        if (next < phases)
            BorderedPlane.Clear(gradInput, (nint)shape.InputCount);
        fixed (DirectPass* first = passes)
        {
            var packing = new TurnedPacking
            {
                Weight = weight, Passes = first, PassCount = next, Taps = (int*)tapRoom.Pointer, AllTaps = (nint)shape.Kernel.Count,
                Filters = direct.Channels, Lines = direct.Filters,
            };
            WorkerPool.Run((int)(direct.Groups * packing.ChunksPerGroup), ref packing);
        }
        direct.Run(passes.AsSpan(0, next), interleaved);
    }

    /// <summary>Packs the weights of all phases with input channels in the lanes, summed over filters.</summary>
    private struct TurnedPacking : IParallelBody
    {
        private const int FiltersPerChunk = 32;

        public float* Weight;
        public DirectPass* Passes;
        public int PassCount;
        /// <summary>The taps of the passes, one pass after the other.</summary>
        public int* Taps;
        public nint AllTaps, Filters, Lines;

        public readonly nint ChunksPerGroup => Panels(Lines) * ChunksPerPanel;
        private readonly nint ChunksPerPanel => GemmPlan.Ceiling(Filters, FiltersPerChunk);

        public readonly void Run(int chunk)
        {
            nint first = chunk % ChunksPerPanel * FiltersPerChunk, place = chunk / ChunksPerPanel, panels = Panels(Lines);
            nint group = place / panels, line = place % panels * Panel;
            using var room = Scratch.Rent<float>(AllTaps * Panel);
            for (nint filter = first, end = Math.Min(Filters, first + FiltersPerChunk); filter < end; filter++)
            {
                float* source = Weight + ((group * Filters + filter) * Lines + line) * AllTaps;
                GemmPacking<float>.Pack(source, AllTaps, 1, Math.Min(Panel, Lines - line), AllTaps, Panel, (float*)room.Pointer, 0);
                Spread((float*)room.Pointer, place, filter);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Spread(float* turned, nint place, nint filter)
        {
            int* tap = Taps;
            for (int i = 0; i < PassCount; i++)
            {
                int count = (int)(Passes[i].Taps / Filters);
                float* to = Passes[i].Weights + place * DirectPass.PanelStride(Passes[i].Taps, Panel) + filter * count * Panel;
                for (int* end = tap + count; tap < end; tap++, to += Panel)
                {
                    L.Store(L.Load(turned + *tap * Panel), to);
                    L.Store(L.Load(turned + *tap * Panel + L.Count), to + L.Count);
                }
            }
        }
    }
}

/// <summary>Along one dimension: which taps reach the inputs i = phase + stride·j, and from which outputs j + shift.</summary>
internal readonly struct DirectPhases
{
    public readonly List<(long Tap, long Shift)>[] Taps;
    /// <summary>How far the outputs are overrun at either end.</summary>
    public readonly long Before, After;
    private readonly long _input, _stride;

    public DirectPhases(long input, long output, long kernel, long stride, long padding, long dilation)
    {
        _input = input;
        _stride = stride;
        Taps = new List<(long, long)>[stride];
        for (long phase = 0; phase < stride; phase++)
        {
            Taps[phase] = [];
            for (long tap = 0; tap < kernel; tap++)
            {
                long distance = phase + padding - tap * dilation;
                if (distance % stride != 0)
                    continue;
                long shift = distance / stride;
                Taps[phase].Add((tap, shift));
                Before = Math.Max(Before, -shift);
                After = Math.Max(After, Positions(phase) - 1 + shift - (output - 1));
            }
        }
    }

    /// <summary>Inputs of a phase.</summary>
    public nint Positions(long phase) => (nint)Math.Max(0, (_input - phase + _stride - 1) / _stride);
}
