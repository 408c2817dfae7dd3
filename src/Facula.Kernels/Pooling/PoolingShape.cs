using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>All sizes of a pooling over contiguous planes; batch and channels together count as planes.</summary>
public readonly record struct PoolingShape
{
    /// <summary>Planes: batch × channels.</summary>
    public long Planes { get; private init; }
    /// <summary>Spatial sizes of the input.</summary>
    public Extent3 Input { get; private init; }
    /// <summary>Spatial sizes of the output.</summary>
    public Extent3 Output { get; private init; }
    /// <summary>Spatial sizes of a window; not used when adaptive.</summary>
    public Extent3 Kernel { get; private init; }
    /// <summary>Steps between windows; not used when adaptive.</summary>
    public Extent3 Stride { get; private init; }
    /// <summary>Border on either side of the input; not used when adaptive.</summary>
    public Extent3 Padding { get; private init; }
    /// <summary>Steps between the elements of a window; not used when adaptive.</summary>
    public Extent3 Dilation { get; private init; }
    /// <summary>Whether the windows follow from the output sizes.</summary>
    public bool IsAdaptive { get; private init; }

    /// <summary>Makes the shape of a pooling with a fixed window; spans hold one number per spatial dimension.</summary>
    public static PoolingShape Create(
        long planes, ReadOnlySpan<long> input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, bool ceilMode)
    {
        var shape = new PoolingShape
        {
            Planes = planes,
            Input = Extent3.Create(input, 1),
            Kernel = Extent3.Create(kernel, 1),
            Stride = Extent3.Create(stride, 1),
            Padding = Extent3.Create(padding, 0),
            Dilation = Extent3.Create(dilation, 1),
        };
        return shape with
        {
            Output = new(
                OutputSize(shape.Input.Depth, shape.Kernel.Depth, shape.Stride.Depth, shape.Padding.Depth, shape.Dilation.Depth, ceilMode),
                OutputSize(shape.Input.Height, shape.Kernel.Height, shape.Stride.Height, shape.Padding.Height, shape.Dilation.Height, ceilMode),
                OutputSize(shape.Input.Width, shape.Kernel.Width, shape.Stride.Width, shape.Padding.Width, shape.Dilation.Width, ceilMode)),
        };
    }

    /// <summary>Makes the shape of an adaptive pooling, whose windows spread evenly over the input.</summary>
    public static PoolingShape CreateAdaptive(long planes, ReadOnlySpan<long> input, ReadOnlySpan<long> output) => new()
    {
        Planes = planes,
        Input = Extent3.Create(input, 1),
        Output = Extent3.Create(output, 1),
        IsAdaptive = true,
    };

    /// <summary>Windows along one dimension; in ceil mode a last one may overhang, but must begin inside the input or its left border.</summary>
    public static long OutputSize(long input, long kernel, long stride, long padding, long dilation, bool ceilMode)
    {
        if (stride < 1 || dilation < 1 || kernel < 1)
            throw new ArgumentException($"kernel {kernel}, stride {stride} and dilation {dilation} must be positive");
        long room = input + 2 * padding - dilation * (kernel - 1) - 1 + (ceilMode ? stride - 1 : 0);
        if (room < 0)
            return 0;
        long size = room / stride + 1;
        return ceilMode && (size - 1) * stride >= input + padding ? size - 1 : size;
    }
}

/// <summary>One window along one dimension, cut to the input.</summary>
/// <param name="Start">The first element inside the input.</param>
/// <param name="Count">How many elements lie inside.</param>
/// <param name="Step">From one element to the next.</param>
/// <param name="Extent">How many elements lie inside the input or its border: what an average that counts padding divides by.</param>
internal readonly record struct PoolingWindow(int Start, int Count, int Step, int Extent)
{
    public static PoolingWindow[] Create(long input, long output, long kernel, long stride, long padding, long dilation, bool adaptive)
    {
        var windows = new PoolingWindow[output];
        for (long i = 0; i < output; i++)
        {
            if (adaptive)
            {
                long first = i * input / output, end = ((i + 1) * input + output - 1) / output;
                windows[i] = new((int)first, (int)(end - first), 1, (int)(end - first));
                continue;
            }
            long start = i * stride - padding;
            long skipped = start < 0 ? (-start + dilation - 1) / dilation : 0;
            long inside = Math.Max(0, (input - start + dilation - 1) / dilation);
            long count = Math.Max(0, Math.Min(kernel, inside) - skipped);
            windows[i] = new((int)(start + skipped * dilation), (int)count, (int)dilation, (int)Math.Min(kernel, input + padding - start));
        }
        return windows;
    }
}

