using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>A 3 × 3 or 5 × 5 convolution of stride 1, forward or as input gradient, by Winograd's F(4×4, 3×3) or F(2×2, 5×5).</summary>
/// <remarks>
/// A wave is some tile rows, so few that their transforms stay in the second-level cache: patches to vectors of channels,
/// 36 products tiles × channels × filters, and back to planes. Where the weights are too many for that, <see cref="WinogradPanels{L,V}"/> turns the loops round.
/// </remarks>
[SkipLocalsInit]
internal unsafe struct WinogradForward<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    public const int Points = WinogradTransforms<L, V>.Points;

    /// <summary>Channels summed in registers before the sums are added up: short chains round less, and their weights stay in the first-level cache.</summary>
    public const int Block = 64;

    private const int MostWavesPerChunk = 16, TilesPerWave = 28;

    // Up to so many weights, transformed, share the second-level cache with a wave.
    private const nint MostShared = 64 * 96;

    private WinogradGrid _grid;
    private WinogradWeights<L, V> _weights;
    private WinogradInputs<L, V> _inputs;
    private float* _bias, _output;
    private nint _outputHeight, _outputWidth, _unitsPerWave, _wavesPerChunk, _chunksPerGroup;

    /// <summary>Transforms the weights of the forward pass.</summary>
    public static void Prepare(in ConvolutionShape shape, float* weight, float* prepared)
    {
        var weights = WinogradWeights<L, V>.Of(shape);
        weights.ReadForward(weight);
        weights.TransformAll(prepared);
    }

    /// <summary>The forward pass; <paramref name="prepared"/> weights may be null.</summary>
    public static void Run(in ConvolutionShape shape, float* input, float* weight, float* bias, float* output, float* prepared)
    {
        var body = new WinogradForward<L, V>
        {
            _grid = new WinogradGrid((nint)shape.Batch, (nint)shape.Output.Height, (nint)shape.Output.Width, (int)shape.Kernel.Width),
            _weights = WinogradWeights<L, V>.Of(shape),
            _inputs = WinogradInputs<L, V>.Of(shape, input),
            _bias = bias,
            _output = output,
            _outputHeight = (nint)shape.Output.Height,
            _outputWidth = (nint)shape.Output.Width,
        };
        if (prepared != null)
            body._weights.ReadTransformed(prepared);
        else
            body._weights.ReadForward(weight);
        body.RunAll();
    }

    /// <summary>The input gradient: the convolution of the output gradient with the turned filters.</summary>
    public static void RunInputGradient(in ConvolutionShape shape, float* gradOutput, float* weight, float* gradInput)
    {
        var body = new WinogradForward<L, V>
        {
            _grid = new WinogradGrid((nint)shape.Batch, (nint)shape.Input.Height, (nint)shape.Input.Width, (int)shape.Kernel.Width),
            _weights = new() { Groups = (int)shape.Groups, Inputs = (nint)shape.GroupOutputChannels, Outputs = (nint)shape.GroupInputChannels, Side = (int)shape.Kernel.Width },
            _inputs = new()
            {
                Source = gradOutput,
                Groups = (nint)shape.Groups,
                Channels = (nint)shape.GroupOutputChannels,
                Height = (nint)shape.Output.Height,
                Width = (nint)shape.Output.Width,
                Top = (nint)(shape.Padding.Height - shape.Kernel.Height) + 1,
                Left = (nint)(shape.Padding.Width - shape.Kernel.Width) + 1,
            },
            _output = gradInput,
            _outputHeight = (nint)shape.Input.Height,
            _outputWidth = (nint)shape.Input.Width,
        };
        body._weights.ReadBackward(weight);
        body.RunAll();
    }

    public readonly WinogradGrid Grid => _grid;
    public readonly WinogradInputs<L, V> Inputs => _inputs;
    public readonly WinogradWeights<L, V> Weights => _weights;

    private void RunAll()
    {
        if (_weights.Inputs * _weights.Outputs > MostShared)
        {
            WinogradPanels<L, V>.Run(this);
            return;
        }
        using var room = _weights.IsTransformed ? default : Scratch.Rent<float>(_weights.Count);
        if (!_weights.IsTransformed)
            _weights.TransformAll((float*)room.Pointer);
        _unitsPerWave = Math.Clamp((TilesPerWave + _grid.TilesPerUnit / 2) / _grid.TilesPerUnit, 1, _grid.Units);
        // No fewer waves than threads, as long as a tile of products is full.
        nint fair = GemmPlan.Ceiling(_grid.Units, WorkerPool.Threads);
        if (fair < _unitsPerWave)
            _unitsPerWave = Math.Max(fair, Math.Min(_unitsPerWave, GemmPlan.Ceiling(12, _grid.TilesPerUnit)));
        nint waves = GemmPlan.Ceiling(_grid.Units, _unitsPerWave);
        // Several waves in a row, so that each can ask for the memory of the next.
        _wavesPerChunk = Math.Clamp(waves / (4 * WorkerPool.Threads), 1, MostWavesPerChunk);
        _chunksPerGroup = GemmPlan.Ceiling(waves, _wavesPerChunk);
        WorkerPool.Run((int)(_chunksPerGroup * _weights.Groups), ref this);
    }

    public readonly void Run(int chunk)
    {
        nint group = chunk / _chunksPerGroup, unitsPerChunk = _unitsPerWave * _wavesPerChunk;
        nint unit = chunk % _chunksPerGroup * unitsPerChunk, end = Math.Min(_grid.Units, unit + unitsPerChunk);
        nint inputLanes = WinogradInputs<L, V>.Lanes(_weights.Inputs), outputLanes = WinogradInputs<L, V>.Lanes(_weights.Outputs);
        nint mostTiles = _unitsPerWave * _grid.TilesPerUnit;
        nint inputPoint = WinogradInputs<L, V>.Uneven(mostTiles * inputLanes), outputPoint = WinogradInputs<L, V>.Uneven(mostTiles * outputLanes);
        using var inputRoom = Scratch.Rent<float>(Points * inputPoint);
        using var outputRoom = Scratch.Rent<float>(Points * outputPoint);
        float* transformed = (float*)inputRoom.Pointer, products = (float*)outputRoom.Pointer;
        for (; unit < end; unit += _unitsPerWave)
        {
            nint units = Math.Min(_unitsPerWave, end - unit);
            nint tiles = _inputs.Transform(_grid, group, unit, units, transformed, inputPoint, mostTiles, 0);
            for (nint point = 0; point < Points; point++)
            {
                // The products leave the memory idle, so ask meanwhile for what comes next: the results' lines and the next wave's inputs.
                Prefetch(group, unit, units, point, isInput: false);
                Prefetch(group, unit + units, Math.Min(_unitsPerWave, end - unit - units), point, isInput: true);
                Multiply(group, point, tiles, mostTiles, transformed + point * inputPoint, products + point * outputPoint, outputLanes);
            }
            TransformOutputs(group, unit, units, products, outputPoint, 0, outputLanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Prefetch(nint group, nint firstUnit, nint units, nint point, bool isInput)
    {
        if (!Sse.IsSupported)
            return;
        nint channels = isInput ? _weights.Inputs : _weights.Outputs, height = isInput ? _inputs.Height : _outputHeight, width = isInput ? _inputs.Width : _outputWidth;
        nint first = channels * point / Points, end = channels * (point + 1) / Points;
        for (nint unit = firstUnit; unit < firstUnit + units; unit++)
        {
            _grid.Locate(unit, out nint image, out nint row, out nint column, out nint tiles);
            nint top = Math.Clamp(isInput ? row + _inputs.Top + _grid.Taps - 1 : row, 0, height), bottom = Math.Min(height, top + _grid.Side);
            float* plane = (isInput ? _inputs.Source : _output) + ((image * _weights.Groups + group) * channels + first) * height * width;
            for (nint channel = first; channel < end; channel++, plane += height * width)
            {
                if (_grid.UnitsPerRow == 1)
                {
                    for (float* line = plane + top * width, last = plane + bottom * width; line < last; line += 16)
                        Sse.Prefetch1(line);
                }
                else
                {
                    for (nint y = top; y < bottom; y++)
                    {
                        for (float* line = plane + y * width + column, last = line + Math.Min(_grid.Side * tiles, width - column); line < last; line += 16)
                            Sse.Prefetch1(line);
                    }
                }
            }
        }
    }

    private readonly void Multiply(nint group, nint point, nint tiles, nint mostTiles, float* transformed, float* products, nint outputLanes)
    {
        int panel = WinogradWeights<L, V>.Panel;
        for (nint first = 0; first < _weights.Inputs; first += Block)
        {
            for (nint j = 0; j < _weights.Panels; j++)
                MultiplyBlock(tiles, transformed + first * mostTiles, mostTiles, first, _weights.At(group, point, j) + first * panel, products + j * panel, outputLanes, outputLanes - j * panel);
        }
    }

    /// <summary>Adds to the products of some tiles with up to two vectors of filters what a block of channels, from <paramref name="first"/>, contributes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void MultiplyBlock(nint tiles, float* transformed, nint mostTiles, nint first, float* weights, float* products, nint productRow, nint filters)
    {
        // Strips of equal height: 28 = 10 + 9 + 9 keeps the multipliers busier than 12 + 12 + 4.
        nint strips = GemmPlan.Ceiling(tiles, L.Rows), done = 0;
        nint channels = Math.Min(Block, _weights.Inputs - first);
        int panel = WinogradWeights<L, V>.Panel;
        for (nint strip = 0; strip < strips; strip++)
        {
            int rows = (int)((tiles - done) / (strips - strip));
            float* a = transformed + done * L.Count, c = products + done * productRow;
            if (filters >= panel)
                LaneTiles2<L, V, float>.Run(rows, a, mostTiles * L.Count, weights, channels, c, productRow, first > 0);
            else
                LaneTiles1<L, V, float>.Run(rows, a, mostTiles * L.Count, weights, channels, c, productRow, first > 0);
            done += rows;
        }
    }

    /// <summary>Transforms products (tiles × <paramref name="lanes"/>) of the channels from <paramref name="first"/> on back into planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void TransformOutputs(nint group, nint firstUnit, nint units, float* products, nint point, nint first, nint lanes)
    {
        float* room = stackalloc float[16 * 16 + 16], results = WinogradTransforms<L, V>.Align(room);
        float* biases = stackalloc float[16];
        nint plane = _outputHeight * _outputWidth, side = _grid.Side;
        for (nint lane = 0; lane < lanes; lane += L.Count)
        {
            nint channel = first + lane;
            int channels = (int)Math.Min(L.Count, _weights.Outputs - channel);
            for (int i = 0; i < L.Count; i++)
                biases[i] = _bias == null || i >= channels ? 0 : _bias[group * _weights.Outputs + channel + i];
            V bias = L.Load(biases);
            float* from = products + lane;
            for (nint unit = firstUnit; unit < firstUnit + units; unit++)
            {
                _grid.Locate(unit, out nint image, out nint row, out nint column, out nint tiles);
                int height = (int)Math.Min(side, _outputHeight - row);
                float* to = _output + ((image * _weights.Groups + group) * _weights.Outputs + channel) * plane + row * _outputWidth + column;
                // Four columns at a time: one tile or two.
                for (nint x = 0, end = Math.Min(side * tiles, _outputWidth - column); x < end; x += 4, from += lanes)
                {
                    if (side == 4)
                    {
                        WinogradTransforms<L, V>.Output(from, point, bias, results);
                    }
                    else
                    {
                        WinogradTransforms<L, V>.OutputOfFive(from, point, bias, results, 4 * L.Count);
                        if (x + 2 < end)
                            WinogradTransforms<L, V>.OutputOfFive(from += lanes, point, bias, results + 2 * L.Count, 4 * L.Count);
                    }
                    StoreTile(results, height, (int)Math.Min(4, end - x), channels, to + x, plane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void StoreTile(float* results, int height, int width, int channels, float* destination, nint plane)
    {
        float* turned = stackalloc float[4 * 16];
        for (int i = 0; i < height; i++, results += 4 * L.Count, destination += _outputWidth)
        {
            if (width == 4 && channels == L.Count)
            {
                ChannelLanes<V>.StoreFour(L.Load(results), L.Load(results + L.Count), L.Load(results + 2 * L.Count), L.Load(results + 3 * L.Count), destination, plane);
                continue;
            }
            ChannelLanes<V>.StoreFour(L.Load(results), L.Load(results + L.Count), L.Load(results + 2 * L.Count), L.Load(results + 3 * L.Count), turned, 4);
            float* from = turned, to = destination;
            for (int channel = 0; channel < channels; channel++, from += 4, to += plane)
            {
                if (width > 1)
                    *(long*)to = *(long*)from;
                for (int x = width & 2; x < width; x++)
                    to[x] = from[x];
            }
        }
    }
}
