using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The weight gradient of a 3 × 3 convolution of stride 1 by the adjoint of F(4×4, 3×3): Gᵀ·(Σ (Bᵀ·x·B) ⊙ (A·g·Aᵀ))·G.</summary>
/// <remarks>
/// Few channels: the tiles fall into parts, each with sums of its own, which are added at the end. Many channels: the sums are large, so there
/// is one set of them, and the threads share the transforms and then the products of each wave of tiles. Which of the two, and how many parts,
/// follows from the shape.
/// </remarks>
internal unsafe struct WinogradWeightGradient<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private const int Points = 36, MostParts = 16;
    private const nint PartsUpToChannels = 128 * 128;

    private WinogradGrid _grid;
    private float* _input, _gradOutput, _gradWeight, _sums;
    private nint _groups, _inputs, _outputs, _inputLanes, _outputLanes;
    private nint _inputHeight, _inputWidth, _outputHeight, _outputWidth, _top, _left;
    private nint _parts, _unitsPerWave, _sumPoint, _sumPart;

    public static void Run(in ConvolutionShape shape, float* input, float* gradOutput, float* gradWeight)
    {
        var body = new WinogradWeightGradient<L, V>
        {
            _grid = new WinogradGrid((nint)shape.Batch, (nint)shape.Output.Height, (nint)shape.Output.Width),
            _input = input,
            _gradOutput = gradOutput,
            _gradWeight = gradWeight,
            _groups = (nint)shape.Groups,
            _inputs = (nint)shape.GroupInputChannels,
            _outputs = (nint)shape.GroupOutputChannels,
            _inputHeight = (nint)shape.Input.Height,
            _inputWidth = (nint)shape.Input.Width,
            _outputHeight = (nint)shape.Output.Height,
            _outputWidth = (nint)shape.Output.Width,
            _top = -(nint)shape.Padding.Height,
            _left = -(nint)shape.Padding.Width,
        };
        body.RunAll();
    }

    private static nint Lanes(nint channels) => GemmPlan.Ceiling(channels, L.Count) * L.Count;

    private static nint Uneven(nint count) => (GemmPlan.Ceiling(count, 16) | 1) * 16;

    private void RunAll()
    {
        _inputLanes = Lanes(_inputs);
        _outputLanes = Lanes(_outputs);
        _sumPoint = Uneven(_inputs * _outputLanes);
        _sumPart = Points * _sumPoint;
        bool small = _inputs * _outputs <= PartsUpToChannels;
        nint tilesPerWave = small ? 28 : 128;
        _unitsPerWave = Math.Clamp((tilesPerWave + _grid.TilesPerUnit / 2) / _grid.TilesPerUnit, 1, _grid.Units);
        _parts = small ? Math.Clamp(_grid.Units / _unitsPerWave, 1, MostParts) : 1;

        using var room = Scratch.Rent<float>(_parts * _groups * _sumPart);
        _sums = (float*)room.Pointer;
        if (_parts * _groups == 1)
            Run(0);
        else
            WorkerPool.Run((int)(_parts * _groups), ref this);
        var finish = new Finish { Owner = this };
        WorkerPool.Run((int)(_groups * _inputs), ref finish);
    }

    /// <summary>One part of one group: its waves one after the other.</summary>
    public readonly void Run(int chunk)
    {
        nint group = chunk / _parts, part = chunk % _parts;
        nint firstUnit = _grid.Units * part / _parts, endUnit = _grid.Units * (part + 1) / _parts;
        nint mostTiles = _unitsPerWave * _grid.TilesPerUnit;
        nint inputPoint = Uneven(mostTiles * _inputLanes), outputPoint = Uneven(mostTiles * _outputLanes);
        using var inputRoom = Scratch.Rent<float>(Points * inputPoint);
        using var outputRoom = Scratch.Rent<float>(Points * outputPoint);
        var wave = new Wave
        {
            Owner = this,
            Group = group,
            Inputs = (float*)inputRoom.Pointer,
            Gradients = (float*)outputRoom.Pointer,
            InputPoint = inputPoint,
            OutputPoint = outputPoint,
            Sums = _sums + (group * _parts + part) * _sumPart,
        };
        for (nint unit = firstUnit; unit < endUnit; unit += _unitsPerWave)
        {
            wave.FirstUnit = unit;
            wave.Units = Math.Min(_unitsPerWave, endUnit - unit);
            wave.Accumulate = unit != firstUnit;
            wave.Multiplying = false;
            WorkerPool.Run((int)wave.Units, ref wave);
            wave.Multiplying = true;
            WorkerPool.Run(Points, ref wave);
        }
    }

    /// <summary>Some tile rows: chunks transform one of them each, or multiply one of the 36 points each.</summary>
    private struct Wave : IParallelBody
    {
        public WinogradWeightGradient<L, V> Owner;
        public float* Inputs, Gradients, Sums;
        public nint Group, InputPoint, OutputPoint, FirstUnit, Units;
        public bool Accumulate, Multiplying;

        public readonly void Run(int chunk)
        {
            if (Multiplying)
                Multiply(chunk);
            else
                Transform(chunk);
        }

        private readonly nint TilesBefore(nint unit)
        {
            // Only the last unit of a row is shorter than the others.
            nint rows = unit / Owner._grid.UnitsPerRow - FirstUnit / Owner._grid.UnitsPerRow;
            return rows * Owner._grid.TilesWide + (unit % Owner._grid.UnitsPerRow - FirstUnit % Owner._grid.UnitsPerRow) * Owner._grid.TilesPerUnit;
        }

        private readonly void Transform(nint chunk)
        {
            nint unit = FirstUnit + chunk, first = TilesBefore(unit);
            nint inputLanes = Owner._inputLanes, outputLanes = Owner._outputLanes;
            Owner._grid.Locate(unit, out nint image, out nint row, out nint column, out nint tiles);
            nint columns = 4 * tiles + 2;
            using var room = Scratch.Rent<float>(6 * columns * Math.Max(inputLanes, outputLanes));
            float* patch = (float*)room.Pointer;
            ChannelsLast<L, V>.Copy(
                Owner._input + (image * Owner._groups + Group) * Owner._inputs * Owner._inputHeight * Owner._inputWidth, Owner._inputHeight, Owner._inputWidth, Owner._inputs,
                row + Owner._top, column + Owner._left, 6, columns, patch, inputLanes);
            for (nint tile = 0; tile < tiles; tile++)
            {
                for (nint lane = 0; lane < inputLanes; lane += L.Count)
                    WinogradTransforms<L, V>.Input(patch + 4 * tile * inputLanes + lane, columns * inputLanes, inputLanes, Inputs + (first + tile) * inputLanes + lane, InputPoint);
            }

            columns = 4 * tiles;
            ChannelsLast<L, V>.Copy(
                Owner._gradOutput + (image * Owner._groups + Group) * Owner._outputs * Owner._outputHeight * Owner._outputWidth, Owner._outputHeight, Owner._outputWidth, Owner._outputs,
                row, column, 4, columns, patch, outputLanes);
            for (nint tile = 0; tile < tiles; tile++)
            {
                for (nint lane = 0; lane < outputLanes; lane += L.Count)
                    WinogradTransforms<L, V>.OutputAdjoint(patch + 4 * tile * outputLanes + lane, columns * outputLanes, outputLanes, Gradients + (first + tile) * outputLanes + lane, OutputPoint);
            }
        }

        private readonly void Multiply(nint point)
        {
            nint end = FirstUnit + Units - 1;
            Owner._grid.Locate(end, out _, out _, out _, out nint last);
            nint tiles = TilesBefore(end) + last;
            nint lanes = Owner._outputLanes;
            int panel = 2 * L.Count;
            float* a = Inputs + point * InputPoint, b = Gradients + point * OutputPoint, c = Sums + point * Owner._sumPoint;
            for (nint j = 0; j < lanes; j += panel)
            {
                for (nint i = 0; i < Owner._inputs; i += L.Rows)
                {
                    int rows = (int)Math.Min(L.Rows, Owner._inputs - i);
                    if (lanes - j >= panel)
                        PackedTiles2<L, V, float>.Run(rows, a + i, Owner._inputLanes, b + j, lanes, tiles, c + i * lanes + j, lanes, 1, Accumulate);
                    else
                        PackedTiles1<L, V, float>.Run(rows, a + i, Owner._inputLanes, b + j, lanes, tiles, c + i * lanes + j, lanes, 1, Accumulate);
                }
            }
        }
    }

    /// <summary>Adds the parts up and transforms back: all filters of one input channel per chunk.</summary>
    private struct Finish : IParallelBody
    {
        public WinogradWeightGradient<L, V> Owner;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            nint group = chunk / Owner._inputs, input = chunk % Owner._inputs;
            float* sums = stackalloc float[Points * 16];
            float* taps = stackalloc float[9 * 16];
            for (nint lane = 0; lane < Owner._outputLanes; lane += L.Count)
            {
                float* from = Owner._sums + group * Owner._parts * Owner._sumPart + input * Owner._outputLanes + lane;
                for (nint point = 0; point < Points; point++)
                {
                    V sum = L.Load(from + point * Owner._sumPoint);
                    for (nint part = 1; part < Owner._parts; part++)
                        sum = L.Add(sum, L.Load(from + part * Owner._sumPart + point * Owner._sumPoint));
                    L.Store(sum, sums + point * L.Count);
                }
                WinogradTransforms<L, V>.WeightAdjoint(sums, L.Count, taps);
                int filters = (int)Math.Min(L.Count, Owner._outputs - lane);
                for (int filter = 0; filter < filters; filter++)
                {
                    float* to = Owner._gradWeight + ((group * Owner._outputs + lane + filter) * Owner._inputs + input) * 9;
                    for (int tap = 0; tap < 9; tap++)
                        to[tap] = taps[tap * L.Count + filter];
                }
            }
        }
    }
}