/// <summary>The windows of all three dimensions, and the stretch of a row where they are whole and evenly spaced.</summary>
internal sealed unsafe class PoolingWindows
{
    public readonly PoolingWindow[] Depth, Height, Width;
    public readonly nint InputWidth, InputHeight, InputPlane, OutputWidth, OutputPlane, Planes;
    /// <summary>Stride along the width if vectors can be used (1 or 2), else 0; and the outputs whose windows are whole.</summary>
    public readonly int VectorStride, WholeFirst, WholeEnd;

    public PoolingWindows(in PoolingShape shape)
    {
        Depth = PoolingWindow.Create(shape.Input.Depth, shape.Output.Depth, shape.Kernel.Depth, shape.Stride.Depth, shape.Padding.Depth, shape.Dilation.Depth, shape.IsAdaptive);
        Height = PoolingWindow.Create(shape.Input.Height, shape.Output.Height, shape.Kernel.Height, shape.Stride.Height, shape.Padding.Height, shape.Dilation.Height, shape.IsAdaptive);
        Width = PoolingWindow.Create(shape.Input.Width, shape.Output.Width, shape.Kernel.Width, shape.Stride.Width, shape.Padding.Width, shape.Dilation.Width, shape.IsAdaptive);
        InputWidth = (nint)shape.Input.Width;
        InputHeight = (nint)shape.Input.Height;
        InputPlane = (nint)shape.Input.Count;
        OutputWidth = (nint)shape.Output.Width;
        OutputPlane = (nint)shape.Output.Count;
        Planes = (nint)shape.Planes;
        if (shape.IsAdaptive || shape.Stride.Width > 2)
            return;
        VectorStride = (int)shape.Stride.Width;
        while (WholeFirst < Width.Length && (Width[WholeFirst].Count < shape.Kernel.Width || Width[WholeFirst].Start < 0))
            WholeFirst++;
        WholeEnd = WholeFirst;
        while (WholeEnd < Width.Length && Width[WholeEnd].Count == shape.Kernel.Width)
            WholeEnd++;
    }

    /// <summary>The most elements of a window that vectors are used for.</summary>
    public const int MostTaps = 256;

    /// <summary>
    /// Lists where the elements of the whole windows of a row of outputs lie from their first; answers how many, and how far a vector of windows reads
    /// from there. None if vectors cannot be used.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int FillTaps(PoolingWindow depth, PoolingWindow height, nint* offsets, int lanes, out nint reach)
    {
        reach = 0;
        if (VectorStride == 0 || WholeFirst == WholeEnd)
            return 0;
        var width = Width[WholeFirst];
        int taps = depth.Count * height.Count * width.Count;
        if (taps == 0 || taps > MostTaps)
            return 0;
        nint* next = offsets;
        for (nint d = 0; d < depth.Count; d++)
        {
            for (nint h = 0; h < height.Count; h++)
            {
                nint offset = (d * depth.Step * InputHeight + h * height.Step) * InputWidth;
                for (int w = 0; w < width.Count; w++, offset += width.Step)
                    *next++ = offset;
            }
        }
        reach = offsets[taps - 1] + VectorStride * lanes;
        return taps;
    }

    /// <summary>Where the first window of a row of outputs begins in the plane, along depth and height.</summary>
    public nint RowStart(PoolingWindow depth, PoolingWindow height) => (depth.Start * InputHeight + height.Start) * InputWidth;

    /// <summary>Whether no element along one dimension lies in two windows, and whether each lies in one.</summary>
    public static (bool Apart, bool Covering) Share(PoolingWindow[] windows, nint size)
    {
        bool apart = true;
        nint covered = 0;
        for (int i = 0; i < windows.Length; i++)
        {
            covered += windows[i].Count;
            apart &= windows[i].Step == 1 && (i == 0 || windows[i].Start >= windows[i - 1].Start + windows[i - 1].Count);
        }
        return (apart, apart && covered == size);
    }

    /// <summary>Whether all windows along the width hold equally many elements, cut nowhere, at equal distances.</summary>
    public bool IsEvenAlongWidth(out int step)
    {
        step = Width.Length > 1 ? Width[1].Start - Width[0].Start : 1;
        for (int i = 0; i < Width.Length; i++)
        {
            if (Width[i].Count != Width[0].Count || Width[i].Extent != Width[0].Extent || Width[i].Start != Width[0].Start + i * step)
                return false;
        }
        return Width.Length > 0 && Width[0].Count > 0;
    }

    /// <summary>Planes per chunk, from the shape only.</summary>
    public nint PlanesPerChunk => Math.Max(1, 16384 / Math.Max(1, InputPlane));

    public int Chunks => (int)((Planes + PlanesPerChunk - 1) / PlanesPerChunk);
}
