using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The weight gradient for few filters per group, depthwise convolutions among them, with positions in the lanes.</summary>
internal unsafe struct PlaneWeightGradient<L, V, T> : IParallelBody
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int WantedChunks = 16, MostTaps = 9;

    private PhasedPlane _plane, _gradient;
    private nint* _offsets;
    private T* _input, _gradOutput, _gradWeight, _sums;
    private nint _batch, _groups, _channels, _filters, _taps, _height, _rowStep, _parts;
    private bool _finishing;

    public static void Run(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight)
    {
        nint taps = (nint)shape.FilterSize, kernel = (nint)shape.Kernel.Count;
        // Zeros fill a row of the gradient up to whole vectors, so that what lies beyond counts nothing.
        nint missing = -(nint)shape.Output.Width & (L.Count - 1);
        var body = new PlaneWeightGradient<L, V, T>
        {
            _plane = new PhasedPlane(shape.Input, (0, 0), (shape.Padding.Height, shape.Padding.Height), (shape.Padding.Width, shape.Padding.Width), shape.Stride.Width, missing),
            _gradient = new PhasedPlane(shape.Output, (0, 0), (0, 0), (0, missing), 1),
            _input = input,
            _gradOutput = gradOutput,
            _gradWeight = gradWeight,
            _batch = (nint)shape.Batch,
            _groups = (nint)shape.Groups,
            _channels = (nint)shape.GroupInputChannels,
            _filters = (nint)shape.GroupOutputChannels,
            _taps = taps,
            _height = (nint)shape.Output.Height,
        };
        body._rowStep = (nint)shape.Stride.Height * body._plane.RowStep;
        // Images fall into parts with sums of their own, whose number depends on the shape only.
        body._parts = Math.Clamp(WantedChunks / body._groups, 1, body._batch);
        using var offsets = Scratch.Rent<nint>(taps);
        using var sums = Scratch.Rent<T>(body._groups * body._parts * body.SumCount);
        body._offsets = (nint*)offsets.Pointer;
        body._sums = (T*)sums.Pointer;
        for (nint tap = 0; tap < taps; tap++)
            body._offsets[tap] = tap / kernel * body._plane.Count + TapOffset(shape, body._plane, tap % kernel);
        WorkerPool.Run((int)(body._groups * body._parts), ref body);
        body._finishing = true;
        WorkerPool.Run((int)body._groups, ref body);
    }

    /// <summary>Where a tap lies from a position in a bordered plane.</summary>
    private static nint TapOffset(in ConvolutionShape shape, in PhasedPlane plane, nint tap) =>
        tap / (nint)shape.Kernel.Width * (nint)shape.Dilation.Height * plane.RowStep + plane.Column(tap % (nint)shape.Kernel.Width * (nint)shape.Dilation.Width);

    private readonly nint SumCount => _filters * _taps * L.Count;

    public readonly void Run(int chunk)
    {
        if (_finishing)
            Finish(chunk);
        else
            Sum(chunk / _parts, chunk % _parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(nint group, nint part)
    {
        nint inputSize = _channels * _plane.Count, gradientSize = _filters * _gradient.Count;
        using var room = Scratch.Rent<T>(inputSize + gradientSize);
        T* bordered = (T*)room.Pointer, gradients = bordered + inputSize, sums = _sums + (group * _parts + part) * SumCount;
        BorderedPlane.Clear(bordered, inputSize + gradientSize);
        BorderedPlane.Clear(sums, SumCount);
        T** inputs = stackalloc T*[MostTaps];
        for (nint image = _batch * part / _parts, end = _batch * (part + 1) / _parts; image < end; image++)
        {
            nint item = image * _groups + group;
            _plane.Fill(_input + item * _channels * _plane.InnerCount, _channels, bordered);
            _gradient.Fill(_gradOutput + item * _filters * _gradient.InnerCount, _filters, gradients);
            for (nint filter = 0; filter < _filters;)
            {
                int filters = Planes.Block(_filters - filter, L.Rows >= 12 ? Planes.MostFilters : 3);
                nint blocks = GemmPlan.Ceiling(_taps, TapsFor(filters));
                for (nint block = 0; block < blocks; block++)
                {
                    nint tap = _taps * block / blocks;
                    int taps = (int)(_taps * (block + 1) / blocks - tap);
                    for (int i = 0; i < taps; i++)
                        inputs[i] = bordered + _offsets[tap + i];
                    PlaneWeightTiles<L, V, T>.Run(filters, taps, gradients + filter * _gradient.Count, _gradient.Count, _height, _gradient.RowStep, inputs, _rowStep,
                        sums + (filter * _taps + tap) * L.Count, _taps * L.Count);
                }
                filter += filters;
            }
        }
    }

    /// <summary>As many taps as there are tiles for, and registers.</summary>
    private static int TapsFor(int filters) => filters == 1 ? MostTaps : L.Rows >= 12 ? filters switch { 2 => MostTaps, 3 => 6, _ => 4 } : filters == 2 ? 6 : 4;

    /// <summary>Adds up the parts of one group and the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(nint group)
    {
        T* from = _sums + group * _parts * SumCount, to = _gradWeight + group * _filters * _taps;
        for (nint i = 0; i < _filters * _taps; i++, from += L.Count)
        {
            V sum = L.Load(from);
            for (nint part = 1; part < _parts; part++)
                sum = L.Add(sum, L.Load(from + part * SumCount));
            to[i] = L.Sum(sum);
        }
    }
}
