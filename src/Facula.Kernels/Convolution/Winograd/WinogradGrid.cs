using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The tiles of one side of a convolution: which part of which image a stretch of a tile row reads or writes.</summary>
/// <remarks>A unit is a tile row of one image, or a stretch of it where rows are long; units count through all images.</remarks>
internal readonly unsafe struct WinogradGrid
{
    private const int LongestUnit = 32;

    public readonly nint Batch, TilesHigh, TilesWide, UnitsPerRow, TilesPerUnit;

    public WinogradGrid(nint batch, nint outputHeight, nint outputWidth)
    {
        Batch = batch;
        TilesHigh = GemmPlan.Ceiling(outputHeight, 4);
        TilesWide = GemmPlan.Ceiling(outputWidth, 4);
        UnitsPerRow = GemmPlan.Ceiling(TilesWide, LongestUnit);
        TilesPerUnit = GemmPlan.Ceiling(TilesWide, UnitsPerRow);
    }

    public nint Units => Batch * TilesHigh * UnitsPerRow;

    /// <summary>Where a unit lies: image, first row and column of outputs, tiles.</summary>
    public void Locate(nint unit, out nint image, out nint row, out nint column, out nint tiles)
    {
        nint part = unit % UnitsPerRow, rest = unit / UnitsPerRow;
        image = rest / TilesHigh;
        row = rest % TilesHigh * 4;
        column = part * TilesPerUnit * 4;
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
        for (nint y = 0; y < rows; y++, destination += columns * laneCount)
        {
            nint row = top + y;
            if (row < 0 || row >= height)
            {
                ConvolutionGeometry.Clear(destination, columns * laneCount);
                continue;
            }
            ConvolutionGeometry.Clear(destination, first * laneCount);
            ConvolutionGeometry.Clear(destination + end * laneCount, (columns - end) * laneCount);
            float* from = source + row * width + left;
            for (nint channel = 0; channel < laneCount; channel += L.Count, from += L.Count * plane)
            {
                nint x = first;
                float* to = destination + channel;
                if (channel + L.Count <= channels)
                {
                    for (; x + 4 <= end; x += 4)
                        ChannelLanes<V>.LoadFour(from + x, plane, to + x * laneCount, laneCount);
                }
                int present = (int)Math.Clamp(channels - channel, 0, L.Count);
                for (; x < end; x++)
                {
                    float* lane = to + x * laneCount;
                    for (int i = 0; i < present; i++)
                        lane[i] = from[x + i * plane];
                    for (int i = present; i < L.Count; i++)
                        lane[i] = 0;
                }
            }
        }
    }
}
