using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Windows along the height from first to end, and from a row of the input where one begins to that of the next, in elements.</summary>
internal readonly record struct HeightRun(int First, int End, nint Step);

/// <summary>The windows of all three dimensions, and the stretch of a row where they are whole and evenly spaced.</summary>
internal sealed unsafe class PoolingWindows
{
    public readonly PoolingWindow[] Depth, Height, Width;
    public readonly nint InputWidth, InputHeight, InputPlane, OutputWidth, OutputPlane, Planes;

    /// <summary>From one of the whole windows of a row to the next, and which windows these are.</summary>
    public readonly int Stride, WholeFirst, WholeEnd;

    /// <summary>The windows along the height in runs that are alike and at one distance.</summary>
    public readonly HeightRun[] HeightRuns;

    /// <summary>Whether no element lies in windows of two rows of outputs, and whether each row of the input lies in one.</summary>
    public readonly bool SharesNoRows, CoversRows;

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
        var (depthApart, depthCovering) = Share(Depth, (nint)shape.Input.Depth);
        var (heightApart, heightCovering) = Share(Height, InputHeight);
        (SharesNoRows, CoversRows) = (depthApart && heightApart, depthCovering && heightCovering);
        (WholeFirst, WholeEnd, Stride) = Stretch(Width);
        HeightRuns = Runs();
    }

    // The longest windows, as many in a row as are alike and at one distance.
    private static (int First, int End, int Step) Stretch(PoolingWindow[] windows)
    {
        int most = 0, first = 0;
        foreach (PoolingWindow window in windows) most = Math.Max(most, window.Count);
        while (first < windows.Length && windows[first].Count < most) first++;
        if (most == 0) return default;
        int end = first + 1, step = end < windows.Length ? windows[end].Start - windows[first].Start : 1;
        while (end < windows.Length && windows[end].IsLike(windows[first]) && windows[end].Start - windows[end - 1].Start == step) end++;
        return (first, end, step);
    }

    /// <summary>The most elements of a window that vectors are used for.</summary>
    public const int MostTaps = 256;

    /// <summary>Lists where the elements of a window of these extents lie from its first on; answers how many, or none if they are too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int FillTaps(PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint* offsets)
    {
        long taps = (long)depth.Count * height.Count * width.Count;
        if (taps > MostTaps)
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
        return (int)taps;
    }

    /// <summary>Where a row of windows begins in the plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Place(PoolingWindow depth, PoolingWindow height) => (depth.Start * InputHeight + height.Start) * InputWidth;

    private HeightRun[] Runs()
    {
        var runs = new List<HeightRun>();
        for (int first = 0, end; first < Height.Length; first = end)
        {
            end = first + 1;
            int step = end < Height.Length ? Height[end].Start - Height[first].Start : 0;
            while (end < Height.Length && Height[end].IsLike(Height[first]) && Height[end].Start - Height[end - 1].Start == step) end++;
            runs.Add(new(first, end, step * InputWidth));
        }
        return [.. runs];
    }

    /// <summary>Whether the whole windows of a row lie one or two apart, and are enough for vectors to pay.</summary>
    public bool UsesVectors => Stride is 1 or 2 && WholeEnd - WholeFirst >= 4;

    // Whether no element along one dimension lies in two windows, and whether each lies in one.
    private static (bool Apart, bool Covering) Share(PoolingWindow[] windows, nint size)
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

    /// <summary>Whether the windows are pairs of columns side by side, in rows that they do not share.</summary>
    public bool ArePairs => SharesNoRows && Stride == 2 && WholeFirst == 0 && WholeEnd == Width.Length && Width[0] is { Start: 0, Count: 2, Step: 1 };

    /// <summary>Planes per chunk, from the shape only.</summary>
    public nint PlanesPerChunk => Math.Max(1, 16384 / Math.Max(1, InputPlane));

    public int Chunks => (int)((Planes + PlanesPerChunk - 1) / PlanesPerChunk);
}
