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
    // Their weights, 20 KB, stay in the first-level cache while all tiles pass; and sums of sums round less than one long chain.
    // Steps that pass over inputs bring in twice as many lines of them, which leaves less room.
    private const int TapsPerBlock = 160, SteppedTapsPerBlock = 96;
    // Bordered images are read soon after they were written, so few that they are still in a near cache, unless the weights are more: these pass for every wave.
    private const long FewestBorderedBytes = 1 << 20, MostBorderedBytes = 4 << 20;
    private const nint ResultBytes = 1 << 20;
    private const int MostImages = 32;
    private const nint PaddedPerChunk = 8192;

    /// <summary>The images: channels of all groups, with or without a border.</summary>
    public BorderedPlane Border;
    public float* Source;
    public nint Batch, Groups, Channels;
    /// <summary>The results: filters of one group, elements of a plane.</summary>
    public float* Result, Bias;
    public nint Filters, ResultPlane;

    private DirectPass _pass;
    // The phase that fills the columns between those of the pass.
    private DirectPass _between;
    private bool _interleaved;
    private float* _bordered;
    private nint _firstImage, _images, _pairs, _pairsPerChunk, _pairChunks, _panelsPerChunk, _panelChunks, _planesPerChunk;
    private bool _padding;

    public static int Panel => 2 * L.Count;
    public readonly nint Panels => GemmPlan.Ceiling(Filters, Panel);

    /// <summary>Does some passes over all images; <paramref name="interleaved"/> ones are pairs whose results take turns along a row, stored together.</summary>
    public void Run(ReadOnlySpan<DirectPass> passes, bool interleaved = false)
    {
        _interleaved = interleaved;
        nint imageSize = Groups * Channels * Border.Count;
        long weightBytes = 0;
        foreach (ref readonly DirectPass pass in passes)
            weightBytes += Groups * Filters * pass.Taps * sizeof(float);
        long borderedBytes = Math.Clamp(weightBytes, FewestBorderedBytes, MostBorderedBytes);
        nint wave = Border.HasBorder ? (nint)Math.Clamp(borderedBytes / (imageSize * sizeof(float)), 1, Math.Min(MostImages, Batch)) : Batch;
        // Phases write between each other's results: these should still be in the cache.
        if (passes.Length > 1)
            wave = Math.Clamp(ResultBytes / (Groups * Filters * ResultPlane * sizeof(float)), 1, wave);
        using var room = Border.HasBorder ? Scratch.Rent<float>(wave * imageSize) : default;
        for (_firstImage = 0; _firstImage < Batch; _firstImage += wave)
        {
            _images = Math.Min(wave, Batch - _firstImage);
            _bordered = Source + _firstImage * imageSize;
            if (Border.HasBorder)
            {
                _bordered = (float*)room.Pointer;
                _padding = true;
                _planesPerChunk = Math.Max(1, PaddedPerChunk / Border.Count);
                WorkerPool.Run((int)GemmPlan.Ceiling(_images * Groups * Channels, _planesPerChunk), ref this);
                _padding = false;
            }
            for (int i = 0; i < passes.Length; i += interleaved ? 2 : 1)
            {
                _pass = passes[i];
                _between = interleaved ? passes[i + 1] : default;
                _pairs = _images * _pass.PairsPerImage;
                // As many for every thread; but whoever takes some positions reads all weights, and where these are more than the images, threads had better share them out.
                int threads = SharesWeights(_pass) ? 1 : WorkerPool.Threads;
                _pairChunks = GemmPlan.Ceiling(GemmPlan.Ceiling(_pairs, interleaved ? PairsPerChunk / 2 : PairsPerChunk), threads) * threads;
                _pairsPerChunk = Math.Max(1, GemmPlan.Ceiling(_pairs, Math.Max(1, _pairChunks)));
                _pairChunks = GemmPlan.Ceiling(_pairs, _pairsPerChunk);
                // Whoever takes fewer panels reads the images more often; so only where there are too few positions.
                nint wanted = GemmPlan.Ceiling(2 * WorkerPool.Threads, Math.Max(1, _pairChunks * Groups));
                _panelsPerChunk = GemmPlan.Ceiling(Panels, Math.Clamp(wanted, 1, Panels));
                _panelChunks = GemmPlan.Ceiling(Panels, _panelsPerChunk);
                WorkerPool.Run((int)(_pairChunks * _panelChunks * Groups), ref this);
            }
        }
    }

    private readonly bool SharesWeights(in DirectPass pass) =>
        Panels * Panel * pass.Taps > _images * Channels * Border.Count && (Groups * Panels % WorkerPool.Threads == 0 || Groups * Panels >= 4 * WorkerPool.Threads);

    public readonly void Run(int chunk)
    {
        if (_padding)
            Pad(chunk * _planesPerChunk);
        else
            Multiply(chunk);
    }

    private readonly void Pad(nint plane)
    {
        nint all = Groups * Channels, planes = Math.Min(_planesPerChunk, _images * all - plane);
        Border.Pad(Source + (_firstImage * all + plane) * Border.InnerCount, planes, _bordered + plane * Border.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(nint chunk)
    {
        nint pairChunk = chunk % _pairChunks, rest = chunk / _pairChunks;
        nint firstPanel = rest % _panelChunks * _panelsPerChunk, group = rest / _panelChunks;
        nint first = pairChunk * _pairsPerChunk;
        int pairs = (int)Math.Min(_pairsPerChunk, _pairs - first);
        float** inputs = stackalloc float*[PairsPerChunk];
        float** results = stackalloc float*[PairsPerChunk];
        Locate(group, first, pairs, inputs, results);

        int tiles = (pairs + L.Rows / 2 - 1) / (L.Rows / 2);
        nint size = 2 * pairs * Panel;
        using var room = Scratch.Rent<float>(_interleaved ? 2 * size : size);
        float* sums = (float*)room.Pointer;
        for (nint panel = firstPanel, end = Math.Min(Panels, firstPanel + _panelsPerChunk); panel < end; panel++)
        {
            int filters = (int)Math.Min(Panel, Filters - panel * Panel);
            nint plane = panel * Panel * ResultPlane;
            Sum(_pass, group, panel, filters, pairs, tiles, inputs, results, sums);
            if (_interleaved)
                Sum(_between, group, panel, filters, pairs, tiles, inputs, null, sums + size);
            float* bias = Bias == null ? null : Bias + group * Filters + panel * Panel;
            if (_interleaved)
            {
                StoreInterleaved(sums, sums + size, pairs, results, plane, filters);
                continue;
            }
            for (int i = 0, pair = 0; i < tiles; i++)
            {
                int count = PairsOf(i, tiles, pairs);
                Store(sums + 2 * pair * Panel, count, results + pair, plane, filters, bias);
                pair += count;
            }
        }
    }

    /// <summary>The sums of one panel of filters at some pairs of positions; asks for the results' lines meanwhile, if told where they lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(in DirectPass pass, nint group, nint panel, int filters, int pairs, int tiles, float** inputs, float** results, float* sums)
    {
        // The only position of a row makes a pair with itself.
        nint step = pass.Width > 1 ? pass.WidthStep : 0;
        nint most = step > 1 && pass.Taps > TapsPerBlock ? SteppedTapsPerBlock : TapsPerBlock;
        nint blocks = Math.Max(1, GemmPlan.Ceiling(pass.Taps, most)), tapsPerBlock = GemmPlan.Ceiling(pass.Taps, blocks);
        for (nint block = 0; block < blocks; block++)
        {
            nint tap = block * tapsPerBlock, taps = Math.Min(tapsPerBlock, pass.Taps - tap);
            float* weights = pass.Weights + (group * Panels + panel) * DirectPass.PanelStride(pass.Taps, Panel) + tap * Panel;
            nint line = 64 / sizeof(float), linesPerTile = block + 1 < blocks ? GemmPlan.Ceiling(taps * Panel / line, tiles) : 0;
            float* ahead = weights + taps * Panel;
            for (int i = 0, pair = 0; i < tiles; i++)
            {
                int count = PairsOf(i, tiles, pairs);
                if (filters > L.Count)
                    PairedTiles2<L, V, float>.Run(count, inputs + pair, step, pass.Offsets + tap, taps, weights, sums + 2 * pair * Panel, block > 0);
                else
                    PairedTiles1<L, V, float>.Run(count, inputs + pair, step, pass.Offsets + tap, taps, weights, sums + 2 * pair * Panel, block > 0);
                // The tiles share the fetching of the next block's weights.
                for (nint left = linesPerTile; left > 0; left--, ahead += line)
                    L.PrefetchFar(ahead);
                // A share of the lines with every block: all at once would have to wait for each other.
                for (int filter = (int)(filters * block / blocks), end = results == null ? 0 : (int)(filters * (block + 1) / blocks); filter < end; filter++)
                    L.PrefetchFar(results[pair] + (panel * Panel + filter) * ResultPlane);
                pair += count;
            }
        }
    }

    /// <summary>Pairs of a tile: equal heights rather than a low last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PairsOf(int tile, int tiles, int pairs) => (tile + 1) * pairs / tiles - tile * pairs / tiles;

    /// <summary>The addresses of pairs of positions: inputs in the bordered images, results in the first plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Turns a tile (positions × filters) into planes, four positions at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Store(float* tile, int pairs, float** results, nint plane, int filters, float* bias)
    {
        bool neighbours = _pass.ResultWidthStep == 1 && _pass.Width > 1;
        nint secondStep = _pass.Width > 1 ? _pass.ResultWidthStep : 0;
        for (int filter = 0; filter < filters; filter += L.Count, tile += L.Count, plane += L.Count * ResultPlane)
        {
            int count = Math.Min(L.Count, filters - filter);
            V add = bias == null ? default : count == L.Count ? L.Load(bias + filter) : LoadSome(bias + filter, count);
            float* from = tile;
            for (int pair = 0; pair < pairs; pair += 2, from += 4 * Panel)
            {
                V first = L.Add(L.Load(from), add), second = L.Add(L.Load(from + Panel), add);
                bool two = pair + 1 < pairs;
                V third = two ? L.Add(L.Load(from + 2 * Panel), add) : default, fourth = two ? L.Add(L.Load(from + 3 * Panel), add) : default;
                if (neighbours && two && count == L.Count && results[pair + 1] == results[pair] + 2)
                    ChannelLanes<V>.StoreFour(first, second, third, fourth, results[pair] + plane, ResultPlane);
                else
                    StorePairs(first, second, third, fourth, results[pair] + plane, two ? results[pair + 1] + plane : null, secondStep, count);
            }
        }
    }

    private static V LoadSome(float* source, int count)
    {
        float* values = stackalloc float[16];
        for (int i = 0; i < L.Count; i++)
            values[i] = i < count ? source[i] : 0;
        return L.Load(values);
    }

    /// <summary>Two pairs of positions that do not lie side by side, or filters that do not fill a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void StorePairs(V first, V second, V third, V fourth, float* one, float* other, nint secondStep, int filters)
    {
        float* turned = stackalloc float[16 * 4];
        ChannelLanes<V>.StoreFour(first, second, third, fourth, turned, 4);
        for (int filter = 0; filter < filters; filter++, turned += 4, one += ResultPlane)
        {
            // The second first: of a row's only position there is but one, and it is the first.
            one[secondStep] = turned[1];
            one[0] = turned[0];
            if (other == null)
                continue;
            other[secondStep] = turned[3];
            other[0] = turned[2];
            other += ResultPlane;
        }
    }

    /// <summary>Turns the sums of two phases into rows in which they take turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void StoreInterleaved(float* even, float* odd, int pairs, float** results, nint plane, int filters)
    {
        for (int filter = 0; filter < filters; filter += L.Count, even += L.Count, odd += L.Count, plane += L.Count * ResultPlane)
        {
            float* first = even, second = odd;
            for (int pair = 0; pair < pairs; pair++, first += 2 * Panel, second += 2 * Panel)
            {
                float* to = results[pair] + plane;
                if (filter + L.Count <= filters)
                {
                    ChannelLanes<V>.StoreFour(L.Load(first), L.Load(second), L.Load(first + Panel), L.Load(second + Panel), to, ResultPlane);
                    continue;
                }
                for (int i = 0; i < filters - filter; i++, to += ResultPlane)
                    (to[0], to[1], to[2], to[3]) = (first[i], second[i], first[i + Panel], second[i + Panel]);
            }
        }
    }
}
