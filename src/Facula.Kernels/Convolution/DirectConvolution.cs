using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Direct convolution with filters in the lanes: twelve positions of any rows and images against two vectors of filters.</summary>
/// <remarks>Nothing is gathered: a tile broadcasts the inputs of its positions from the bordered images. Any stride costs the same.</remarks>
[SkipLocalsInit]
internal unsafe struct DirectConvolution<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    // Pieces fill whole lines of results and the tallest tiles.
    private const int PairsPerChunk = 192, PairsPerPiece = 24, PairsPerLine = 8;
    // Their weights, 20 KB, stay in the first-level cache while all tiles pass; and sums of sums round less than one long chain.
    // Steps that pass over inputs bring in twice as many lines of them, which leaves less room.
    private const int TapsPerBlock = 160, SteppedTapsPerBlock = 96;
    // Bordered images are read soon after they were written, so few that they are still in a near cache, unless the weights are more: these pass for every wave.
    private const long FewestBorderedBytes = 1 << 20, MostBorderedBytes = 4 << 20;
    private const nint ResultBytes = 1 << 20;
    private const int MostImages = 32;
    private const nint WideRow = 32;
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
    private bool _interleaved, _acrossImages;
    private float* _bordered;
    private nint _firstImage, _images, _pairs, _pairsPerChunk, _pairChunks, _panelsPerChunk, _panelChunks, _planesPerChunk;
    private bool _padding;

    public static int Panel => 2 * L.Count;
    public readonly nint Panels => GemmPlan.Ceiling(Filters, Panel);

    /// <summary>Does some passes over all images; <paramref name="interleaved"/> ones are pairs whose results take turns along a row, stored together.</summary>
    public void Run(ReadOnlySpan<DirectPass> passes, bool interleaved = false)
    {
        _interleaved = interleaved;
        nint imageSize = ImageInput;
        long weightBytes = 0;
        foreach (ref readonly DirectPass pass in passes)
            weightBytes += Groups * Filters * pass.Taps * sizeof(float);
        long borderedBytes = Math.Clamp(weightBytes, FewestBorderedBytes, MostBorderedBytes);
        nint wave = Border.HasBorder ? (nint)Math.Clamp(borderedBytes / (imageSize * sizeof(float)), 1, Math.Min(MostImages, Batch)) : Batch;
        // Phases write between each other's results: these should still be in the cache.
        if (passes.Length > 1)
            wave = Math.Clamp(ResultBytes / (ImageResult * sizeof(float)), 1, wave);
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
                // Where the overlap at the ends of rows of odd length would count, two images make pairs.
                _acrossImages = _pass.Width % 2 != 0 && _pass.Width < WideRow && _images % 2 == 0;
                _pairs = _images / ImagesPerPair * _pass.Depth * _pass.Height * PairsPerRow;
                // As many for every thread; but whoever takes some positions reads all weights, and where these are more than the images, threads had better share them out.
                int threads = SharesWeights(_pass) ? 1 : WorkerPool.Threads;
                _pairChunks = GemmPlan.Ceiling(GemmPlan.Ceiling(_pairs, interleaved ? PairsPerChunk / 2 : PairsPerChunk), threads) * threads;
                _pairsPerChunk = Math.Max(1, GemmPlan.Ceiling(_pairs, Math.Max(1, _pairChunks)));
                if (_pairsPerChunk >= PairsPerChunk / 2)
                    _pairsPerChunk = GemmPlan.Ceiling(_pairsPerChunk, PairsPerLine) * PairsPerLine;
                _pairChunks = GemmPlan.Ceiling(_pairs, _pairsPerChunk);
                // Whoever takes fewer panels reads the images more often; so only where there are too few positions.
                nint wanted = GemmPlan.Ceiling(2 * WorkerPool.Threads, Math.Max(1, _pairChunks * Groups));
                _panelsPerChunk = GemmPlan.Ceiling(Panels, Math.Clamp(wanted, 1, Panels));
                _panelChunks = GemmPlan.Ceiling(Panels, _panelsPerChunk);
                WorkerPool.Run((int)(_pairChunks * _panelChunks * Groups), ref this);
            }
        }
    }

    private readonly nint PairsPerRow => _acrossImages ? _pass.Width : (_pass.Width + 1) / 2;

    private readonly nint ImagesPerPair => _acrossImages ? 2 : 1;

    /// <summary>From one pair's sums to the next, from a pair's first position to its second, and from one result to its neighbour.</summary>
    private readonly nint PairStep => (_interleaved ? 2 : 1) * (_acrossImages ? Panel : 2 * Panel);

    private readonly nint SecondStep(int pairs) => _acrossImages ? pairs * PairStep : PairStep / 2;

    private readonly nint SlotStep => _acrossImages || _pass.Width > 1 ? Panel : 2 * Panel;

    private readonly nint ImageInput => Groups * Channels * Border.Count;

    private readonly nint ImageResult => Groups * Filters * ResultPlane;

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

        // Where weights are few enough to stay near, results are stored soon, while the next sums are at work.
        int piece = _pass.Taps <= TapsPerBlock ? Math.Min(pairs, PairsPerPiece) : pairs;
        // Turning reads whole vectors of positions.
        using var room = Scratch.Rent<float>((2 * piece * (_interleaved ? 2 : 1) + L.Count) * SlotStep);
        float* sums = (float*)room.Pointer;
        for (nint panel = firstPanel, end = Math.Min(Panels, firstPanel + _panelsPerChunk); panel < end; panel++)
        {
            int filters = (int)Math.Min(Panel, Filters - panel * Panel);
            for (int done = 0; done < pairs; done += piece)
            {
                int some = Math.Min(piece, pairs - done);
                Sum(_pass, group, panel, filters, some, inputs + done, results + done, sums);
                if (_interleaved)
                    Sum(_between, group, panel, filters, some, inputs + done, null, sums + Panel);
                Store(sums, some, results + done, panel * Panel * ResultPlane, filters, Bias == null ? null : Bias + group * Filters + panel * Panel);
            }
        }
    }

    /// <summary>The sums of one panel of filters at some pairs of positions; asks for the results' lines meanwhile, if told where they lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(in DirectPass pass, nint group, nint panel, int filters, int pairs, float** inputs, float** results, float* sums)
    {
        int tiles = (pairs + L.Rows / 2 - 1) / (L.Rows / 2);
        // Without a neighbour a position makes a pair with itself.
        nint step = _acrossImages ? ImageInput : pass.Width > 1 ? pass.WidthStep : 0, second = SecondStep(pairs);
        nint most = pass.WidthStep > 1 && pass.Taps > TapsPerBlock ? SteppedTapsPerBlock : TapsPerBlock;
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
                    PairedTiles2<L, V, float>.Run(count, inputs + pair, step, pass.Offsets + tap, taps, weights, sums + pair * PairStep, PairStep, second, block > 0);
                else
                    PairedTiles1<L, V, float>.Run(count, inputs + pair, step, pass.Offsets + tap, taps, weights, sums + pair * PairStep, PairStep, second, block > 0);
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
        nint perRow = PairsPerRow;
        nint column = first % perRow, rest = first / perRow;
        nint height = rest % _pass.Height;
        rest /= _pass.Height;
        nint depth = rest % _pass.Depth, image = rest / _pass.Depth * ImagesPerPair;
        for (int i = 0; i < pairs; i++)
        {
            // In a row of odd length the last pair overlaps the one before; nothing beyond the row is read.
            nint start = _acrossImages ? column : Math.Max(0, Math.Min(2 * column, _pass.Width - 2));
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
            image += ImagesPerPair;
        }
    }

    /// <summary>Turns the sums (positions × filters) into planes, as far as results lie in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Store(float* sums, int pairs, float** results, nint plane, int filters, float* bias)
    {
        nint column = _interleaved ? 1 : _pass.ResultWidthStep, columns = _interleaved ? 2 : 1;
        // A pair's two positions lie side by side, in two images, or are the same.
        bool isRow = !_acrossImages && _pass.Width > 1;
        nint positions = isRow ? 2 * columns : columns, pitch = SlotStep;
        for (int first = 0, end; first < pairs; first = end)
        {
            for (end = first + 1; end < pairs && results[end] == results[end - 1] + positions * column;)
                end++;
            for (int second = 0; second <= (_acrossImages ? 1 : 0); second++)
            {
                float* from = sums + first * PairStep + second * SecondStep(pairs), to = results[first] + plane + second * ImageResult;
                StoreRun(from, pitch, (end - first) * positions, to, column, filters, bias);
            }
        }
    }

    /// <summary>Results of some filters in a row of their planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void StoreRun(float* sums, nint pitch, nint count, float* to, nint column, int filters, float* bias)
    {
        float* room = stackalloc float[4 * 16];
        // Whole lines, where planes allow it: they may be so far apart that a line is gone before it is met again.
        nint some = count >= 4 * L.Count && (ResultPlane & (L.Count - 1)) == 0 ? L.Count - ((nint)to / sizeof(float) & (L.Count - 1)) : L.Count;
        for (; count > 0; count -= some, sums += some * pitch, to += some * column, some = L.Count)
        {
            some = Math.Min(some, count);
            float* plane = to;
            for (int filter = 0; filter < filters; filter += 4)
            {
                ChannelLanes<V>.TurnFour(sums + filter, pitch, out V r0, out V r1, out V r2, out V r3);
                int four = Math.Min(4, filters - filter);
                if (bias != null)
                {
                    r0 = L.Add(r0, L.Broadcast(bias[filter]));
                    r1 = four > 1 ? L.Add(r1, L.Broadcast(bias[filter + 1])) : r1;
                    r2 = four > 2 ? L.Add(r2, L.Broadcast(bias[filter + 2])) : r2;
                    r3 = four > 3 ? L.Add(r3, L.Broadcast(bias[filter + 3])) : r3;
                }
                if (four == 4 && some == L.Count && column == 1)
                {
                    L.Store(r0, plane);
                    L.Store(r1, plane += ResultPlane);
                    L.Store(r2, plane += ResultPlane);
                    L.Store(r3, plane += ResultPlane);
                    plane += ResultPlane;
                    continue;
                }
                L.Store(r0, room);
                L.Store(r1, room + L.Count);
                L.Store(r2, room + 2 * L.Count);
                L.Store(r3, room + 3 * L.Count);
                float* from = room;
                for (int i = 0; i < four; i++, plane += ResultPlane, from += L.Count)
                {
                    if (column == 1)
                    {
                        L.StorePart(L.Load(from), plane, (int)some);
                        continue;
                    }
                    for (nint j = 0; j < some; j++)
                        plane[j * column] = from[j];
                }
            }
        }
    }
}
