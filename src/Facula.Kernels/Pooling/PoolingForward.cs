using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>What a pooling makes of its windows.</summary>
internal unsafe interface IPoolingRow<T> where T : unmanaged
{
    /// <summary>Windows of this depth and height follow, whose whole ones are of this width.</summary>
    void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width);

    /// <summary>
    /// Stores some results from output <paramref name="at"/> on: of windows whose first elements lie <paramref name="stride"/> (1 or 2) apart from
    /// <paramref name="from"/> on, the others at the offsets <paramref name="taps"/> from there.
    /// </summary>
    void Vector(T* plane, nint from, ReadOnlySpan<nint> taps, int stride, nint at, int some);

    /// <summary>Stores the result of one window as output <paramref name="at"/>.</summary>
    void One(PoolingWindows windows, T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at);
}

/// <summary>The loop of all poolings over windows: along a row whole windows by vectors, those cut by the border one by one.</summary>
internal unsafe struct PoolingForward<TRow, T> : IParallelBody
    where TRow : struct, IPoolingRow<T>
    where T : unmanaged
{
    public PoolingWindows Windows;
    public TRow Row;
    public T* Input;

    public void Run() => WorkerPool.Run(Windows.Chunks, ref this);

    [SkipLocalsInit]
    public readonly void Run(int chunk)
    {
        nint first = chunk * Windows.PlanesPerChunk, end = Math.Min(Windows.Planes, first + Windows.PlanesPerChunk);
        nint* offsets = stackalloc nint[PoolingWindows.MostTaps];
        for (nint plane = first; plane < end; plane++)
            RunPlane(Windows, Row, Input + plane * Windows.InputPlane, plane * Windows.OutputPlane, (Windows.Planes - plane) * Windows.InputPlane, end * Windows.OutputPlane, offsets);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPlane(PoolingWindows windows, TRow row, T* plane, nint at, nint readable, nint writable, nint* offsets)
    {
        PoolingWindow[] widths = windows.Width;
        int taps = -1, lanes = PoolingLanes<T>.Count, wholeFirst = windows.WholeFirst, wholeEnd = windows.WholeEnd, stride = windows.VectorStride;
        nint reach = 0;
        PoolingWindow lastDepth = default, lastHeight = default;
        foreach (PoolingWindow depth in windows.Depth)
        {
            foreach (PoolingWindow height in windows.Height)
            {
                if (taps < 0 || !depth.IsLike(lastDepth) || !height.IsLike(lastHeight))
                {
                    taps = windows.FillTaps(depth, height, offsets, lanes, out reach);
                    row.Begin(depth, height, taps == 0 ? default : widths[wholeFirst]);
                    (lastDepth, lastHeight) = (depth, height);
                }
                int column = 0;
                if (taps > 0)
                {
                    while (column < wholeFirst)
                        row.One(windows, plane, depth, height, widths[column], at + column++);
                    nint start = (depth.Start * windows.InputHeight + height.Start) * windows.InputWidth;
                    while (column < wholeEnd)
                    {
                        // The last vector overlaps the one before: the outputs in between are only computed again.
                        if (column + lanes > wholeEnd && wholeEnd - wholeFirst >= lanes)
                            column = wholeEnd - lanes;
                        nint from = start + widths[column].Start;
                        if (from + reach > readable)
                            break;
                        // What a short row stores beyond its end, the next ones overwrite.
                        int some = at + column + lanes <= writable ? lanes : wholeEnd - column;
                        if (stride == 1)
                            row.Vector(plane, from, new(offsets, taps), 1, at + column, some);
                        else
                            row.Vector(plane, from, new(offsets, taps), 2, at + column, some);
                        column = Math.Min(wholeEnd, column + lanes);
                    }
                }
                while (column < widths.Length)
                    row.One(windows, plane, depth, height, widths[column], at + column++);
                at += widths.Length;
            }
        }
    }
}
