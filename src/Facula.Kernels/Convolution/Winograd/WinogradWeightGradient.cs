using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The weight gradient of a 3 × 3 or 5 × 5 convolution of stride 1 by the adjoint of F(4×4, 3×3) or F(2×2, 5×5): Gᵀ·(Σ (Bᵀ·x·B) ⊙ (A·g·Aᵀ))·G.</summary>
/// <remarks>
/// Few channels: the tiles fall into parts, each with sums of its own that stay in the second-level cache, which are added at the end. Many channels:
/// the sums are large, so a wave of many tiles is transformed first, and then block by block of channels × filters multiplied and transformed back,
/// the weights of the waves being added up. Which of the two, and how many parts, follows from the shape.
/// </remarks>
[SkipLocalsInit]
internal unsafe struct WinogradWeightGradient<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private const int Points = WinogradTransforms<L, V>.Points, MostParts = 8, Block = 64, FinishInputs = 16;
    private const nint TilesPerPart = 28, TilesPerWave = 256;
    // The columns of G for x³ and x⁴ let rounding grow: sums of sums then, of no more tiles than this.
    private const nint TilesPerSumOfFive = 32;
    private const nint PartsUpToChannels = 64 * 96;

    private WinogradGrid _grid;
    private WinogradInputs<L, V> _input;
    private float* _gradOutput, _gradWeight, _sums;
    private nint _groups, _inputs, _outputs, _inputLanes, _outputLanes;
    private nint _outputHeight, _outputWidth;
    private nint _parts, _unitsPerWave, _sumPoint, _sumPart;
    private Wave _wave;
    private Phase _phase;

    private enum Phase { Parts, Finish, Transform, Blocks }

    public static void Run(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        var body = new WinogradWeightGradient<L, V>
        {
            _grid = new WinogradGrid((nint)shape.Batch, (nint)shape.Output.Height, (nint)shape.Output.Width, (int)shape.Kernel.Width),
            _input = WinogradInputs<L, V>.Of(shape, input),
            _gradOutput = gradOutput,
            _gradWeight = gradWeight,
            _groups = (nint)shape.Groups,
            _inputs = (nint)shape.GroupInputChannels,
            _outputs = (nint)shape.GroupOutputChannels,
            _outputHeight = (nint)shape.Output.Height,
            _outputWidth = (nint)shape.Output.Width,
        };
        body.RunAll();
    }

    private static int Panel => 2 * L.Count;

    private void RunAll()
    {
        _inputLanes = WinogradInputs<L, V>.Lanes(_inputs);
        _outputLanes = WinogradInputs<L, V>.Lanes(_outputs);
        bool inParts = _inputs * _outputs <= PartsUpToChannels;
        _unitsPerWave = Math.Clamp(((inParts ? TilesPerPart : TilesPerWave) + _grid.TilesPerUnit / 2) / _grid.TilesPerUnit, 1, _grid.Units);
        if (inParts)
            RunParts();
        else
            RunBlocks();
    }

    private void RunParts()
    {
        _sumPoint = WinogradInputs<L, V>.Uneven(_inputs * _outputLanes);
        _sumPart = Points * _sumPoint;
        _parts = Math.Clamp(_grid.Units / _unitsPerWave, 1, MostParts);
        using var room = Scratch.Rent<float>(_parts * _groups * _sumPart);
        _sums = (float*)room.Pointer;
        _phase = Phase.Parts;
        WorkerPool.Run((int)(_parts * _groups), ref this);
        _phase = Phase.Finish;
        WorkerPool.Run((int)(_groups * GemmPlan.Ceiling(_inputs, FinishInputs)), ref this);
    }

    private void RunBlocks()
    {
        using var inputRoom = Scratch.Rent<float>(_groups * InputSize);
        using var outputRoom = Scratch.Rent<float>(_groups * OutputSize);
        for (nint unit = 0; unit < _grid.Units; unit += _unitsPerWave)
        {
            _wave = new Wave { FirstUnit = unit, Units = Math.Min(_unitsPerWave, _grid.Units - unit), Inputs = (float*)inputRoom.Pointer, Gradients = (float*)outputRoom.Pointer };
            _phase = Phase.Transform;
            WorkerPool.Run((int)(_groups * _wave.Units), ref this);
            _phase = Phase.Blocks;
            WorkerPool.Run((int)(_groups * InputBlocks * OutputBlocks), ref this);
        }
    }

    private readonly nint MostTiles => _unitsPerWave * _grid.TilesPerUnit;
    private readonly nint InputPoint => WinogradInputs<L, V>.Uneven(MostTiles * _inputLanes);
    private readonly nint OutputPoint => WinogradInputs<L, V>.Uneven(MostTiles * _outputLanes);
    private readonly nint InputSize => Points * InputPoint;
    private readonly nint OutputSize => Points * OutputPoint;
    private readonly nint InputBlocks => GemmPlan.Ceiling(_inputs, Block);
    private readonly nint OutputBlocks => GemmPlan.Ceiling(_outputs, Block);

    public readonly void Run(int chunk)
    {
        switch (_phase)
        {
            case Phase.Parts: RunPart(chunk / _parts, chunk % _parts); break;
            case Phase.Finish: FinishParts(chunk); break;
            case Phase.Transform: Transform(_wave.Of(chunk / _wave.Units, InputSize, OutputSize), chunk / _wave.Units, _wave.FirstUnit + chunk % _wave.Units); break;
            case Phase.Blocks: RunBlock(chunk / (InputBlocks * OutputBlocks), chunk / OutputBlocks % InputBlocks * Block, chunk % OutputBlocks * Block); break;
        }
    }

    /// <summary>One part of one group: its waves one after the other.</summary>
    private readonly void RunPart(nint group, nint part)
    {
        nint end = _grid.Units * (part + 1) / _parts, first = _grid.Units * part / _parts;
        using var inputRoom = Scratch.Rent<float>(InputSize);
        using var outputRoom = Scratch.Rent<float>(OutputSize);
        for (nint start = first; start < end; start += _unitsPerWave)
        {
            var wave = new Wave { FirstUnit = start, Units = Math.Min(_unitsPerWave, end - start), Inputs = (float*)inputRoom.Pointer, Gradients = (float*)outputRoom.Pointer };
            for (nint unit = 0; unit < wave.Units; unit++)
                Transform(wave, group, start + unit);
            for (nint point = 0; point < Points; point++)
                Multiply(wave, point, 0, _inputs, 0, _outputLanes, _sums + (group * _parts + part) * _sumPart + point * _sumPoint, start > first);
        }
    }

    private readonly void FinishParts(nint chunk)
    {
        nint blocks = GemmPlan.Ceiling(_inputs, FinishInputs), group = chunk / blocks, input = chunk % blocks * FinishInputs;
        nint inputs = Math.Min(FinishInputs, _inputs - input);
        float* sums = _sums + group * _parts * _sumPart + input * _outputLanes;
        for (nint part = 1; part < _parts; part++)
        {
            for (nint point = 0; point < Points; point++)
                Add(sums + part * _sumPart + point * _sumPoint, sums + point * _sumPoint, inputs * _outputLanes);
        }
        Finish(group, sums, _sumPoint, input, inputs, 0, _outputLanes, false);
    }

    /// <summary>The weights between some channels and some filters, as far as this wave of tiles goes.</summary>
    private readonly void RunBlock(nint group, nint input, nint output)
    {
        nint inputs = Math.Min(Block, _inputs - input), lanes = Math.Min(Block, _outputLanes - output), sumPoint = WinogradInputs<L, V>.Uneven(inputs * lanes);
        using var room = Scratch.Rent<float>(Points * sumPoint);
        float* sums = (float*)room.Pointer;
        for (nint point = 0; point < Points; point++)
            Multiply(_wave.Of(group, InputSize, OutputSize), point, input, inputs, output, lanes, sums + point * sumPoint, false);
        Finish(group, sums, sumPoint, input, inputs, output, lanes, _wave.FirstUnit > 0);
    }

    /// <summary>The transforms of some tile rows.</summary>
    /// <remarks>
    /// Within a point the inputs lie by vectors of channels and the gradients by panels of two vectors of filters, in each of which the tiles
    /// follow one another: so a product reads both from beginning to end.
    /// </remarks>
    private struct Wave
    {
        public nint FirstUnit, Units;
        public float* Inputs, Gradients;

        public readonly Wave Of(nint group, nint inputSize, nint outputSize) => this with { Inputs = Inputs + group * inputSize, Gradients = Gradients + group * outputSize };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Transform(in Wave wave, nint group, nint unit)
    {
        nint first = _grid.TilesBetween(wave.FirstUnit, unit);
        _input.Transform(_grid, group, unit, 1, wave.Inputs, InputPoint, MostTiles, first);
        _grid.Locate(unit, out nint image, out nint row, out nint column, out nint tiles);
        nint side = _grid.Side, columns = side * tiles;
        using var room = Scratch.Rent<float>(side * columns * Panel);
        float* patch = (float*)room.Pointer, source = _gradOutput + (image * _groups + group) * _outputs * _outputHeight * _outputWidth;
        for (nint panel = 0; panel < _outputLanes; panel += Panel)
        {
            nint width = Math.Min(Panel, _outputLanes - panel);
            ChannelsLast<L, V>.Copy(source + panel * _outputHeight * _outputWidth, _outputHeight, _outputWidth, _outputs - panel, row, column, side, columns, patch, width);
            float* to = wave.Gradients + panel * MostTiles + first * width;
            for (nint lane = 0; lane < width; lane += L.Count)
            {
                if (side == 4)
                    WinogradTransforms<L, V>.OutputAdjoint(patch + lane, columns * width, width, 4 * width, to + lane, OutputPoint, width, tiles);
                else
                    WinogradTransforms<L, V>.OutputAdjointOfFive(patch + lane, columns * width, width, 2 * width, to + lane, OutputPoint, width, tiles);
            }
        }
    }

    /// <summary>One point: some channels × some filters, summed over the wave's tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(in Wave wave, nint point, nint input, nint inputs, nint output, nint lanes, float* sums, bool accumulate)
    {
        nint tiles = _grid.TilesBetween(wave.FirstUnit, wave.FirstUnit + wave.Units);
        nint step = _grid.Taps == 3 ? tiles : GemmPlan.Ceiling(tiles, GemmPlan.Ceiling(tiles, TilesPerSumOfFive));
        // A vector of channels that is taller than a tile makes two tiles of equal height.
        int most = L.Count > L.Rows ? L.Count / 2 : L.Count;
        for (nint j = 0; j < lanes; j += Panel)
        {
            nint width = Math.Min(Panel, lanes - j);
            float* b = wave.Gradients + point * OutputPoint + (output + j) * MostTiles;
            for (nint i = 0; i < inputs; i += most)
            {
                int rows = (int)Math.Min(most, inputs - i);
                float* a = wave.Inputs + point * InputPoint + (input + i) / L.Count * L.Count * MostTiles + i % L.Count;
                float* c = sums + i * lanes + j;
                for (nint first = 0; first < tiles; first += step)
                {
                    nint some = Math.Min(step, tiles - first);
                    if (width == Panel)
                        PackedTiles2<L, V, float>.Run(rows, a + first * L.Count, L.Count, b + first * Panel, Panel, some, c, lanes, 1, accumulate || first > 0);
                    else
                        PackedTiles1<L, V, float>.Run(rows, a + first * L.Count, L.Count, b + first * width, width, some, c, lanes, 1, accumulate || first > 0);
                }
            }
        }
    }

    /// <summary>Transforms sums of some channels × some filters back to taps, and stores them or adds them to those there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(nint group, float* sums, nint sumPoint, nint input, nint inputs, nint output, nint lanes, bool accumulate)
    {
        nint all = _grid.Taps * _grid.Taps, row = all * inputs;
        using var room = Scratch.Rent<float>(2 * row * L.Count);
        float* taps = (float*)room.Pointer, turned = taps + row * L.Count;
        for (nint lane = 0; lane < lanes; lane += L.Count)
        {
            nint filters = Math.Min(L.Count, _outputs - output - lane);
            for (nint i = 0; i < inputs; i++)
            {
                if (_grid.Taps == 3)
                    WinogradTransforms<L, V>.WeightAdjoint(sums + i * lanes + lane, sumPoint, taps + i * all * L.Count);
                else
                    WinogradTransforms<L, V>.WeightAdjointOfFive(sums + i * lanes + lane, sumPoint, taps + i * all * L.Count);
            }
            GemmPacking<float>.Pack(taps, L.Count, 1, row, filters, (int)row, turned, 0);
            for (nint filter = 0; filter < filters; filter++)
            {
                float* to = _gradWeight + ((group * _outputs + output + lane + filter) * _inputs + input) * all, from = turned + filter * row;
                if (accumulate)
                    Add(from, to, row);
                else
                    Unsafe.CopyBlockUnaligned(to, from, (uint)(row * sizeof(float)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* source, float* destination, nint count)
    {
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
            L.Store(L.Add(L.Load(destination + i), L.Load(source + i)), destination + i);
        for (; i < count; i++)
            destination[i] += source[i];
    }
}
