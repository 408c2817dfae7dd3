using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Convolution with positions in the lanes: a few vectors of neighbouring outputs against a few filters.</summary>
/// <remarks>
/// For few filters per group, depthwise convolutions among them, and for few taps. All planes of an image's group lie bordered in the cache; the last
/// vector of a row overlaps the one before.
/// </remarks>
[SkipLocalsInit]
internal unsafe struct PlaneConvolution<L, V, T> : IParallelBody
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const long ElementsPerChunk = 16384;
    private const int MostVectors = 4;
    // More results than this do not lie in a near cache.
    private const long NearBytes = 1 << 20;

    private PhasedPlane _plane;
    private T* _source, _bias, _result;
    private nint _items, _groups, _channels, _filters, _resultPlane, _itemsPerChunk, _rowParts;
    private PlanePass<T>* _passes;
    private int _passCount;
    private bool _far;

    /// <summary>The forward pass.</summary>
    public static void Forward(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output)
    {
        var body = new PlaneConvolution<L, V, T>
        {
            _plane = new PhasedPlane(
                shape.Input, (shape.Padding.Depth, shape.Padding.Depth), (shape.Padding.Height, shape.Padding.Height), (shape.Padding.Width, shape.Padding.Width), shape.Stride.Width),
            _source = input,
            _bias = bias,
            _result = output,
            _groups = (nint)shape.Groups,
            _channels = (nint)shape.GroupInputChannels,
            _filters = (nint)shape.GroupOutputChannels,
            _resultPlane = (nint)shape.Output.Count,
        };
        nint taps = (nint)shape.FilterSize, kernel = (nint)shape.Kernel.Count;
        using var offsets = Scratch.Rent<nint>(2 * taps);
        using var packed = Scratch.Rent<T>(shape.WeightCount);
        var pass = new PlanePass<T>
        {
            Height = (nint)(shape.Output.Depth * shape.Output.Height),
            Width = (nint)shape.Output.Width,
            RowStep = (nint)shape.Stride.Height * body._plane.RowStep,
            SliceHeight = (nint)shape.Output.Height,
            SliceStep = (nint)shape.Stride.Depth * body._plane.SliceStep,
            ResultRowStep = (nint)shape.Output.Width,
            ResultColumnStep = 1,
            Taps = taps,
            Offsets = (nint*)offsets.Pointer,
            Weights = (T*)packed.Pointer,
            PositionStep = (nint)shape.Stride.Height,
            FilterStep = (nint)shape.Dilation.Height,
            FilterRows = (nint)shape.Kernel.Height,
            RowTaps = body._channels * (nint)shape.Kernel.Width,
        };
        if (shape.Stride.Height == shape.Dilation.Height)
            pass.SetColumn(shape.Kernel, body._channels, body._filters);
        nint* offset = pass.Offsets, weightOffset = pass.Offsets + taps;
        for (nint depth = 0; depth < shape.Kernel.Depth; depth++)
        for (nint height = 0; height < shape.Kernel.Height; height++)
        for (nint channel = 0; channel < body._channels; channel++)
        for (nint width = 0; width < shape.Kernel.Width; width++)
        {
            *offset++ = channel * body._plane.Count + depth * (nint)shape.Dilation.Depth * body._plane.SliceStep + height * (nint)shape.Dilation.Height * body._plane.RowStep
                + body._plane.Column(width * (nint)shape.Dilation.Width);
            *weightOffset++ = channel * kernel + (depth * (nint)shape.Kernel.Height + height) * (nint)shape.Kernel.Width + width;
        }
        T* to = pass.Weights;
        for (nint group = 0; group < body._groups; group++, weight += body._filters * taps)
            to = Pack(weight, taps, taps, pass.Offsets + taps, body._filters, to);
        body.Run(shape, &pass, 1);
    }

    /// <summary>The input gradient, phase by phase.</summary>
    public static void InputGradient(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput)
    {
        var depth = new DirectPhases(shape.Input.Depth, shape.Output.Depth, shape.Kernel.Depth, 1, shape.Padding.Depth, shape.Dilation.Depth);
        var height = new DirectPhases(shape.Input.Height, shape.Output.Height, shape.Kernel.Height, shape.Stride.Height, shape.Padding.Height, shape.Dilation.Height);
        var width = new DirectPhases(shape.Input.Width, shape.Output.Width, shape.Kernel.Width, shape.Stride.Width, shape.Padding.Width, shape.Dilation.Width);
        var body = new PlaneConvolution<L, V, T>
        {
            _plane = new PhasedPlane(shape.Output, (depth.Before, depth.After), (height.Before, height.After), (width.Before, width.After), 1),
            _source = gradOutput,
            _result = gradInput,
            _groups = (nint)shape.Groups,
            _channels = (nint)shape.GroupOutputChannels,
            _filters = (nint)shape.GroupInputChannels,
            _resultPlane = (nint)shape.Input.Count,
        };
        nint kernel = (nint)shape.Kernel.Count, terms = body._channels * kernel;
        int phases = (int)shape.Stride.Count, next = 0;
        using var passRoom = Scratch.Rent<PlanePass<T>>(phases);
        using var offsetRoom = Scratch.Rent<nint>(2 * terms);
        using var packedRoom = Scratch.Rent<T>(shape.WeightCount);
        var passes = (PlanePass<T>*)passRoom.Pointer;
        nint* offsets = (nint*)offsetRoom.Pointer, weightOffsets = offsets + terms;
        T* packed = (T*)packedRoom.Pointer;
        for (long h = 0; h < shape.Stride.Height; h++)
        for (long w = 0; w < shape.Stride.Width; w++)
        {
            nint taps = 0;
            // From the last tap on, so that the input is walked forward.
            foreach (var (kernelDepth, shiftDepth) in Enumerable.Reverse(depth.Taps[0]))
            foreach (var (kernelHeight, shiftHeight) in Enumerable.Reverse(height.Taps[h]))
            for (nint channel = 0; channel < body._channels; channel++)
            foreach (var (kernelWidth, shiftWidth) in Enumerable.Reverse(width.Taps[w]))
            {
                offsets[taps] = channel * body._plane.Count + (nint)(depth.Before + shiftDepth) * body._plane.SliceStep + (nint)(height.Before + shiftHeight) * body._plane.RowStep
                    + (nint)(width.Before + shiftWidth);
                weightOffsets[taps++] = channel * body._filters * kernel + (nint)((kernelDepth * shape.Kernel.Height + kernelHeight) * shape.Kernel.Width + kernelWidth);
            }
            List<(long Tap, long Shift)> rows = height.Taps[h];
            passes[next++] = new PlanePass<T>
            {
                Height = (nint)shape.Input.Depth * height.Positions(h),
                Width = width.Positions(w),
                RowStep = body._plane.RowStep,
                SliceHeight = height.Positions(h),
                SliceStep = body._plane.SliceStep,
                ResultOrigin = (nint)(h * shape.Input.Width + w),
                ResultRowStep = (nint)(shape.Stride.Height * shape.Input.Width),
                ResultColumnStep = (nint)shape.Stride.Width,
                Taps = taps,
                Offsets = offsets,
                Weights = packed,
                PositionStep = 1,
                FilterOrigin = rows.Count == 0 ? 0 : (nint)(height.Before + rows[^1].Shift),
                FilterStep = rows.Count < 2 ? 0 : (nint)(rows[^2].Shift - rows[^1].Shift),
                FilterRows = rows.Count,
                RowTaps = body._channels * width.Taps[w].Count,
            };
            if (shape.Stride.Count * shape.Dilation.Height == 1)
                passes[0].SetColumn(shape.Kernel, body._channels, body._filters);
            for (nint group = 0; group < body._groups; group++)
                packed = Pack(weight + group * terms * body._filters, kernel, taps, weightOffsets, body._filters, packed);
            offsets += taps;
        }
        body.Run(shape, passes, phases);
    }

    /// <summary>Packs one group's weights by blocks of filters; a tap lies where the table says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T* Pack(T* weight, nint filterStep, nint taps, nint* tapOffsets, nint filters, T* packed)
    {
        for (nint first = 0; first < filters;)
        {
            int block = Planes.Block(filters - first, Planes.MostFilters);
            for (nint tap = 0; tap < taps; tap++)
            {
                T* from = weight + first * filterStep + tapOffsets[tap];
                for (int filter = 0; filter < block; filter++)
                    *packed++ = from[filter * filterStep];
            }
            first += block;
        }
        return packed;
    }

    private void Run(in ConvolutionShape shape, PlanePass<T>* passes, int count)
    {
        _passes = passes;
        _passCount = count;
        _items = (nint)shape.Batch * _groups;
        _far = _items * _filters * _resultPlane * sizeof(T) > NearBytes;
        _itemsPerChunk = (nint)Math.Max(1, ElementsPerChunk / (_filters * _resultPlane));
        nint chunks = GemmPlan.Ceiling(_items, _itemsPerChunk);
        // Whoever does some rows only has to copy the planes, too; so only where there are fewer images than threads.
        _rowParts = Math.Clamp(GemmPlan.Ceiling(WorkerPool.Threads, chunks), 1, Math.Max(1, passes[0].Height / PlanePass<T>.LeastColumn));
        WorkerPool.Run((int)(chunks * _rowParts), ref this);
    }

    public readonly void Run(int chunk)
    {
        nint part = chunk % _rowParts, first = chunk / _rowParts * _itemsPerChunk, end = Math.Min(_items, first + _itemsPerChunk);
        nint sourceSize = _channels * _plane.Count + L.Count;
        using var room = Scratch.Rent<T>(sourceSize + 2 * MostVectors * Planes.MostFilters * L.Count);
        T* bordered = (T*)room.Pointer;
        BorderedPlane.Clear(bordered, sourceSize);
        // Small planes are quickly done, and 64-bit divisions take as long as dozens of products: so none for every plane.
        nint group = first % _groups;
        for (nint item = first; item < end; item++, group = group + 1 == _groups ? 0 : group + 1)
        {
            _plane.Fill(_source + item * _channels * _plane.InnerCount, _channels, bordered);
            for (int i = 0; i < _passCount; i++)
            {
                PlanePass<T>* pass = _passes + i, between = i + 1 < _passCount && pass->IsFollowedBy(pass[1]) ? _passes + ++i : null;
                nint firstRow = part == 0 ? 0 : pass->Height * part / _rowParts, endRow = part + 1 == _rowParts ? pass->Height : pass->Height * (part + 1) / _rowParts;
                T* result = _result + item * _filters * _resultPlane;
                if (pass->ColumnHeight > 0)
                    RunColumns(*pass, group, bordered, bordered + sourceSize, result + pass->ResultOrigin, (int)firstRow, (int)endRow);
                else
                    RunPass(*pass, between, group, bordered, bordered + sourceSize, result, firstRow, endRow);
            }
        }
    }

    /// <summary>One pass over some rows; where there is a second, its results take turns with those of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunPass(in PlanePass<T> pass, PlanePass<T>* between, nint group, T* bordered, T* sums, T* result, nint firstRow, nint endRow)
    {
        T** inputs = stackalloc T*[MostVectors];
        T** results = stackalloc T*[MostVectors];
        nint lastColumn = Math.Max(0, pass.Width - L.Count);
        bool direct = pass.ResultColumnStep == 1 && pass.Width >= L.Count;
        for (nint filter = 0; filter < _filters;)
        {
            int filters = Planes.Block(_filters - filter, Planes.MostFilters), most = L.Rows >= 12 || filters <= 2 ? MostVectors : 2, vectors = 0;
            T* to = result + filter * _resultPlane + pass.ResultOrigin;
            var tile = new Tile { Filter = group * _filters + filter, Filters = filters, Inputs = inputs, Results = results, FirstRow = firstRow, PlaneEnd = result + (filter + 1) * _resultPlane };
            for (nint row = firstRow; row < endRow; row++)
            {
                tile.LastRow = row;
                for (nint column = 0; column < pass.Width; column += L.Count)
                {
                    nint at = Math.Min(column, lastColumn);
                    inputs[vectors] = bordered + pass.RowAt(row) + at;
                    results[vectors++] = to + row * pass.ResultRowStep + at * pass.ResultColumnStep;
                    if (vectors < most)
                        continue;
                    RunTile(pass, between, direct, tile, most, sums);
                    vectors = 0;
                    tile.FirstRow = column + L.Count < pass.Width ? row : row + 1;
                }
            }
            for (; vectors > 0; tile.Inputs += vectors >= 2 ? 2 : 1, tile.Results += vectors >= 2 ? 2 : 1, vectors -= vectors >= 2 ? 2 : 1)
                RunTile(pass, between, direct, tile, vectors >= 2 ? 2 : 1, sums);
            filter += filters;
        }
    }

    /// <summary>A pass of one filter and one channel, some rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunColumns(in PlanePass<T> pass, nint group, T* bordered, T* sums, T* result, int firstRow, int endRow)
    {
        nint lastColumn = Math.Max(0, pass.Width - L.Count), width = pass.ColumnWidth;
        int tiles = (endRow - firstRow + PlanePass<T>.MostColumn - 1) / PlanePass<T>.MostColumn, row = firstRow;
        T* weights = pass.Weights + group * pass.Taps, bias = _bias == null ? null : _bias + group;
        for (; tiles > 0; tiles--)
        {
            int rows = (endRow - row) / tiles;
            for (nint column = 0; column < pass.Width; column += L.Count)
            {
                nint at = Math.Min(column, lastColumn);
                T* from = bordered + row * pass.RowStep + at, to = result + row * pass.ResultRowStep + at;
                if (pass.Width >= L.Count)
                {
                    PlaneColumnTiles<L, V, T>.Run(pass.ColumnHeight, rows, from, pass.RowStep, pass.Offsets, width, weights, bias, to, pass.ResultRowStep);
                    continue;
                }
                PlaneColumnTiles<L, V, T>.Run(pass.ColumnHeight, rows, from, pass.RowStep, pass.Offsets, width, weights, bias, sums, L.Count);
                for (int i = 0; i < rows; i++)
                    PlaneRows.Copy(sums + i * L.Count, pass.Width, to + i * pass.ResultRowStep);
            }
            row += rows;
        }
    }

    /// <summary>Some filters of a group and some vectors of positions.</summary>
    private struct Tile
    {
        public nint Filter, FirstRow, LastRow;
        public int Filters;
        public T** Inputs, Results;
        public T* PlaneEnd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void RunTile(in PlanePass<T> pass, PlanePass<T>* between, bool direct, in Tile tile, int vectors, T* sums)
    {
        if (_far)
            AskAhead(tile, vectors);
        if (direct)
            Sum(pass, tile, vectors, tile.Results, _resultPlane);
        else
            RunScattered(pass, between, tile, vectors, sums);
    }

    /// <summary>Asks for the lines of results that are stored a little later: behind a plane's end follows the same place of the next block of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AskAhead(in Tile tile, int vectors)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            T* at = tile.Results[vector] + WideStore.Ahead / sizeof(T);
            if (at >= tile.PlaneEnd)
                at += (tile.Filters - 1) * _resultPlane;
            for (int filter = tile.Filters; filter > 0; filter--, at += _resultPlane)
                L.Prefetch(at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Sum(in PlanePass<T> pass, in Tile tile, int vectors, T** results, nint plane)
    {
        var (first, taps) = pass.TapsOf(tile.FirstRow, tile.LastRow, _plane);
        PlaneTiles<L, V, T>.Run(
            tile.Filters, vectors, tile.Inputs, pass.Offsets + first, taps, pass.Weights + tile.Filter * pass.Taps + first * tile.Filters,
            _bias == null ? null : _bias + tile.Filter, results, plane);
    }

    /// <summary>Rows shorter than a vector, or results that do not lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunScattered(in PlanePass<T> pass, PlanePass<T>* between, in Tile tile, int vectors, T* sums)
    {
        T** rooms = stackalloc T*[MostVectors];
        nint count = Math.Min(pass.Width, L.Count), step = pass.ResultColumnStep, second = MostVectors * Planes.MostFilters * L.Count;
        for (int vector = 0; vector < vectors; vector++)
            rooms[vector] = sums + vector * tile.Filters * L.Count;
        Sum(pass, tile, vectors, rooms, L.Count);
        if (between != null)
        {
            for (int vector = 0; vector < vectors; vector++)
                rooms[vector] += second;
            Sum(*between, tile, vectors, rooms, L.Count);
        }
        for (int vector = 0; vector < vectors; vector++)
        {
            T* to = tile.Results[vector];
            for (int filter = 0; filter < tile.Filters; filter++, sums += L.Count, to += _resultPlane)
            {
                if (between != null)
                    PlaneRows.Interleave(sums, sums + second, count, to);
                else if (step == 1)
                    PlaneRows.Copy(sums, count, to);
                else
                {
                    for (nint i = 0; i < count; i++)
                        to[i * step] = sums[i];
                }
            }
        }
    }
}
