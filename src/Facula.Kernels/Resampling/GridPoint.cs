using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>How a grid is read between the elements of the input.</summary>
public enum GridMode
{
    /// <summary>The neighbours on either side, by distance.</summary>
    Linear,
    /// <summary>The nearest element.</summary>
    Nearest,
    /// <summary>Four neighbours in each of two dimensions.</summary>
    Cubic,
}

/// <summary>What lies beyond the input.</summary>
public enum GridBorder
{
    /// <summary>Zeros.</summary>
    Zeros,
    /// <summary>The border's element.</summary>
    Border,
    /// <summary>The input mirrored.</summary>
    Reflection,
}

/// <summary>Sizes and settings of a grid sampling; two dimensions have a depth of 1.</summary>
/// <param name="Batch">Samples.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Spatial">2 or 3.</param>
/// <param name="Input">Spatial sizes of the input.</param>
/// <param name="Points">Points of the grid per sample.</param>
/// <param name="Mode">How to read between elements.</param>
/// <param name="Border">What lies beyond.</param>
/// <param name="AlignCorners">Whether −1 and 1 are the centers of the outermost elements rather than their edges.</param>
public readonly record struct GridShape(long Batch, long Channels, int Spatial, Extent3 Input, long Points, GridMode Mode, GridBorder Border, bool AlignCorners)
{
    internal nint Plane => (nint)Input.Count;

    /// <summary>The most elements that a point reads.</summary>
    internal int Taps => Mode == GridMode.Cubic ? 16 : Mode == GridMode.Nearest ? 1 : 1 << Spatial;

    internal long Size(int axis) => axis == 0 ? Input.Width : axis == 1 ? Input.Height : Input.Depth;
}

