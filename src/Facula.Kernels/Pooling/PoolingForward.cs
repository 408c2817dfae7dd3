using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>What a pooling makes of its windows. Offsets name the elements of a window, or its rows, from the first one on.</summary>
internal unsafe interface IPoolingRow<T> where T : unmanaged
{
    /// <summary>Whether rows of windows can be drawn together first, and these then across.</summary>
    bool HasLines { get; }

    /// <summary>Windows of this depth and height follow, whose whole ones are of this width.</summary>
    void Begin(PoolingWindow depth, PoolingWindow height, PoolingWindow width);

    /// <summary>Stores the results of rows of windows whose first elements lie 1 or 2 apart in a row.</summary>
    void Rows(in PoolingRows<T> rows);

    /// <summary>The result of one column of several rows for each of a vector of columns.</summary>
    void Down(T* source, nint* taps, int count, T* line);

    /// <summary>Stores as output <paramref name="at"/> the result of a window from those of its columns.</summary>
    void Across(T* line, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at);

    /// <summary>Stores the result of one window as output <paramref name="at"/>.</summary>
    void One(PoolingWindows windows, T* plane, PoolingWindow depth, PoolingWindow height, PoolingWindow width, nint at);
}

/// <summary>Rows of windows that are alike: the first window's first element, steps, offsets within a window, and where the results go.</summary>
internal unsafe struct PoolingRows<T> where T : unmanaged
{
    public T* Plane;
    public nint From, RowStep, Count, At, OutputStep, Writable;
    public nint* Taps;
    public int TapCount, Stride, Columns;
}

/// <summary>What becomes of a vector of windows.</summary>
internal unsafe interface IPoolingVector<T> where T : unmanaged
{
    Vector512<T> Of(T* source, nint* taps, int count);
}

/// <summary>
/// The loop of all poolings over windows. Along a row whole windows that lie one or two apart go by vectors, those cut by the border one by one;
/// of all other rows of windows the columns are drawn together by vectors first.
/// </summary>
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
        bool lines = Row.HasLines && !Windows.UsesVectors;
        using Scratch room = lines ? Scratch.Rent<T>(Windows.InputWidth + PoolingLanes<T>.Count) : default;
        for (nint plane = first; plane < end; plane++)
        {
            T* input = Input + plane * Windows.InputPlane;
            nint output = plane * Windows.OutputPlane, readable = (Windows.Planes - plane) * Windows.InputPlane;
            if (lines) RunLines(Windows, Row, input, output, readable, offsets, (T*)room.Pointer);
            else RunPlane(Windows, Row, input, output, readable, end * Windows.OutputPlane, offsets);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPlane(PoolingWindows windows, TRow row, T* plane, nint at, nint readable, nint writable, nint* offsets)
    {
        PoolingWindow[] widths = windows.Width, heights = windows.Height;
        int lanes = PoolingLanes<T>.Count, wholeFirst = windows.WholeFirst, columns = windows.UsesVectors ? windows.WholeEnd - wholeFirst : 0;
        // How far the vectors of a row reach from its first window on.
        nint span = columns < lanes ? 0 : (columns - lanes) * windows.Stride;
        foreach (PoolingWindow depth in windows.Depth)
        {
            foreach ((int first, int end, nint step) in windows.HeightRuns)
            {
                int taps = columns > 0 ? windows.FillTaps(depth, heights[first], widths[wholeFirst], offsets) : 0;
                nint safe = 0;
                if (taps > 0)
                {
                    row.Begin(depth, heights[first], widths[wholeFirst]);
                    nint from = windows.Place(depth, heights[first]) + widths[wholeFirst].Start, reach = from + span + offsets[taps - 1] + windows.Stride * lanes;
                    // Rows at the memory's end, of which vectors would read too much, go one by one.
                    safe = reach > readable ? 0 : Math.Min(end - first, (readable - reach) / Math.Max(1, step) + 1);
                    row.Rows(new()
                    {
                        Plane = plane, From = from, RowStep = step, Count = safe, At = at + wholeFirst, OutputStep = widths.Length, Writable = writable,
                        Taps = offsets, TapCount = taps, Stride = windows.Stride, Columns = columns,
                    });
                }
                for (int i = first; i < end; i++, at += widths.Length)
                {
                    for (int column = 0; column < widths.Length; column++)
                    {
                        if (column == wholeFirst && i - first < safe) column += columns;
                        if (column < widths.Length) row.One(windows, plane, depth, heights[i], widths[column], at + column);
                    }
                }
            }
        }
    }

    /// <summary>Stores what becomes of rows of windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Store<TVector>(TVector vector, in PoolingRows<T> rows, T* output) where TVector : struct, IPoolingVector<T>
    {
        T* source = rows.Plane + rows.From, end = output + rows.Writable;
        nint* taps = rows.Taps;
        nint rowStep = rows.RowStep, outputStep = rows.OutputStep;
        int count = rows.TapCount, stride = rows.Stride, columns = rows.Columns, lanes = PoolingLanes<T>.Count;
        output += rows.At;
        for (nint left = rows.Count; left > 0; left--, source += rowStep, output += outputStep)
        {
            if (columns < lanes)
            {
                // What a short row stores beyond its end, the next ones overwrite.
                PoolingLanes<T>.Store(vector.Of(source, taps, count), output, output + lanes <= end ? lanes : columns);
                continue;
            }
            for (nint column = 0; column <= columns - lanes; column += lanes) vector.Of(source + column * stride, taps, count).Store(output + column);
            // The last vector overlaps the one before: the outputs in between are only computed again.
            if (columns % lanes != 0) vector.Of(source + (columns - lanes) * (nint)stride, taps, count).Store(output + columns - lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLines(PoolingWindows windows, TRow row, T* plane, nint at, nint readable, nint* offsets, T* line)
    {
        PoolingWindow[] widths = windows.Width;
        var single = new PoolingWindow(0, 1, 1, 1);
        int taps = -1, lanes = PoolingLanes<T>.Count;
        nint count = windows.InputWidth;
        PoolingWindow lastDepth = default, lastHeight = default;
        foreach (PoolingWindow depth in windows.Depth)
        {
            foreach (PoolingWindow height in windows.Height)
            {
                if (taps < 0 || !depth.IsLike(lastDepth) || !height.IsLike(lastHeight))
                {
                    taps = windows.FillTaps(depth, height, single, offsets);
                    (lastDepth, lastHeight) = (depth, height);
                }
                nint start = windows.Place(depth, height);
                // Vectors may read beyond a row's end, not beyond the memory's.
                bool fits = taps > 0 && start + offsets[taps - 1] + (count + lanes - 1) / lanes * lanes <= readable;
                for (nint i = 0; fits && i < count; i += lanes) row.Down(plane + start + i, offsets, taps, line + i);
                for (int column = 0; column < widths.Length; column++, at++)
                {
                    if (fits) row.Across(line, depth, height, widths[column], at);
                    else row.One(windows, plane, depth, height, widths[column], at);
                }
            }
        }
    }
}
