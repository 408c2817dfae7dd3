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
    private const long PartialBytes = 8 << 20, JoinedBytes = 4 << 20;

    private ConvolutionGeometry _geometry;
    private float* _input, _gradOutput, _gradWeight, _sums;
    private nint* _positions, _pairInputs, _pairWeights;
    private nint _batch, _groups, _filters, _pairs, _step, _weightStep, _sumRow, _sumPart, _parts, _tileChunks, _joined, _imageStep;
    private bool _finishing;

    private static int Panel => 2 * L.Count;
    private readonly nint Panels => GemmPlan.Ceiling(_filters, Panel);

    public static void Run(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        using var offsets = Scratch.Rent<nint>((nint)shape.FilterSize);
        var geometry = new ConvolutionGeometry(shape, (nint*)offsets.Pointer);
        // Images with few positions are joined, so that sums pass through the tiles in long runs.
        nint joined = (nint)Math.Clamp(Math.Min(2 * PositionsPerBlock / geometry.Positions, JoinedBytes / sizeof(float) / (geometry.Channels * geometry.Plane)), 1, shape.Batch);
        using var positions = Scratch.Rent<nint>(joined * geometry.Positions);
        using var pairRoom = Scratch.Rent<nint>(4 * (nint)shape.FilterSize);
        var body = new DirectWeightGradient<L, V>
        {
            _geometry = geometry,
            _input = input,
            _gradOutput = gradOutput,
            _gradWeight = gradWeight,
            _positions = (nint*)positions.Pointer,
            _pairInputs = (nint*)pairRoom.Pointer,
            _pairWeights = (nint*)pairRoom.Pointer + 2 * (nint)shape.FilterSize,
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
        body._sumRow = body.Panels * Panel;
        body._sumPart = 2 * body._pairs * body._sumRow;
        // Images fall into parts with sums of their own, which depend on the shape only; what is then missing for the threads, tiles give.
        nint affordable = (nint)(PartialBytes / sizeof(float)) / (body._sumPart * body._groups);
        body._parts = Math.Clamp(Math.Min(WantedChunks, affordable), 1, body._batch);
        nint tiles = GemmPlan.Ceiling(body._pairs, L.Rows / 2);
        body._tileChunks = Math.Clamp(GemmPlan.Ceiling(2 * WorkerPool.Threads, body._parts * body._groups), 1, Math.Max(1, tiles / 4));

        using var sums = Scratch.Rent<float>(body._groups * body._parts * body._sumPart);
        body._sums = (float*)sums.Pointer;
        WorkerPool.Run((int)(body._groups * body._parts * body._tileChunks), ref body);
        body._finishing = true;
        WorkerPool.Run((int)(body._groups * body._pairs), ref body);
    }

    /// <summary>Lists the pairs: along the channels if their number is even, else along the side of the filter that wastes least.</summary>
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
        _weightStep = size > 1 ? weightSteps[axis] : 0;
        for (nint weight = 0; weight < _geometry.Rows; weight++)
        {
            nint place = weight / weightSteps[axis] % size;
            // Pairs begin at even places; an odd last one joins the one before, which is then done twice.
            bool begins = size == 1 || (place % 2 == 0 && place + 1 < size) || (size % 2 != 0 && place == size - 2);
            if (!begins)
                continue;
            _pairInputs[_pairs] = _geometry.RowOffset(weight);
            _pairWeights[_pairs++] = weight;
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
        nint panelStride = _joined * _geometry.Positions * Panel + 16;
        using var gradientRoom = Scratch.Rent<float>(Panels * panelStride);
        using var borderedRoom = _geometry.IsPadded ? Scratch.Rent<float>(_joined * _imageStep) : default;
        float* gradients = (float*)gradientRoom.Pointer, sums = _sums + (group * _parts + part) * _sumPart;
        float** inputs = stackalloc float*[6];
        nint firstImage = _batch * part / _parts, endImage = _batch * (part + 1) / _parts;
        for (nint image = firstImage; image < endImage; image += _joined)
        {
            nint images = Math.Min(_joined, endImage - image), positions = images * _geometry.Positions;
            float* source = _geometry.IsPadded ? (float*)borderedRoom.Pointer : _input + (image * _groups + group) * _geometry.Channels * _geometry.InputPlane;
            for (nint i = 0; i < images; i++)
            {
                nint item = (image + i) * _groups + group;
                if (_geometry.IsPadded)
                    _geometry.Border.Pad(_input + item * _geometry.Channels * _geometry.InputPlane, _geometry.Channels, source + i * _imageStep);
                GemmPacking<float>.Pack(_gradOutput + item * _filters * _geometry.Positions, _geometry.Positions, 1, _filters, _geometry.Positions, Panel,
                    gradients + i * _geometry.Positions * Panel, panelStride);
            }
            for (nint panel = 0; panel < Panels; panel++)
            {
                bool two = _filters - panel * Panel > L.Count;
                for (nint position = 0; position < positions; position += PositionsPerBlock)
                {
                    nint count = Math.Min(PositionsPerBlock, positions - position);
                    float* gradient = gradients + panel * panelStride + position * Panel;
                    bool accumulate = image > firstImage || position > 0;
                    for (int tile = 0; tile < tiles; tile++)
                    {
                        int first = firstPair + tile * pairs / tiles, tilePairs = firstPair + (tile + 1) * pairs / tiles - first;
                        for (int i = 0; i < tilePairs; i++)
                            inputs[i] = source + _pairInputs[first + i];
                        float* sum = sums + 2 * first * _sumRow + panel * Panel;
                        if (two)
                            PairedTiles2<L, V, float>.Run(tilePairs, inputs, _step, _positions + position, count, gradient, Panel, sum, _sumRow, accumulate);
                        else
                            PairedTiles1<L, V, float>.Run(tilePairs, inputs, _step, _positions + position, count, gradient, Panel, sum, _sumRow, accumulate);
                    }
                }
            }
        }
    }

    /// <summary>Adds up the parts of one pair and spreads its filters over the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(nint chunk)
    {
        nint pair = chunk % _pairs, group = chunk / _pairs;
        for (nint second = 0; second < 2; second++)
        {
            float* to = _gradWeight + group * _filters * _geometry.Rows + _pairWeights[pair] + second * _weightStep;
            float* sums = _sums + group * _parts * _sumPart + (2 * pair + second) * _sumRow;
            for (nint part = 1; part < _parts; part++)
            {
                float* more = sums + part * _sumPart;
                for (nint filter = 0; filter < _sumRow; filter += L.Count)
                    L.Store(L.Add(L.Load(sums + filter), L.Load(more + filter)), sums + filter);
            }
            for (nint filter = 0; filter < _filters; filter++)
                to[filter * _geometry.Rows] = sums[filter];
        }
    }
}
