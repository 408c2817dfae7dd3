using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Winograd's convolution with many channels: a wave of many tiles, then panel by panel of filters.</summary>
/// <remarks>
/// Transformed, the weights would be four times as large as they are and pass through all caches for every wave. So a block of them is
/// transformed just before it is used and never leaves the second-level cache; unless they have been kept, which saves more than reading them costs.
/// </remarks>
internal unsafe struct WinogradPanels<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private const nint TilesPerWave = 128;

    private WinogradForward<L, V> _pass;
    private float* _transformed;
    private nint _firstUnit, _units, _unitsPerChunk, _inputPoint, _mostTiles;
    private bool _multiplying;

    public static void Run(in WinogradForward<L, V> pass)
    {
        WinogradGrid grid = pass.Grid;
        nint units = Math.Clamp(TilesPerWave / grid.TilesPerUnit, 1, grid.Units);
        nint waves = GemmPlan.Ceiling(grid.Units, units);
        units = GemmPlan.Ceiling(grid.Units, waves);
        nint groups = pass.Weights.Groups, mostTiles = units * grid.TilesPerUnit;
        var body = new WinogradPanels<L, V>
        {
            _pass = pass,
            _mostTiles = mostTiles,
            _inputPoint = WinogradInputs<L, V>.Uneven(mostTiles * WinogradInputs<L, V>.Lanes(pass.Weights.Inputs)),
            _unitsPerChunk = Math.Max(1, Math.Min(units / (2 * WorkerPool.Threads), grid.TilesHigh * grid.UnitsPerRow)),
        };
        using var room = Scratch.Rent<float>(groups * WinogradForward<L, V>.Points * body._inputPoint);
        body._transformed = (float*)room.Pointer;
        for (nint unit = 0; unit < grid.Units; unit += units)
        {
            body._firstUnit = unit;
            body._units = Math.Min(units, grid.Units - unit);
            body._multiplying = false;
            WorkerPool.Run((int)(groups * body.TransformChunks), ref body);
            body._multiplying = true;
            WorkerPool.Run((int)(groups * pass.Weights.Panels), ref body);
        }
    }

    private readonly nint TransformChunks => GemmPlan.Ceiling(_units, _unitsPerChunk);

    public readonly void Run(int chunk)
    {
        if (_multiplying)
            Multiply(chunk / _pass.Weights.Panels, chunk % _pass.Weights.Panels);
        else
            Transform(chunk / TransformChunks, chunk % TransformChunks);
    }

    private readonly float* Transformed(nint group) => _transformed + group * WinogradForward<L, V>.Points * _inputPoint;

    private readonly void Transform(nint group, nint chunk)
    {
        nint unit = _firstUnit + chunk * _unitsPerChunk, units = Math.Min(_unitsPerChunk, _firstUnit + _units - unit);
        // A chunk's tiles come behind those of the chunks before, within every block of channels.
        _pass.Inputs.Transform(_pass.Grid, group, unit, units, Transformed(group), _inputPoint, _mostTiles, _pass.Grid.TilesBetween(_firstUnit, unit));
    }

    private readonly void Multiply(nint group, nint panel)
    {
        const int points = WinogradForward<L, V>.Points, block = WinogradForward<L, V>.Block;
        int width = WinogradWeights<L, V>.Panel;
        nint tiles = _pass.Grid.TilesBetween(_firstUnit, _firstUnit + _units);
        nint lanes = Math.Min(width, WinogradInputs<L, V>.Lanes(_pass.Weights.Outputs) - panel * width);
        nint productPoint = WinogradInputs<L, V>.Uneven(tiles * lanes);
        using var productRoom = Scratch.Rent<float>(points * productPoint);
        float* products = (float*)productRoom.Pointer;
        if (_pass.Weights.IsTransformed)
        {
            for (nint point = 0; point < points; point++)
            {
                float* from = _pass.Weights.At(group, point, panel);
                for (nint first = 0; first < _pass.Weights.Inputs; first += block)
                    MultiplyBlock(group, point, first, tiles, from + first * width, products + point * productPoint, lanes);
            }
        }
        else
        {
            nint weightPoint = block * width + 16;
            using var weightRoom = Scratch.Rent<float>(points * weightPoint);
            float* weights = (float*)weightRoom.Pointer;
            for (nint first = 0; first < _pass.Weights.Inputs; first += block)
            {
                _pass.Weights.Transform(group, panel, first, Math.Min(block, _pass.Weights.Inputs - first), weights, weightPoint);
                for (nint point = 0; point < points; point++)
                    MultiplyBlock(group, point, first, tiles, weights + point * weightPoint, products + point * productPoint, lanes);
            }
        }
        _pass.TransformOutputs(group, _firstUnit, _units, products, productPoint, panel * width, lanes);
    }

    private readonly void MultiplyBlock(nint group, nint point, nint first, nint tiles, float* weights, float* products, nint lanes) =>
        _pass.MultiplyBlock(tiles, Transformed(group) + point * _inputPoint + first * _mostTiles, _mostTiles, first, weights, products, lanes, lanes);
}
