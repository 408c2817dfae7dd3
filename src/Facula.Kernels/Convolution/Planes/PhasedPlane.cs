using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A plane, or slices of one another behind, inside a border of zeros whose columns are sorted by their remainder modulo a stride: then every tap of every stride is a plain load.</summary>
internal readonly unsafe struct PhasedPlane
{
    private readonly nint _depth, _height, _width, _front, _top, _left, _stride, _phaseWidth;

    /// <summary>From one bordered row to the next, and from one slice to the next, and elements in all of them.</summary>
    public readonly nint RowStep, SliceStep, Count;

    /// <summary>Lays a plane out; each phase of a row ends with so many zeros more. Vectors that read past them need room behind the last plane.</summary>
    public PhasedPlane(Extent3 inner, (long Before, long After) depth, (long Before, long After) height, (long Before, long After) width, long stride, nint zeros = 0)
    {
        _depth = (nint)inner.Depth;
        _front = (nint)depth.Before;
        _height = (nint)inner.Height;
        _width = (nint)inner.Width;
        _top = (nint)height.Before;
        _left = (nint)width.Before;
        _stride = (nint)stride;
        _phaseWidth = GemmPlan.Ceiling((nint)(width.Before + inner.Width + width.After), _stride) + zeros;
        RowStep = _stride * _phaseWidth;
        SliceStep = (nint)(height.Before + inner.Height + height.After) * RowStep;
        Count = (nint)(depth.Before + inner.Depth + depth.After) * SliceStep;
    }

    /// <summary>Elements without the border.</summary>
    public nint InnerCount => _depth * _height * _width;

    /// <summary>The first bordered row that is no border, and the first one behind that is.</summary>
    public nint FirstRow => _top;

    /// <inheritdoc cref="FirstRow"/>
    public nint EndRow => _top + _height;

    /// <summary>Where a bordered column lies in its row.</summary>
    public nint Column(nint column) => column % _stride * _phaseWidth + column / _stride;

    /// <summary>Copies planes into the middle of bordered ones; the borders stay as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill<T>(T* source, nint planes, T* bordered) where T : unmanaged
    {
        for (; planes > 0; planes--, bordered += Count)
        {
            T* slice = bordered + _front * SliceStep;
            for (nint left = _depth; left > 0; left--, slice += SliceStep, source += _height * _width)
            {
                for (nint phase = 0; phase < _stride; phase++)
                {
                    // Bordered column left + i lies in phase (left + i) mod stride.
                    nint first = _stride == 1 ? 0 : ((phase - _left) % _stride + _stride) % _stride;
                    T* from = source + first, to = slice + _top * RowStep + phase * _phaseWidth + (_stride == 1 ? _left : (first + _left) / _stride);
                    for (nint y = 0; y < _height && first < _width; y++, from += _width, to += RowStep)
                    {
                        if (_stride == 1)
                            PlaneRows.Copy(from, _width, to);
                        else
                            PlaneRows.Pick(from, _stride, _width - first, to);
                    }
                }
            }
        }
    }
}
