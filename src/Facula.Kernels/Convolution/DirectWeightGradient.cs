using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The weight gradient with filters in the lanes: pairs of weights against two vectors of filters, summed over positions.</summary>
/// <remarks>
/// The tiles are those of the forward pass with positions and taps exchanged. A pair is two weights whose inputs are always equally far apart:
/// neighbours along the channels or along one side of the filter, whichever has an even number. The output gradient is transposed once per image.
/// </remarks>
[SkipLocalsInit]
internal unsafe struct DirectWeightGradient<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    // 128 positions by two vectors of filters are 16 KB and stay in the first-level cache while all tiles pass.
    private const int PositionsPerBlock = 128;
    private const int WantedChunks = 16;
    // With fewer a part's sums would be stored, and later added up, for little.
    private const long PositionsPerPart = 512;
    private const int WeightsPerChunk = 64;
    private const long PartialBytes = 8 << 20, JoinedBytes = 4 << 20;

    private ConvolutionGeometry _geometry;
    private float* _input, _gradOutput, _gradWeight, _sums;
    private nint* _positions, _pairInputs, _sumRows;
    private nint _batch, _groups, _filters, _pairs, _step, _sumPart, _parts, _tileChunks, _joined, _imageStep;
    private bool _finishing;

    private static int Panel => 2 * L.Count;
    private readonly nint Panels => GemmPlan.Ceiling(_filters, Panel);

    public static void Run(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        using var offsets = Scratch.Rent<nint>((nint)shape.FilterSize);
        var geometry = new ConvolutionGeometry(shape, (nint*)offsets.Pointer);
        // Images with few positions are joined, so that sums pass through the tiles in long runs.
        nint joined = (nint)Math.Clamp(Math.Min(4 * PositionsPerBlock / geometry.Positions, JoinedBytes / sizeof(float) / (geometry.Channels * geometry.Plane)), 1, shape.Batch);
        using var positions = Scratch.Rent<nint>(joined * geometry.Positions);
        using var pairRoom = Scratch.Rent<nint>(2 * (nint)shape.FilterSize);
        var body = new DirectWeightGradient<L, V>
        {
            _geometry = geometry,
            _input = input,
            _gradOutput = gradOutput,
            _gradWeight = gradWeight,
            _positions = (nint*)positions.Pointer,
            _pairInputs = (nint*)pairRoom.Pointer,
            _sumRows = (nint*)pairRoom.Pointer + (nint)shape.FilterSize,
            _batch = (nint)shape.Batch,
            _groups = (nint)shape.Groups,
            _filters = (nint)shape.GroupOutputChannels,
        };
        body._joined = joined;
        body._imageStep = geometry.IsPadded ? geometry.Channels * geometry.Plane : (nint)shape.InputChannels * geometry.InputPlane;
        geometry.FillPositions(body._positions);
        for (nint i = geometry.Positions; i < joined * geometry.Positions; i++)
            body._positions[i] = body._positions[i - geometry.Positions] + body._imageStep;
        body.FillPairs(shape);
        body._sumPart = body.Panels * body.SumPanel;
        // Images fall into parts with sums of their own, which depend on the shape only; what is then missing for the threads, tiles give.
        nint affordable = (nint)(PartialBytes / sizeof(float)) / (body._sumPart * body._groups);
        nint worthwhile = (nint)((shape.Batch * geometry.Positions + PositionsPerPart - 1) / PositionsPerPart);
        body._parts = Math.Clamp(Math.Min(Math.Min(WantedChunks, affordable), worthwhile), 1, body._batch);
        nint tiles = GemmPlan.Ceiling(body._pairs, L.Rows / 2);
        body._tileChunks = Math.Clamp(GemmPlan.Ceiling(2 * WorkerPool.Threads, body._parts * body._groups), 1, Math.Max(1, tiles / 4));

        using var sums = Scratch.Rent<float>(body._groups * body._parts * body._sumPart);
        body._sums = (float*)sums.Pointer;
        WorkerPool.Run((int)(body._groups * body._parts * body._tileChunks), ref body);
        body._finishing = true;
        WorkerPool.Run((int)(body._groups * body.WeightChunks), ref body);
    }

    /// <summary>Sums of one panel of filters, which stay in the second-level cache while all positions pass.</summary>
    private readonly nint SumPanel => 2 * _pairs * Panel;

    private readonly nint WeightChunks => GemmPlan.Ceiling(_geometry.Rows, WeightsPerChunk);

    /// <summary>Lists the pairs: along the channels if their number is even, else along the side of the filter that wastes least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPairs(in ConvolutionShape shape)
    {
        nint channels = _geometry.Channels, depth = (nint)shape.Kernel.Depth, height = (nint)shape.Kernel.Height, width = (nint)shape.Kernel.Width;
        ReadOnlySpan<nint> sizes = [channels, depth, height, width];
        ReadOnlySpan<nint> inputSteps = [
            _geometry.Plane,
            (nint)shape.Dilation.Depth * _geometry.Border.Height * _geometry.Border.Width,
            (nint)shape.Dilation.Height * _geometry.Border.Width,
            (nint)shape.Dilation.Width];
        ReadOnlySpan<nint> weightSteps = [depth * height * width, height * width, width, 1];
        int axis = 0;
        for (int i = 1; i < 4; i++)
        {
            if ((sizes[i] + 1) / 2 * sizes[axis] < (sizes[axis] + 1) / 2 * sizes[i])
                axis = i;
        }
        nint size = sizes[axis];
        _step = size > 1 ? inputSteps[axis] : 0;
        nint weightStep = size > 1 ? weightSteps[axis] : 0;
        for (nint weight = 0; weight < _geometry.Rows; weight++)
        {
            nint place = weight / weightSteps[axis] % size;
            // Pairs begin at even places; an odd last one joins the one before, which is then done twice.
            bool begins = size == 1 || (place % 2 == 0 && place + 1 < size) || (size % 2 != 0 && place == size - 2);
            if (!begins)
                continue;
            _pairInputs[_pairs] = _geometry.RowOffset(weight);
            _sumRows[weight] = 2 * _pairs;
            _sumRows[weight + weightStep] = 2 * _pairs++ + 1;
        }
    }

    public readonly void Run(int chunk)
    {
        if (_finishing)
            Finish(chunk);
        else
            Sum(chunk);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(nint chunk)
    {
        nint tileChunk = chunk % _tileChunks, rest = chunk / _tileChunks;
        nint part = rest % _parts, group = rest / _parts;
        int firstPair = (int)(_pairs * tileChunk / _tileChunks), endPair = (int)(_pairs * (tileChunk + 1) / _tileChunks), pairs = endPair - firstPair;
        int pairsPerTile = L.Rows / 2, tiles = (pairs + pairsPerTile - 1) / pairsPerTile;
        using var gradientRoom = Scratch.Rent<float>(PositionsPerBlock * Panel);
        using var borderedRoom = _geometry.IsPadded ? Scratch.Rent<float>(_joined * _imageStep) : default;
        float* gradient = (float*)gradientRoom.Pointer, sums = _sums + (group * _parts + part) * _sumPart;
        float** inputs = stackalloc float*[6];
        nint firstImage = _batch * part / _parts, endImage = _batch * (part + 1) / _parts;
        for (nint image = firstImage; image < endImage; image += _joined)
        {
            nint images = Math.Min(_joined, endImage - image), positions = images * _geometry.Positions;
            float* source = _geometry.IsPadded ? (float*)borderedRoom.Pointer : _input + (image * _groups + group) * _geometry.Channels * _geometry.InputPlane;
            for (nint i = 0; _geometry.IsPadded && i < images; i++)
                _geometry.Border.Pad(_input + ((image + i) * _groups + group) * _geometry.Channels * _geometry.InputPlane, _geometry.Channels, source + i * _imageStep);
            for (nint panel = 0; panel < Panels; panel++)
            {
                bool two = _filters - panel * Panel > L.Count;
                for (nint position = 0; position < positions; position += PositionsPerBlock)
                {
                    nint count = Math.Min(PositionsPerBlock, positions - position);
                    PackGradient(image, group, panel, position, count, gradient);
                    bool accumulate = image > firstImage || position > 0;
                    for (int tile = 0; tile < tiles; tile++)
                    {
                        int first = firstPair + tile * pairs / tiles, tilePairs = firstPair + (tile + 1) * pairs / tiles - first;
                        for (int i = 0; i < tilePairs; i++)
                            inputs[i] = source + _pairInputs[first + i];
                        float* sum = sums + panel * SumPanel + 2 * first * Panel;
                        if (two)
                            PairedTiles2<L, V, float>.Run(tilePairs, inputs, _step, _positions + position, count, gradient, sum, 2 * Panel, Panel, accumulate);
                        else
                            PairedTiles1<L, V, float>.Run(tilePairs, inputs, _step, _positions + position, count, gradient, sum, 2 * Panel, Panel, accumulate);
                    }
                }
            }
        }
    }

    /// <summary>Turns the gradients of some positions, counted through the joined images from <paramref name="image"/> on, into vectors of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void PackGradient(nint image, nint group, nint panel, nint position, nint count, float* gradient)
    {
        nint positions = _geometry.Positions, filters = Math.Min(Panel, _filters - panel * Panel);
        for (nint done = 0; done < count;)
        {
            nint at = (position + done) % positions, run = Math.Min(count - done, positions - at);
            float* source = _gradOutput + (((image + (position + done) / positions) * _groups + group) * _filters + panel * Panel) * positions + at;
            GemmPacking<float>.Pack(source, positions, 1, filters, run, Panel, gradient + done * Panel, 0);
            done += run;
        }
    }

    /// <summary>Adds up the parts of some weights of one group and turns them into rows of the filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(nint chunk)
    {
        nint group = chunk / WeightChunks, first = chunk % WeightChunks * WeightsPerChunk, end = Math.Min(_geometry.Rows, first + WeightsPerChunk);
        float* sums = _sums + group * _parts * _sumPart;
        float* four = stackalloc float[4 * 16], turned = stackalloc float[16 * 16];
        for (nint filter = 0; filter < _filters; filter += L.Count)
        {
            nint filters = Math.Min(L.Count, _filters - filter);
            nint weight = first;
            // Whole lines at once: rows of filters are often a power of two apart and share cache sets.
            for (; filters == L.Count && weight + L.Count <= end; weight += L.Count)
            {
                for (nint i = 0; i < L.Count; i += 4)
                {
                    ChannelLanes<V>.StoreFour(
                        AddParts(sums, weight + i, filter), AddParts(sums, weight + i + 1, filter), AddParts(sums, weight + i + 2, filter), AddParts(sums, weight + i + 3, filter),
                        turned + i, L.Count);
                }
                float* line = _gradWeight + (group * _filters + filter) * _geometry.Rows + weight;
                for (nint i = 0; i < L.Count; i++, line += _geometry.Rows)
                    L.Store(L.Load(turned + i * L.Count), line);
            }
            for (; weight < end; weight += 4)
            {
                float* to = _gradWeight + (group * _filters + filter) * _geometry.Rows + weight;
                nint weights = Math.Min(4, end - weight);
                for (nint i = 0; i < weights; i++)
                    L.Store(AddParts(sums, weight + i, filter), four + i * L.Count);
                for (nint i = 0; i < weights; i++)
                {
                    for (nint j = 0; j < filters; j++)
                        to[j * _geometry.Rows + i] = four[i * L.Count + j];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V AddParts(float* sums, nint weight, nint filter)
    {
        float* from = sums + filter / Panel * SumPanel + _sumRows[weight] * Panel + filter % Panel;
        V sum = L.Load(from);
        for (nint part = 1; part < _parts; part++)
            sum = L.Add(sum, L.Load(from + part * _sumPart));
        return sum;
    }
}
