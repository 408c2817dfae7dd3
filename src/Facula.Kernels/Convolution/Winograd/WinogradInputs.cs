using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The planes that Winograd's algorithm reads, and their transform.</summary>
internal unsafe struct WinogradInputs<L, V>
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    public float* Source;
    public nint Groups, Channels, Height, Width;
    /// <summary>Where the first patch begins: minus the padding.</summary>
    public nint Top, Left;

    /// <summary>The input of a convolution.</summary>
    public static WinogradInputs<L, V> Of(in ConvolutionShape shape, float* input) => new()
    {
        Source = input,
        Groups = (nint)shape.Groups,
        Channels = (nint)shape.GroupInputChannels,
        Height = (nint)shape.Input.Height,
        Width = (nint)shape.Input.Width,
        Top = -(nint)shape.Padding.Height,
        Left = -(nint)shape.Padding.Width,
    };

    public static nint Lanes(nint channels) => GemmPlan.Ceiling(channels, L.Count) * L.Count;

    /// <summary>An odd number of cache lines, so that the 36 points do not share cache sets.</summary>
    public static nint Uneven(nint count) => (GemmPlan.Ceiling(count, 16) | 1) * 16;

    /// <summary>
    /// Transforms some tile rows and says how many tiles they are. Within a point the vectors of channels follow one another, each of
    /// <paramref name="mostTiles"/> tiles, so that a product reads through memory in order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly nint Transform(in WinogradGrid grid, nint group, nint firstUnit, nint units, float* transformed, nint point, nint mostTiles, nint firstTile)
    {
        nint lanes = Lanes(Channels), side = grid.Side, overlap = grid.Taps - 1, patchColumns = side * grid.TilesPerUnit + overlap, tiles = 0;
        using var room = Scratch.Rent<float>((side * Math.Min(units, grid.TilesHigh) + overlap) * patchColumns * L.Count);
        float* patch = (float*)room.Pointer;
        for (nint unit = firstUnit; unit < firstUnit + units;)
        {
            grid.Locate(unit, out nint image, out nint row, out nint column, out nint unitTiles);
            // Tile rows of one image that follow each other share the rows of input between them.
            nint run = grid.UnitsPerRow > 1 ? 1 : Math.Min(firstUnit + units - unit, grid.TilesHigh - row / side);
            float* source = Source + (image * Groups + group) * Channels * Height * Width;
            // One vector of channels at a time: the patch is then still in the first-level cache, or nearly, when it is transformed.
            for (nint lane = 0; lane < lanes; lane += L.Count)
            {
                ChannelsLast<L, V>.Copy(source + lane * Height * Width, Height, Width, Math.Min(L.Count, Channels - lane),
                    row + Top, column + Left, side * run + overlap, patchColumns, patch, L.Count);
                float* from = patch, to = transformed + lane * mostTiles + (firstTile + tiles) * L.Count;
                for (nint i = 0; i < run; i++, from += side * patchColumns * L.Count, to += unitTiles * L.Count)
                    WinogradTransforms<L, V>.Input(from, patchColumns * L.Count, L.Count, side * L.Count, to, point, L.Count, unitTiles);
            }
            tiles += run * unitTiles;
            unit += run;
        }
        return tiles;
    }
}
