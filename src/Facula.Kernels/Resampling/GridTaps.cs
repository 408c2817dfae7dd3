using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// The taps of a stretch of points as vectors want them: tap k of point p stands at k · <see cref="Points"/> + p; where it lies outside it has the offset 0, no weight
/// and an empty mask. Taps of planes of floats are computed for eight points at once.
/// </summary>
/// <remarks>
/// Elements are loaded one by one: the instructions that gather take three times as long on processors whose microcode guards them (Xeon of the Cascade Lake kind:
/// some 30 cycles for eight elements).
/// </remarks>
internal unsafe ref struct GridTaps<T>(GridShape shape, Scratch room, bool slopes) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most points of a stretch.</summary>
    public const int Points = 512;

    public readonly int Taps = shape.Taps;
    public readonly int* Offsets = (int*)room.Pointer;
    public readonly int* Masks = (int*)room.Pointer + (long)Points * shape.Taps;
    public readonly T* Weights = (T*)(room.Pointer + 2L * Points * shape.Taps * sizeof(int));

    private readonly bool _slopes = slopes;
    private readonly GridShape _shape = shape;

    /// <summary>The slopes of the weights by one coordinate.</summary>
    public readonly T* Slopes(int axis) => Weights + (long)(1 + axis) * Points * Taps;

    /// <summary>The room for a stretch's taps.</summary>
    public static Scratch Rent(GridShape shape, bool slopes) => Scratch.Rent((long)Points * shape.Taps * (2 * sizeof(int) + sizeof(T) * (slopes ? 1 + shape.Spatial : 1)));

    /// <summary>Elements of a gathered vector.</summary>
    public static int Lanes => Vector256<T>.Count;

    /// <summary>Sets the taps of up to <see cref="Points"/> points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Read(T* grid, int count)
    {
        int p = 0;
        // Numbers of elements must be exact as floats.
        if (typeof(T) == typeof(float) && _shape.Spatial == 2 && _shape.Input.Count < 1 << 24)
            for (; p <= count - 8; p += 8)
            {
                if (_shape.Mode == GridMode.Cubic) EightCubic((float*)grid + 2 * p, p);
                else Eight((float*)grid + 2 * p, p);
            }
        var point = new GridPoint<T>(_shape);
        for (; p < count; p++)
        {
            point.Set(grid + p * _shape.Spatial);
            for (int k = 0; k < Taps; k++)
            {
                bool has = k < point.Count;
                int at = k * Points + p;
                (Offsets[at], Masks[at]) = has ? ((int)point.Offsets[k], -1) : (0, 0);
                Weights[at] = has ? T.CreateTruncating(point.Weights[k]) : T.Zero;
                if (!_slopes) continue;
                for (int axis = 0; axis < _shape.Spatial; axis++) Slopes(axis)[at] = has ? T.CreateTruncating(point.Slopes[axis * GridPoint<T>.Most + k]) : T.Zero;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Eight(float* grid, int p)
    {
        Positions(grid, out Vector256<float> x, out Vector256<float> y, out Vector256<float> slopeX, out Vector256<float> slopeY);
        x = Inside(x, _shape.Input.Width, ref slopeX);
        y = Inside(y, _shape.Input.Height, ref slopeY);
        Vector256<float> one = Vector256<float>.One;
        if (_shape.Mode == GridMode.Nearest)
        {
            // Rounds half to even, as the conversion to integers does.
            Put(p, Vector256.Round(x), Vector256.Round(y), one, default, default);
            return;
        }
        Vector256<float> x0 = Vector256.Floor(x), y0 = Vector256.Floor(y), tx = x - x0, ty = y - y0, sx = one - tx, sy = one - ty, x1 = x0 + one, y1 = y0 + one;
        Put(p, x0, y0, sx * sy, -sy * slopeX, -sx * slopeY);
        Put(p + Points, x1, y0, tx * sy, sy * slopeX, -tx * slopeY);
        Put(p + 2 * Points, x0, y1, sx * ty, -ty * slopeX, sx * slopeY);
        Put(p + 3 * Points, x1, y1, tx * ty, ty * slopeX, tx * slopeY);
    }

    // The border is about each of the sixteen elements, not about the point.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private readonly void EightCubic(float* grid, int p)
    {
        Positions(grid, out Vector256<float> x, out Vector256<float> y, out Vector256<float> slopeX, out Vector256<float> slopeY);
        Vector256<float> left = Vector256.Floor(x), top = Vector256.Floor(y);
        Vector256<float>* across = stackalloc Vector256<float>[16], down = across + 4, acrossSlopes = across + 8, downSlopes = across + 12;
        CubicWeights.Fill(x - left, across, acrossSlopes);
        CubicWeights.Fill(y - top, down, downSlopes);
        for (int h = 0; h < 4; h++)
        {
            Vector256<float> row = Inside(top + Vector256.Create(h - 1f), _shape.Input.Height, ref slopeY, ofElement: true), byRow = downSlopes[h] * slopeY;
            for (int w = 0; w < 4; w++)
            {
                Vector256<float> column = Inside(left + Vector256.Create(w - 1f), _shape.Input.Width, ref slopeX, ofElement: true);
                Put(p + (4 * h + w) * Points, column, row, across[w] * down[h], acrossSlopes[w] * down[h] * slopeX, across[w] * byRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Put(int at, Vector256<float> x, Vector256<float> y, Vector256<float> weight, Vector256<float> slopeX, Vector256<float> slopeY)
    {
        Vector256<float> width = Vector256.Create((float)_shape.Input.Width), height = Vector256.Create((float)_shape.Input.Height);
        // A NaN is outside.
        Vector256<float> inside = Vector256.GreaterThanOrEqual(x, default) & Vector256.LessThan(x, width) & Vector256.GreaterThanOrEqual(y, default) & Vector256.LessThan(y, height);
        Vector256.ConvertToInt32(inside & (y * width + x)).Store(Offsets + at);
        inside.AsInt32().Store(Masks + at);
        (inside & weight).Store((float*)Weights + at);
        if (!_slopes) return;
        (inside & slopeX).Store((float*)Slopes(0) + at);
        (inside & slopeY).Store((float*)Slopes(1) + at);
    }

    // Eight points, from −1 … 1 to elements.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Positions(float* grid, out Vector256<float> x, out Vector256<float> y, out Vector256<float> slopeX, out Vector256<float> slopeY)
    {
        Vector256<int> evens = Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6), odds = Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7);
        Vector256<float> left = Vector256.Load(grid), right = Vector256.Load(grid + 8);
        x = Position(Vector256.Create(Vector256.Shuffle(left, evens).GetLower(), Vector256.Shuffle(right, evens).GetLower()), _shape.Input.Width, out slopeX);
        y = Position(Vector256.Create(Vector256.Shuffle(left, odds).GetLower(), Vector256.Shuffle(right, odds).GetLower()), _shape.Input.Height, out slopeY);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector256<float> Position(Vector256<float> coordinate, long size, out Vector256<float> slope)
    {
        Vector256<float> one = Vector256<float>.One, half = Vector256.Create(0.5f), all = Vector256.Create((float)size), last = all - one;
        slope = (_shape.AlignCorners ? last : all) * half;
        return _shape.AlignCorners ? (coordinate + one) * half * last : ((coordinate + one) * all - one) * half;
    }

    // Brought into the input as the border says, the slope with it, unless elements are meant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector256<float> Inside(Vector256<float> at, long size, ref Vector256<float> slope, bool ofElement = false)
    {
        if (_shape.Border == GridBorder.Zeros) return at;
        Vector256<float> last = Vector256.Create(size - 1f);
        if (_shape.Border == GridBorder.Reflection)
        {
            // Between the centers, or the edges, of the outermost elements.
            Vector256<float> edge = Vector256.Create(_shape.AlignCorners ? 0 : -0.5f), span = Vector256.Create((float)(_shape.AlignCorners ? size - 1 : size));
            Vector256<float> beyond = Vector256.Abs(at - edge), flips = Vector256.Floor(beyond / span), extra = beyond - flips * span, half = flips * Vector256.Create(0.5f);
            Vector256<float> odd = ~Vector256.Equals(Vector256.Floor(half), half);
            if (!ofElement) slope ^= ((at - edge) ^ (odd & Vector256.Create(-0.0f))) & Vector256.Create(-0.0f);
            at = Vector256.ConditionalSelect(odd, span - extra, extra) + edge;
        }
        // What is no number, as what an input of one element mirrors, goes to the first.
        Vector256<float> low = Vector256.GreaterThan(at, default), high = Vector256.LessThan(at, last);
        if (!ofElement) slope &= low & high;
        return Vector256.ConditionalSelect(low, Vector256.ConditionalSelect(high, at, last), default);
    }

    /// <summary>The elements of a plane that tap <paramref name="k"/> of some points reads; 0 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector256<T> Gather(T* plane, int k, int p)
    {
        int* at = Offsets + k * Points + p;
        if (typeof(T) == typeof(float))
        {
            float* from = (float*)plane;
            Vector256<float> eight = Vector256.Create(from[at[0]], from[at[1]], from[at[2]], from[at[3]], from[at[4]], from[at[5]], from[at[6]], from[at[7]]);
            return (eight & Vector256.Load(Masks + k * Points + p).AsSingle()).As<float, T>();
        }
        double* wide = (double*)plane;
        Vector128<int> mask = Vector128.Load(Masks + k * Points + p);
        Vector256<long> masks = Vector256.Create(Vector128.WidenLower(mask), Vector128.WidenUpper(mask));
        return (Vector256.Create(wide[at[0]], wide[at[1]], wide[at[2]], wide[at[3]]) & masks.AsDouble()).As<double, T>();
    }

    /// <summary>The element of one point; 0 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T Element(T* plane, int k, int p)
    {
        int at = k * Points + p;
        return Masks[at] != 0 ? plane[Offsets[at]] : T.Zero;
    }
}
