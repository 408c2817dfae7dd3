using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The planes that Winograd's algorithm reads, and their transform.</summary>
internal unsafe struct WinogradInputs<L, V>
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    // So many channels of a patch stay in the first-level cache between being copied and being transformed.
    private const int Block = 64;

    public float* Source;
    public nint Groups, Channels, Height, Width;
    /// <summary>Where the first patch begins: minus the padding.</summary>
    public nint Top, Left;

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
        nint lanes = Lanes(Channels), patchColumns = 4 * grid.TilesPerUnit + 2, tiles = 0;
        using var room = Scratch.Rent<float>((4 * Math.Min(units, grid.TilesHigh) + 2) * patchColumns * Math.Min(lanes, Block));
        float* patch = (float*)room.Pointer;
        for (nint unit = firstUnit; unit < firstUnit + units;)
        {
            grid.Locate(unit, out nint image, out nint row, out nint column, out nint unitTiles);
            // Tile rows of one image that follow each other share two rows of input.
            nint run = grid.UnitsPerRow > 1 ? 1 : Math.Min(firstUnit + units - unit, grid.TilesHigh - row / 4);
            float* source = Source + (image * Groups + group) * Channels * Height * Width;
            for (nint first = 0; first < lanes; first += Block)
            {
                nint blockLanes = Math.Min(Block, lanes - first);
                ChannelsLast<L, V>.Copy(source + first * Height * Width, Height, Width, Math.Min(blockLanes, Channels - first),
                    row + Top, column + Left, 4 * run + 2, patchColumns, patch, blockLanes);
                for (nint lane = 0; lane < blockLanes; lane += L.Count)
                {
                    float* from = patch + lane, to = transformed + (first + lane) * mostTiles + (firstTile + tiles) * L.Count;
                    for (nint i = 0; i < run; i++, from += 4 * patchColumns * blockLanes, to += unitTiles * L.Count)
                        WinogradTransforms<L, V>.Input(from, patchColumns * blockLanes, blockLanes, 4 * blockLanes, to, point, L.Count, unitTiles);
                }
            }
            tiles += run * unitTiles;
            unit += run;
        }
        return tiles;
    }
}
