using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A plane (of up to three dimensions) inside a border of zeros, so that taps beyond the edge need no test.</summary>
internal readonly unsafe struct BorderedPlane
{
    public readonly nint Depth, Height, Width;
    private readonly nint _innerDepth, _innerHeight, _innerWidth, _before;

    public BorderedPlane(Extent3 inner, Extent3 before, Extent3 after)
    {
        _innerDepth = (nint)inner.Depth;
        _innerHeight = (nint)inner.Height;
        _innerWidth = (nint)inner.Width;
        Depth = (nint)(before.Depth + inner.Depth + after.Depth);
        Height = (nint)(before.Height + inner.Height + after.Height);
        Width = (nint)(before.Width + inner.Width + after.Width);
        _before = (nint)((before.Depth * Height + before.Height) * Width + before.Width);
    }

    /// <summary>Elements with the border.</summary>
    public nint Count => Depth * Height * Width;

    /// <summary>Elements without it.</summary>
    public nint InnerCount => _innerDepth * _innerHeight * _innerWidth;

    public bool HasBorder => Count != InnerCount;

    /// <summary>Copies planes into bordered ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pad<T>(T* source, nint planes, T* destination) where T : unmanaged
    {
        for (; planes > 0; planes--)
        {
            // Zeros go where no row does: before the first, between rows, and after the last.
            T* done = destination;
            for (nint depth = 0; depth < _innerDepth; depth++)
            {
                T* to = destination + depth * Height * Width + _before;
                for (nint height = 0; height < _innerHeight; height++, to += Width, source += _innerWidth)
                {
                    Zero(done, (nint)(to - done));
                    PlaneRows.Copy(source, _innerWidth, to);
                    done = to + _innerWidth;
                }
            }
            destination += Count;
            Zero(done, (nint)(destination - done));
        }
    }

    /// <summary>Copies the inside of bordered planes out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unpad<T>(T* source, nint planes, T* destination) where T : unmanaged
    {
        for (nint plane = 0; plane < planes; plane++, source += Count)
        {
            for (nint depth = 0; depth < _innerDepth; depth++)
            {
                T* from = source + depth * Height * Width + _before;
                for (nint height = 0; height < _innerHeight; height++, from += Width, destination += _innerWidth)
                    PlaneRows.Copy(from, _innerWidth, destination);
            }
        }
    }

    public static void Clear<T>(T* destination, nint count) where T : unmanaged =>
        NativeMemory.Clear(destination, (nuint)(count * sizeof(T)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Zero<T>(T* destination, nint count) where T : unmanaged
    {
        nint i = 0;
        for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
            Vector256<T>.Zero.Store(destination + i);
        for (; i < count; i++)
            destination[i] = default;
    }
}
