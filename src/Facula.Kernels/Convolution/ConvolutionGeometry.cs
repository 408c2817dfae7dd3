using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Where the taps of a filter fall in an image that carries its padding as a border of zeros.</summary>
/// <remarks>
/// With the border no tap ever needs a test: an output position has a base address, a tap (channel, depth, height, width) an offset.
/// "Rows" are taps and "positions" are outputs: the rows and columns of the matrix that im2col would build, of which only blocks are made here.
/// </remarks>
internal readonly unsafe struct ConvolutionGeometry
{
    public readonly BorderedPlane Border;
    public readonly nint Channels, Taps;
    public readonly nint OutputWidth, OutputHeight, Positions;
    private readonly nint _kernelDepth, _kernelHeight, _kernelWidth;
    private readonly nint _strideDepth, _strideHeight, _strideWidth;
    private readonly nint _dilationDepth, _dilationHeight, _dilationWidth;
    private readonly nint* _offsets;

    /// <summary>Reads the shape; the offsets of all taps are kept in a table the caller provides, of <see cref="ConvolutionShape.FilterSize"/> entries.</summary>
    public ConvolutionGeometry(in ConvolutionShape shape, nint* offsets)
    {
        _offsets = offsets;
        Border = new BorderedPlane(shape.Input, shape.Padding, shape.Padding);
        Channels = (nint)shape.GroupInputChannels;
        Taps = (nint)shape.Kernel.Count;
        OutputWidth = (nint)shape.Output.Width;
        OutputHeight = (nint)shape.Output.Height;
        Positions = (nint)shape.Output.Count;
        _kernelDepth = (nint)shape.Kernel.Depth;
        _kernelHeight = (nint)shape.Kernel.Height;
        _kernelWidth = (nint)shape.Kernel.Width;
        _strideDepth = (nint)shape.Stride.Depth;
        _strideHeight = (nint)shape.Stride.Height;
        _strideWidth = (nint)shape.Stride.Width;
        _dilationDepth = (nint)shape.Dilation.Depth;
        _dilationHeight = (nint)shape.Dilation.Height;
        _dilationWidth = (nint)shape.Dilation.Width;
        FillOffsets();
    }

    /// <summary>Whether there is a border at all; if not, the input itself serves.</summary>
    public bool IsPadded => Border.HasBorder;

    /// <summary>Elements of one channel, border included.</summary>
    public nint Plane => Border.Count;

    public nint InputPlane => Border.InnerCount;

    public nint Rows => Channels * Taps;

    /// <summary>The address of a tap relative to that of a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint RowOffset(nint row) => _offsets[row];

    private void FillOffsets()
    {
        nint* next = _offsets;
        for (nint channel = 0; channel < Channels; channel++)
        {
            for (nint depth = 0; depth < _kernelDepth; depth++)
            {
                for (nint height = 0; height < _kernelHeight; height++)
                {
                    nint row = channel * Plane + (depth * _dilationDepth * Border.Height + height * _dilationHeight) * Border.Width;
                    for (nint width = 0; width < _kernelWidth; width++)
                        *next++ = row + width * _dilationWidth;
                }
            }
        }
    }

    /// <summary>Writes the base address of every position.</summary>
    public void FillPositions(nint* positions)
    {
        var runs = new Runs(this, 0, Positions);
        while (runs.Next())
        {
            for (nint i = 0; i < runs.Length; i++)
                *positions++ = runs.Base + i * _strideWidth;
        }
    }

    /// <summary>Walks a range of positions in runs that share an output row.</summary>
    public struct Runs
    {
        private readonly nint _outputWidth, _outputHeight, _rowStep, _planeStep, _step;
        private nint _width, _height, _depth, _left;

        public Runs(in ConvolutionGeometry geometry, nint first, nint count)
        {
            _outputWidth = geometry.OutputWidth;
            _outputHeight = geometry.OutputHeight;
            _step = geometry._strideWidth;
            _rowStep = geometry._strideHeight * geometry.Border.Width;
            _planeStep = geometry._strideDepth * geometry.Border.Width * geometry.Border.Height;
            _width = first % _outputWidth;
            nint rest = first / _outputWidth;
            _height = rest % _outputHeight;
            _depth = rest / _outputHeight;
            _left = count;
            Length = 0;
            Base = 0;
        }

        /// <summary>Positions in the run.</summary>
        public nint Length { get; private set; }

        /// <summary>The address of the run's first position.</summary>
        public nint Base { get; private set; }

        public bool Next()
        {
            if (_left <= 0)
                return false;
            Length = Math.Min(_left, _outputWidth - _width);
            Base = _depth * _planeStep + _height * _rowStep + _width * _step;
            _left -= Length;
            _width = 0;
            if (++_height == _outputHeight)
            {
                _height = 0;
                _depth++;
            }
            return true;
        }
    }

    /// <summary>Copies what some rows (taps) see at some positions: a block of the im2col matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather<T>(T* image, nint firstRow, nint rows, nint firstPosition, nint positions, T* destination, nint destinationStride) where T : unmanaged
    {
        var runs = new Runs(this, firstPosition, positions);
        nint done = 0;
        while (runs.Next())
        {
            T* source = image + runs.Base;
            for (nint row = 0; row < rows; row++)
                CopyStrided(source + RowOffset(firstRow + row), _strideWidth, destination + row * destinationStride + done, runs.Length);
            done += runs.Length;
        }
    }

    /// <summary>Adds such a block back to the places it would have been read from: the adjoint of <see cref="Gather"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter<T>(T* source, nint sourceStride, nint firstRow, nint rows, nint firstPosition, nint positions, T* image)
        where T : unmanaged, INumberBase<T>
    {
        for (nint row = 0; row < rows; row++, source += sourceStride)
        {
            T* to = image + RowOffset(firstRow + row), from = source;
            var runs = new Runs(this, firstPosition, positions);
            while (runs.Next())
            {
                AddStrided(from, to + runs.Base, _strideWidth, runs.Length);
                from += runs.Length;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyStrided<T>(T* source, nint stride, T* destination, nint count) where T : unmanaged
    {
        nint i = 0;
        if (stride == 1)
        {
            for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
                Vector256.Load(source + i).Store(destination + i);
        }
        for (; i < count; i++)
            destination[i] = source[i * stride];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddStrided<T>(T* source, T* destination, nint stride, nint count) where T : unmanaged, INumberBase<T>
    {
        nint i = 0;
        if (stride == 1)
        {
            for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
                (Vector256.Load(destination + i) + Vector256.Load(source + i)).Store(destination + i);
        }
        for (; i < count; i++)
            destination[i * stride] += source[i];
    }
}
