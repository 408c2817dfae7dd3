using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Singular values alone of a real upper bidiagonal matrix by the quotient-difference iteration with shifts (Fernando and Parlett).</summary>
/// <remarks>
/// It works on the squares, q of the diagonal and e of what is above it: a step costs one division and no square root, and all but the
/// shift adds positive numbers, so that small values keep their digits. Shifts are lower bounds of the smallest square; one that was
/// too large shows by a negative number, and the sweep is done again with less.
/// </remarks>
internal unsafe ref struct BidiagonalValues
{
    private const double Epsilon = 2.220446049250313e-16, Tolerance = 100 * Epsilon, SquaredTolerance = Tolerance * Tolerance;
    private const int SweepsPerValue = 30, MostTrials = 6;

    private readonly double* _q, _e, _newQ, _newE, _differences, _leasts, _values;
    private readonly int _n;
    private double _sigma, _carry;

    private BidiagonalValues(double* room, int n, double* values)
    {
        _n = n;
        _values = values;
        _q = room;
        _e = room + n;
        _newQ = _e + n;
        _newE = _newQ + n;
        _differences = _newE + n;
        _leasts = _differences + n;
    }

    /// <summary>Turns d into the singular values, unsorted; false, with d as it was, where the squares leave the range of numbers.</summary>
    public static bool Solve(double* d, double* e, int n)
    {
        using var room = Scratch.Rent<double>(6 * n);
        using var values = Scratch.Rent<double>(n);
        var iteration = new BidiagonalValues((double*)room.Pointer, n, (double*)values.Pointer);
        for (int i = 0; i < n; i++)
        {
            iteration._q[i] = d[i] * d[i];
            iteration._e[i] = i < n - 1 ? e[i] * e[i] : 0;
        }
        if (!iteration.Run())
            return false;
        for (int i = 0; i < n; i++)
            d[i] = Math.Sqrt(((double*)values.Pointer)[i]);
        return true;
    }

    /// <summary>Takes the last unreduced block until none is left; what stands above it in e, not positive, is less the shifts that the next block has had.</summary>
    private bool Run()
    {
        long budget = (long)SweepsPerValue * _n + 100;
        for (int last = _n - 1; last >= 0;)
        {
            _sigma = -_e[last];
            _carry = 0;
            int first = last;
            while (first > 0 && _e[first - 1] > 0)
                first--;
            Turn(first, last);
            bool known = false;
            while ((last = Deflate(first, last)) >= first)
            {
                if (--budget < 0 || !Sweep(first, last, known ? Shift(first, last) : 0, out double leastE))
                    return false;
                known = true;
                if (leastE <= SquaredTolerance * _sigma && Split(first, last))
                    break;
            }
        }
        return true;
    }

    /// <summary>The small values belong at the end, where they are found first.</summary>
    private readonly void Turn(int first, int last)
    {
        if (1.5 * _q[first] >= _q[last])
            return;
        new Span<double>(_q + first, last - first + 1).Reverse();
        new Span<double>(_e + first, last - first).Reverse();
    }

    private readonly bool Split(int first, int last)
    {
        bool any = false;
        for (int i = first; i < last; i++)
        {
            if (_e[i] > SquaredTolerance * _sigma)
                continue;
            _e[i] = -_sigma;
            any = true;
        }
        // The lowest block has its shifts here.
        _e[last] = -_sigma;
        return any;
    }

    /// <summary>Takes single values and pairs off the end; answers where the rest ends.</summary>
    private readonly int Deflate(int first, int last)
    {
        while (last >= first)
        {
            if (last == first || _e[last - 1] <= SquaredTolerance * (_sigma + _q[last]))
            {
                _values[last] = _q[last] + _sigma;
                last--;
            }
            else if (last - 1 == first || _e[last - 2] <= SquaredTolerance * _sigma || _e[last - 2] <= SquaredTolerance * _q[last - 2])
            {
                SolvePair(last);
                last -= 2;
            }
            else
            {
                break;
            }
        }
        return last;
    }

    private readonly void SolvePair(int last)
    {
        double large = Math.Max(_q[last - 1], _q[last]), small = Math.Min(_q[last - 1], _q[last]), e = _e[last - 1], t = 0.5 * (large - small + e);
        if (e > small * SquaredTolerance && t != 0)
        {
            double s = small * (e / t);
            s = s <= t ? small * (e / (t * (1 + Math.Sqrt(1 + s / t)))) : small * (e / (t + Math.Sqrt(t) * Math.Sqrt(t + s)));
            t = large + (s + e);
            small *= large / t;
            large = t;
        }
        _values[last - 1] = large + _sigma;
        _values[last] = small + _sigma;
    }

    /// <summary>A lower bound, or nearly one, of what is left of the smallest square, from the differences of the sweep before.</summary>
    private readonly double Shift(int first, int last)
    {
        double end = _differences[last], beforeEnd = _differences[last - 1], others = _leasts[last - 2], least = Math.Min(end, Math.Min(beforeEnd, others));
        if (least <= 0)
            return 0;
        if (least < end)
            return 0.25 * least;
        if (beforeEnd <= others)
        {
            // The last row against the others: its own number less the square of what couples it over the distance of the next.
            double b1 = Math.Sqrt(_q[last] * _e[last - 1]), b2 = Math.Sqrt(_q[last - 1] * _e[last - 2]), next = _q[last - 1] + _e[last - 1];
            double gap = 0.75 * others - next;
            gap = next - end - (gap > 0 && gap > b2 ? b2 / gap * b2 : b1 + b2);
            if (gap > 0 && gap > b1)
                return Math.Max(end - b1 / gap * b1, 0.5 * end);
            double bound = Math.Max(0, end - b1);
            if (next > b1 + b2)
                bound = Math.Min(bound, next - (b1 + b2));
            return Math.Max(bound, end / 3);
        }

        // The length of the vector that belongs to the last row.
        double term = 1, sum = 0;
        for (int i = last - 1; i >= first && sum < 0.6 && 100 * term > sum; i--)
            sum += term *= _e[i] / _q[i];
        sum *= 1.05;
        return sum < 0.563 ? Math.Max(0.25 * end, end * (1 - Math.Sqrt(sum)) / (1 + sum)) : 0.25 * end;
    }

    /// <summary>One sweep by a shift, or by as much of it as does not go below zero.</summary>
    private bool Sweep(int first, int last, double shift, out double leastE)
    {
        for (int trial = 0; ; trial++)
        {
            if (shift < Epsilon * _sigma || trial >= MostTrials)
                shift = 0;
            int stopped = Transform(first, last, shift, out leastE);
            double end = _differences[last], beforeEnd = _differences[last - 1];
            if (stopped == last && end < 0 && _newE[last - 1] < Tolerance * (_sigma + beforeEnd) && -end < Tolerance * _sigma)
                _newQ[last] = _differences[last] = end = 0;
            if (stopped == last && end >= 0 && double.IsFinite(end))
                break;
            if (shift == 0)
                return false;
            // Failing at the very end is how close the shift was.
            shift = stopped == last && trial < 2 && shift + end > 0 ? (shift + end) * (1 - 2 * Epsilon) : trial < 3 ? 0.25 * shift : 0;
        }

        Unsafe.CopyBlockUnaligned(_q + first, _newQ + first, (uint)((last - first + 1) * sizeof(double)));
        Unsafe.CopyBlockUnaligned(_e + first, _newE + first, (uint)((last - first) * sizeof(double)));
        // The sum of the shifts, with what its rounding leaves out.
        _carry += Math.Min(shift, _sigma);
        double larger = Math.Max(shift, _sigma), total = larger + _carry;
        _carry -= total - larger;
        _sigma = total;
        return true;
    }

    /// <summary>The transformation; answers where it met a negative difference, or the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int Transform(int first, int last, double shift, out double leastE)
    {
        double* q = _q, e = _e, newQ = _newQ, newE = _newE, differences = _differences, leasts = _leasts;
        double difference = q[first] - shift, least = difference, smallest = double.MaxValue;
        for (int i = first; i < last; i++)
        {
            least = double.MinNative(least, difference);
            differences[i] = difference;
            leasts[i] = least;
            if (!(difference >= 0))
            {
                leastE = smallest;
                return i;
            }
            double sum = difference + e[i], quotient = q[i + 1] / sum, next = e[i] * quotient;
            newQ[i] = sum;
            newE[i] = next;
            smallest = double.MinNative(smallest, next);
            difference = difference * quotient - shift;
        }
        differences[last] = newQ[last] = difference;
        leasts[last] = double.MinNative(least, difference);
        leastE = smallest;
        return last;
    }
}
