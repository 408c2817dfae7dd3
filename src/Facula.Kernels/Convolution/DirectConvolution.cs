using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Direct convolution with filters in the lanes: twelve positions of any rows and images against two vectors of filters.</summary>
/// <remarks>Nothing is gathered: a tile broadcasts the inputs of its positions from the bordered images. Any stride costs the same.</remarks>
[SkipLocalsInit]
internal unsafe struct DirectConvolution<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private const int PairsPerChunk = 192;
    // Their weights, 16 KB, stay in the first-level cache while all tiles pass; and sums of sums round less than one long chain.
    private const int TapsPerBlock = 128;
    private const long BorderedBytes = 32 << 20;
    private const int MostImages = 32;

    /// <summary>The images: channels of all groups, with or without a border.</summary>
    public BorderedPlane Border;
    public float* Source;
    public nint Batch, Groups, Channels;
    /// <summary>The results: filters of one group, elements of a plane.</summary>
    public float* Result, Bias;
    public nint Filters, ResultPlane;

    private DirectPass _pass;
    private float* _bordered;
    private nint _firstImage, _images, _pairs, _pairChunks, _panelsPerChunk, _panelChunks;
    private bool _padding;

    public static int Panel => 2 * L.Count;
    public readonly nint Panels => GemmPlan.Ceiling(Filters, Panel);

    /// <summary>Does some passes over all images.</summary>
    public void Run(ReadOnlySpan<DirectPass> passes)
    {
        nint imageSize = Groups * Channels * Border.Count;
        nint wave = Border.HasBorder ? (nint)Math.Clamp(BorderedBytes / (imageSize * sizeof(float)), 1, Math.Min(MostImages, Batch)) : Batch;
        using var room = Border.HasBorder ? Scratch.Rent<float>(wave * imageSize) : default;
        for (_firstImage = 0; _firstImage < Batch; _firstImage += wave)
        {
            _images = Math.Min(wave, Batch - _firstImage);
            _bordered = Source + _firstImage * imageSize;
            if (Border.HasBorder)
            {
                _bordered = (float*)room.Pointer;
                _padding = true;
                WorkerPool.Run((int)(_images * Groups * Channels), ref this);
                _padding = false;
            }
            foreach (ref readonly var pass in passes)
            {
                _pass = pass;
                _pairs = _images * pass.PairsPerImage;
                _pairChunks = GemmPlan.Ceiling(_pairs, PairsPerChunk);
                // Whoever takes fewer panels reads the images more often; so only where there are too few positions.
                nint wanted = GemmPlan.Ceiling(2 * WorkerPool.Threads, Math.Max(1, _pairChunks * Groups));
                _panelsPerChunk = GemmPlan.Ceiling(Panels, Math.Clamp(wanted, 1, Panels));
                _panelChunks = GemmPlan.Ceiling(Panels, _panelsPerChunk);
                WorkerPool.Run((int)(_pairChunks * _panelChunks * Groups), ref this);
            }
        }
    }

    public readonly void Run(int chunk)
    {
        if (_padding)
            Border.Pad(Source + (_firstImage * Groups * Channels + chunk) * Border.InnerCount, 1, _bordered + chunk * Border.Count);
        else
            Multiply(chunk);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(nint chunk)
    {
        nint pairChunk = chunk % _pairChunks, rest = chunk / _pairChunks;
        nint firstPanel = rest % _panelChunks * _panelsPerChunk, group = rest / _panelChunks;
        nint first = pairChunk * PairsPerChunk;
        int pairs = (int)Math.Min(PairsPerChunk, _pairs - first);
        float** inputs = stackalloc float*[PairsPerChunk];
        float** results = stackalloc float*[PairsPerChunk];
        Locate(group, first, pairs, inputs, results);

        // The only position of a row makes a pair with itself.
        nint step = _pass.Width > 1 ? _pass.WidthStep : 0;
        int pairsPerTile = L.Rows / 2, tiles = (pairs + pairsPerTile - 1) / pairsPerTile;
        nint blocks = Math.Max(1, GemmPlan.Ceiling(_pass.Taps, TapsPerBlock)), tapsPerBlock = GemmPlan.Ceiling(_pass.Taps, blocks);
        using var room = Scratch.Rent<float>(2 * pairs * Panel);
        float* sums = (float*)room.Pointer;
        for (nint panel = firstPanel, end = Math.Min(Panels, firstPanel + _panelsPerChunk); panel < end; panel++)
        {
            int filters = (int)Math.Min(Panel, Filters - panel * Panel);
            for (nint block = 0; block < blocks; block++)
            {
                nint tap = block * tapsPerBlock, taps = Math.Min(tapsPerBlock, _pass.Taps - tap);
                float* weights = _pass.Weights + (group * Panels + panel) * _pass.PanelStride(Panel) + tap * Panel;
                for (int i = 0, pair = 0; i < tiles; i++)
                {
                    int count = PairsOf(i, tiles, pairs);
                    if (filters > L.Count)
                        PairedTiles2<L, V, float>.Run(count, inputs + pair, step, _pass.Offsets + tap, taps, weights, Panel, sums + 2 * pair * Panel, Panel, block > 0);
                    else
                        PairedTiles1<L, V, float>.Run(count, inputs + pair, step, _pass.Offsets + tap, taps, weights, Panel, sums + 2 * pair * Panel, Panel, block > 0);
                    pair += count;
                }
            }
            float* bias = Bias == null ? null : Bias + group * Filters + panel * Panel;
            for (int i = 0, pair = 0; i < tiles; i++)
            {
                int count = PairsOf(i, tiles, pairs);
                Store(sums + 2 * pair * Panel, count, results + pair, panel * Panel * ResultPlane, filters, bias);
                pair += count;
            }
        }
    }

    /// <summary>Pairs of a tile: equal heights rather than a low last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PairsOf(int tile, int tiles, int pairs) => (tile + 1) * pairs / tiles - tile * pairs / tiles;

    /// <summary>The addresses of pairs of positions: inputs in the bordered images, results in the first plane.</summary>
    private readonly void Locate(nint group, nint first, int pairs, float** inputs, float** results)
    {
        nint perRow = _pass.PairsPerRow;
        nint column = first % perRow, rest = first / perRow;
        nint height = rest % _pass.Height;
        rest /= _pass.Height;
        nint depth = rest % _pass.Depth, image = rest / _pass.Depth;
        for (int i = 0; i < pairs; i++)
        {
            // In a row of odd length the last pair overlaps the one before; nothing beyond the row is read.
            nint start = Math.Max(0, Math.Min(2 * column, _pass.Width - 2));
            inputs[i] = _bordered + (image * Groups + group) * Channels * Border.Count
                + _pass.Origin + depth * _pass.DepthStep + height * _pass.HeightStep + start * _pass.WidthStep;
            results[i] = Result + ((_firstImage + image) * Groups + group) * Filters * ResultPlane
                + _pass.ResultOrigin + depth * _pass.ResultDepthStep + height * _pass.ResultHeightStep + start * _pass.ResultWidthStep;
            if (++column < perRow)
                continue;
            column = 0;
            if (++height < _pass.Height)
                continue;
            height = 0;
            if (++depth < _pass.Depth)
                continue;
            depth = 0;
            image++;
        }
    }

    /// <summary>Turns a tile (positions × filters) into planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Store(float* tile, int pairs, float** results, nint plane, int filters, float* bias)
    {
        bool contiguous = _pass.ResultWidthStep == 1 && _pass.Width > 1;
        for (int i = 1; i < pairs; i++)
            contiguous &= results[i] == results[i - 1] + 2;
        nint secondStep = _pass.Width > 1 ? _pass.ResultWidthStep : 0;
        for (int filter = 0; filter < filters; filter += L.Count)
        {
            int position = 0;
            if (contiguous && filter + L.Count <= filters)
            {
                V add = bias == null ? default : L.Load(bias + filter);
                float* from = tile + filter, to = results[0] + plane + filter * ResultPlane;
                for (; position + 4 <= 2 * pairs; position += 4, from += 4 * Panel, to += 4)
                {
                    ChannelLanes<V>.StoreFour(
                        L.Add(L.Load(from), add), L.Add(L.Load(from + Panel), add), L.Add(L.Load(from + 2 * Panel), add), L.Add(L.Load(from + 3 * Panel), add),
                        to, ResultPlane);
                }
            }
            if (position == 2 * pairs)
                continue;
            StoreScattered(tile + filter, position, pairs, results, plane + filter * ResultPlane, Math.Min(L.Count, filters - filter), bias == null ? null : bias + filter, secondStep);
        }
    }

    /// <summary>Positions that do not lie side by side: turned in a buffer, so that each filter's plane is written in one go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void StoreScattered(float* tile, int position, int pairs, float** results, nint plane, int filters, float* bias, nint secondStep)
    {
        const int row = 16;
        float* turned = stackalloc float[16 * row];
        int last = 2 * pairs;
        for (int at = position; at < last; at += 4)
        {
            // Beyond the last position lie others' sums or nothing's, turned along and left.
            float* from = tile + at * Panel;
            V second = at + 1 < last ? L.Load(from + Panel) : default, third = at + 2 < last ? L.Load(from + 2 * Panel) : default, fourth = at + 3 < last ? L.Load(from + 3 * Panel) : default;
            ChannelLanes<V>.StoreFour(L.Load(from), second, third, fourth, turned + at - position, row);
        }
        for (int filter = 0; filter < filters; filter++, turned += row, plane += ResultPlane)
        {
            float add = bias == null ? 0 : bias[filter];
            for (int at = position; at < last; at++)
                results[at / 2][(at & 1) * secondStep + plane] = turned[at - position] + add;
        }
    }
}
