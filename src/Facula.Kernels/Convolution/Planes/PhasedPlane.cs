using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
            for (nint phase = 0; phase < _stride; phase++)
            {
                // Bordered column left + i lies in phase (left + i) mod stride.
                nint first = _stride == 1 ? 0 : ((phase - _left) % _stride + _stride) % _stride;
                T* from = source + first, to = bordered + _top * RowStep + phase * _phaseWidth + (_stride == 1 ? _left : (first + _left) / _stride);
                for (nint y = 0; y < _height && first < _width; y++, from += _width, to += RowStep)
                {
                    if (_stride == 1)
                        PlaneRows.Copy(from, _width, to);
                    else
                        Pick(from, _stride, _width - first, to);
                }
            }
            source += InnerCount;
        }
    }

    /// <summary>Every stride-th of some elements, from the first on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pick<T>(T* source, nint stride, nint count, T* destination) where T : unmanaged
    {
        nint i = 0;
        if (stride == 2 && Avx2.IsSupported)
        {
            nint lanes = Vector256<T>.Count;
            for (; i + 2 * lanes <= count; i += 2 * lanes, destination += lanes)
            {
                var low = Vector256.Load(source + i);
                var high = Vector256.Load(source + i + lanes);
                var picked = sizeof(T) == 4 ? Avx.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).AsDouble() : Avx.UnpackLow(low.AsDouble(), high.AsDouble());
                Avx2.Permute4x64(picked, 0b11_01_10_00).As<double, T>().Store(destination);
            }
            if (i + lanes <= count)
            {
                Vector128<T> low = Vector128.Load(source + i), high = Vector128.Load(source + i + lanes / 2);
                (sizeof(T) == 4 ? Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).As<float, T>() : Sse2.UnpackLow(low.AsDouble(), high.AsDouble()).As<double, T>()).Store(destination);
                i += lanes;
                destination += lanes / 2;
            }
        }
        for (; i < count; i += stride)
            *destination++ = source[i];
    }
}
