using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A plane inside a border of zeros whose columns are sorted by their remainder modulo a stride: then every tap of every stride is a plain load.</summary>
internal readonly unsafe struct PhasedPlane
{
    private readonly nint _height, _width, _top, _left, _stride, _phaseWidth;

    /// <summary>From one bordered row to the next, and elements in all of them.</summary>
    public readonly nint RowStep, Count;

    /// <summary>Lays a plane out; a phase ends with room for a vector, which may be read past the last column.</summary>
    public PhasedPlane(Extent3 inner, (long Before, long After) height, (long Before, long After) width, long stride, int lanes)
    {
        _height = (nint)inner.Height;
        _width = (nint)inner.Width;
        _top = (nint)height.Before;
        _left = (nint)width.Before;
        _stride = (nint)stride;
        _phaseWidth = GemmPlan.Ceiling((nint)(width.Before + inner.Width + width.After), _stride) + lanes;
        RowStep = _stride * _phaseWidth;
        Count = (nint)(height.Before + inner.Height + height.After) * RowStep;
    }

    /// <summary>Elements without the border.</summary>
    public nint InnerCount => _height * _width;

    /// <summary>Where a bordered column lies in its row.</summary>
    public nint Column(nint column) => column % _stride * _phaseWidth + column / _stride;

    /// <summary>Copies planes into the middle of bordered ones; the borders stay as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill<T>(T* source, nint planes, T* bordered) where T : unmanaged
    {
        for (; planes > 0; planes--, bordered += Count)
        {
            T* row = bordered + _top * RowStep;
            for (nint y = 0; y < _height; y++, source += _width, row += RowStep)
            {
                if (_stride == 1)
                {
                    Unsafe.CopyBlockUnaligned(row + _left, source, (uint)(_width * sizeof(T)));
                    continue;
                }
                for (nint phase = 0; phase < _stride; phase++)
                {
                    // Bordered column left + i lies in phase (left + i) mod stride.
                    nint first = ((phase - _left) % _stride + _stride) % _stride;
                    T* to = row + phase * _phaseWidth + (first + _left) / _stride;
                    for (nint i = first; i < _width; i += _stride)
                        *to++ = source[i];
                }
            }
        }
    }
}