/// <summary>The elements that one point of a grid reads: offsets within a plane, weights, and the weights' slopes by each coordinate.</summary>
/// <remarks>Coordinates are in the grid's order, the width's first. Taps that lie outside are left out.</remarks>
internal unsafe ref struct GridPoint<T>(GridShape shape) where T : unmanaged, IFloatingPointIeee754<T>
{
    public const int Most = 16;

    private readonly GridShape _shape = shape;
    public int Count;
    public fixed long Offsets[Most];
    public fixed double Weights[Most];
    public fixed double Slopes[3 * Most];

    /// <summary>Sets the taps of a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(T* point)
    {
        Count = 0;
        if (_shape.Mode == GridMode.Cubic) SetCubic(point);
        else if (_shape.Mode == GridMode.Nearest) SetNearest(point);
        else SetLinear(point);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetNearest(T* point)
    {
        long offset = 0, stride = 1;
        for (int axis = 0; axis < _shape.Spatial; axis++)
        {
            long at = Whole(T.Round(Inside(Position(point[axis], axis, out _), axis, out _), MidpointRounding.ToEven)), size = _shape.Size(axis);
            if (at < 0 || at >= size) return;
            offset += at * stride;
            stride *= size;
        }
        Add(offset, 1, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetLinear(T* point)
    {
        Span<long> first = stackalloc long[3];
        Span<double> share = stackalloc double[3], slope = stackalloc double[3];
        for (int axis = 0; axis < _shape.Spatial; axis++)
        {
            T at = Inside(Position(point[axis], axis, out double byPoint), axis, out double byPosition), floor = T.Floor(at);
            first[axis] = Whole(floor);
            share[axis] = double.CreateTruncating(at - floor);
            slope[axis] = byPoint * byPosition;
        }
        int depths = _shape.Spatial == 3 ? 2 : 1;
        for (int d = 0; d < depths; d++)
            for (int h = 0; h < 2; h++)
                for (int w = 0; w < 2; w++)
                {
                    long x = first[0] + w, y = first[1] + h, z = first[2] + d;
                    if (x < 0 || x >= _shape.Input.Width || y < 0 || y >= _shape.Input.Height || z < 0 || z >= _shape.Input.Depth) continue;
                    double a = w == 0 ? 1 - share[0] : share[0], b = h == 0 ? 1 - share[1] : share[1], c = depths == 1 ? 1 : d == 0 ? 1 - share[2] : share[2];
                    Add((z * _shape.Input.Height + y) * _shape.Input.Width + x, a * b * c,
                        (w == 0 ? -b : b) * c * slope[0], (h == 0 ? -a : a) * c * slope[1], (d == 0 ? -a : a) * b * slope[2]);
                }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetCubic(T* point)
    {
        T px = Position(point[0], 0, out double byX), py = Position(point[1], 1, out double byY), left = T.Floor(px), top = T.Floor(py);
        Span<double> a = stackalloc double[4], b = stackalloc double[4], slopesA = stackalloc double[4], slopesB = stackalloc double[4];
        double tx = double.CreateTruncating(px - left), ty = double.CreateTruncating(py - top);
        CubicWeights.Fill(tx, a);
        CubicWeights.Fill(ty, b);
        CubicWeights.FillSlopes(tx, slopesA);
        CubicWeights.FillSlopes(ty, slopesB);
        Span<long> columns = stackalloc long[4];
        for (int w = 0; w < 4; w++) columns[w] = Whole(Inside(left + T.CreateTruncating(w - 1), 0, out _));
        for (int h = 0; h < 4; h++)
        {
            long y = Whole(Inside(top + T.CreateTruncating(h - 1), 1, out _)), row = y * _shape.Input.Width;
            if (y < 0 || y >= _shape.Input.Height) continue;
            for (int w = 0; w < 4; w++)
            {
                long x = columns[w];
                if (x < 0 || x >= _shape.Input.Width) continue;
                Add(row + x, a[w] * b[h], slopesA[w] * b[h] * byX, a[w] * slopesB[h] * byY, 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(long offset, double weight, double slopeX, double slopeY, double slopeZ)
    {
        Offsets[Count] = offset;
        Weights[Count] = weight;
        Slopes[Count] = slopeX;
        Slopes[Most + Count] = slopeY;
        Slopes[2 * Most + Count] = slopeZ;
        Count++;
    }

    /// <summary>From −1 … 1 to elements, and the slope of that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Position(T coordinate, int axis, out double slope)
    {
        T size = T.CreateTruncating(_shape.Size(axis)), two = T.One + T.One;
        slope = _shape.AlignCorners ? (_shape.Size(axis) - 1) / 2.0 : _shape.Size(axis) / 2.0;
        return _shape.AlignCorners ? (coordinate + T.One) / two * (size - T.One) : ((coordinate + T.One) * size - T.One) / two;
    }

    /// <summary>Brings a position into the input as the border says, and the slope of that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Inside(T at, int axis, out double slope)
    {
        slope = 1;
        if (_shape.Border == GridBorder.Zeros) return at;
        long size = _shape.Size(axis);
        if (_shape.Border == GridBorder.Reflection)
            at = _shape.AlignCorners ? Reflect(at, 0, 2 * (size - 1), ref slope) : Reflect(at, -1, 2 * size - 1, ref slope);
        T last = T.CreateTruncating(size - 1);
        // A NaN fails both tests and goes to the first element, as in PyTorch.
        if (!(at > T.Zero))
        {
            slope = 0;
            return T.Zero;
        }
        if (at < last) return at;
        slope = 0;
        return last;
    }

    private static T Reflect(T at, long twiceLow, long twiceHigh, ref double slope)
    {
        if (twiceLow == twiceHigh)
        {
            slope = 0;
            return T.Zero;
        }
        T two = T.One + T.One, low = T.CreateTruncating(twiceLow) / two, span = T.CreateTruncating(twiceHigh - twiceLow) / two;
        at -= low;
        if (at < T.Zero)
        {
            slope = -slope;
            at = -at;
        }
        T extra = at % span, flips = T.Floor(at / span);
        if (T.IsEvenInteger(flips)) return extra + low;
        slope = -slope;
        return span - extra + low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Whole(T value)
    {
        // Beyond the range of int, or NaN: outside of every input.
        T limit = T.CreateTruncating(int.MaxValue - 1);
        return value < limit && value > -limit ? long.CreateTruncating(value) : -100;
    }
}
