using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The tiles of one side of a convolution: which part of which image a stretch of a tile row reads or writes.</summary>
/// <remarks>A unit is a tile row of one image, or a stretch of it where rows are long; units count through all images.</remarks>
internal readonly unsafe struct WinogradGrid
{
    private const int LongestUnit = 32;

    // What a tile reads, in both directions, for any filter.
    private const int Patch = 6;

    public readonly nint Batch, TilesHigh, TilesWide, UnitsPerRow, TilesPerUnit;
    /// <summary>Outputs of a tile and taps of a filter, in both directions: 4 and 3, or 2 and 5.</summary>
    public readonly int Side, Taps;

    public WinogradGrid(nint batch, nint outputHeight, nint outputWidth, int taps)
    {
        Batch = batch;
        Taps = taps;
        Side = SideOf(taps);
        TilesHigh = GemmPlan.Ceiling(outputHeight, Side);
        TilesWide = GemmPlan.Ceiling(outputWidth, Side);
        UnitsPerRow = GemmPlan.Ceiling(TilesWide, LongestUnit);
        TilesPerUnit = GemmPlan.Ceiling(TilesWide, UnitsPerRow);
    }

    /// <summary>Outputs of a tile in either direction, for filters of so many taps.</summary>
    public static int SideOf(int taps) => Patch + 1 - taps;

    public nint Units => Batch * TilesHigh * UnitsPerRow;

    /// <summary>Tiles of the units from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public nint TilesBetween(nint first, nint end) =>
        // Only the last unit of a row is shorter than the others.
        (end / UnitsPerRow - first / UnitsPerRow) * TilesWide + (end % UnitsPerRow - first % UnitsPerRow) * TilesPerUnit;

    /// <summary>Where a unit lies: image, first row and column of outputs, tiles.</summary>
    public void Locate(nint unit, out nint image, out nint row, out nint column, out nint tiles)
    {
        nint part = unit % UnitsPerRow, rest = unit / UnitsPerRow;
        image = rest / TilesHigh;
        row = rest % TilesHigh * Side;
        column = part * TilesPerUnit * Side;
        tiles = Math.Min(TilesPerUnit, TilesWide - part * TilesPerUnit);
    }
}

/// <summary>Copies a rectangle of planes into vectors of channels, with zeros outside the image and beyond the last channel.</summary>
internal static unsafe class ChannelsLast<L, V>
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    /// <summary>Reads rows and columns from (top, left), which may lie outside; position (y, x) of the result is (y·columns + x)·laneCount further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(
        float* source, nint height, nint width, nint channels, nint top, nint left, nint rows, nint columns, float* destination, nint laneCount)
    {
        nint plane = height * width;
        nint first = Math.Clamp(-left, 0, columns), end = Math.Clamp(width - left, first, columns);
        // Vector of channels by vector of channels: within one the planes are read row after row, which the processor foresees.
        for (nint channel = 0; channel < laneCount; channel += L.Count)
        {
            int present = (int)Math.Clamp(channels - channel, 0, L.Count);
            float* to = destination + channel;
            for (nint y = 0; y < rows; y++, to += columns * laneCount)
            {
                nint row = top + y;
                if (row < 0 || row >= height)
                {
                    Zero(to, 0, columns, laneCount);
                    continue;
                }
                Zero(to, 0, first, laneCount);
                Zero(to, end, columns, laneCount);
                CopyRow(source + channel * plane + row * width + left, plane, first, end, present, to, laneCount);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(float* from, nint plane, nint first, nint end, int present, float* to, nint laneCount)
    {
        if (present == L.Count && end - first >= 4)
        {
            for (nint x = first; x < end; x += 4)
            {
                // The last four overlap those before.
                x = Math.Min(x, end - 4);
                ChannelLanes<V>.LoadFour(from + x, plane, to + x * laneCount, laneCount);
            }
            return;
        }
        for (nint x = first; x < end; x++)
        {
            float* lane = to + x * laneCount;
            for (int i = 0; i < present; i++)
                lane[i] = from[x + i * plane];
            for (int i = present; i < L.Count; i++)
                lane[i] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zero(float* destination, nint first, nint end, nint laneCount)
    {
        V zero = default;
        for (nint x = first; x < end; x++)
            L.Store(zero, destination + x * laneCount);
    }
}
