using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Singular values of a real upper bidiagonal matrix by the implicit QR iteration of Demmel and Kahan, in double.</summary>
/// <remarks>
/// A step with shift zero keeps every digit of the small values; it is taken where a shift would spoil them. Each step runs towards the end
/// of the smaller elements.
/// </remarks>
internal unsafe ref struct BidiagonalQr<R> where R : unmanaged, INumberBase<R>
{
    private const double Epsilon = 1.1102230246251565e-16, SafeMinimum = 2.2250738585072014e-308;
    private const double Tolerance = 98 * Epsilon;

    private readonly double* _d, _e;
    private readonly int _n;
    private readonly ref RotationLog<R> _left, _right;
    private double _threshold;

    private BidiagonalQr(double* d, double* e, int n, ref RotationLog<R> left, ref RotationLog<R> right)
    {
        _d = d;
        _e = e;
        _n = n;
        _left = ref left;
        _right = ref right;
    }

    /// <summary>Turns d into the singular values, unsorted and perhaps negative, logging the rotations; e (n − 1 numbers) is destroyed.</summary>
    /// <returns>0, or 1 when the iteration did not end.</returns>
    public static int Solve(double* d, double* e, int n, ref RotationLog<R> left, ref RotationLog<R> right) =>
        new BidiagonalQr<R>(d, e, n, ref left, ref right).Run();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Run()
    {
        double mu = Math.Abs(_d[0]), least = mu;
        for (int i = 1; i < _n && least != 0; i++)
        {
            mu = Math.Abs(_d[i]) * (mu / (mu + Math.Abs(_e[i - 1])));
            least = Math.Min(least, mu);
        }

        _threshold = Math.Max(Tolerance * least / Math.Sqrt(_n), 6.0 * _n * _n * SafeMinimum);
        long budget = 30L * _n + 60;
        int m = _n - 1, oldFirst = -1, oldLast = -1;
        bool downwards = true;
        while (m > 0)
        {
            // The last unreduced block, rows first … m.
            int first = m;
            double largest = Math.Abs(_d[m]);
            while (first > 0 && Math.Abs(_e[first - 1]) > _threshold)
            {
                first--;
                largest = Math.Max(largest, Math.Max(Math.Abs(_d[first]), Math.Abs(_e[first])));
            }

            if (first > 0)
                _e[first - 1] = 0;
            if (first == m)
            {
                m--;
                continue;
            }

            if (first == m - 1)
            {
                SolvePair(first);
                m -= 2;
                continue;
            }

            if (first > oldLast || m < oldFirst)
                downwards = Math.Abs(_d[first]) >= Math.Abs(_d[m]);
            oldFirst = first;
            oldLast = m;
            if (Deflates(first, m, downwards, out double smallest))
                continue;
            if (--budget < 0)
                return 1;
            Step(first, m, downwards, Shift(first, m, downwards, smallest, largest));
        }

        return 0;
    }

    /// <summary>Sets one negligible element to zero, or finds a lower bound of the block's singular values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool Deflates(int first, int last, bool downwards, out double smallest)
    {
        smallest = 0;
        if (downwards)
        {
            if (Math.Abs(_e[last - 1]) <= Tolerance * Math.Abs(_d[last]))
            {
                _e[last - 1] = 0;
                return true;
            }

            double mu = smallest = Math.Abs(_d[first]);
            for (int i = first; i < last; i++)
            {
                double beside = Math.Abs(_e[i]);
                if (beside <= Tolerance * mu)
                {
                    _e[i] = 0;
                    return true;
                }

                mu = Math.Abs(_d[i + 1]) * (mu / (mu + beside));
                smallest = Math.Min(smallest, mu);
            }
        }
        else
        {
            if (Math.Abs(_e[first]) <= Tolerance * Math.Abs(_d[first]))
            {
                _e[first] = 0;
                return true;
            }

            double mu = smallest = Math.Abs(_d[last]);
            for (int i = last - 1; i >= first; i--)
            {
                double beside = Math.Abs(_e[i]);
                if (beside <= Tolerance * mu)
                {
                    _e[i] = 0;
                    return true;
                }

                mu = Math.Abs(_d[i]) * (mu / (mu + beside));
                smallest = Math.Min(smallest, mu);
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly double Shift(int first, int last, bool downwards, double smallest, double largest)
    {
        if (_n * Tolerance * (smallest / largest) <= Math.Max(Epsilon, 0.01 * Tolerance))
            return 0;
        double start = Math.Abs(downwards ? _d[first] : _d[last]);
        double shift = downwards ? SmallerOfPair(_d[last - 1], _e[last - 1], _d[last]) : SmallerOfPair(_d[first], _e[first], _d[first + 1]);
        double ratio = shift / start;
        return start > 0 && ratio * ratio < Epsilon ? 0 : shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(int first, int last, bool downwards, double shift)
    {
        _left.Begin(first, last - first, !downwards);
        _right.Begin(first, last - first, !downwards);
        if (downwards && shift == 0)
            ZeroShiftDown(first, last);
        else if (downwards)
            ShiftedDown(first, last, shift);
        else if (shift == 0)
            ZeroShiftUp(first, last);
        else
            ShiftedUp(first, last, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ZeroShiftDown(int first, int last)
    {
        double* d = _d, e = _e;
        double c = 1, s = 0, oldC = 1, oldS = 0;
        for (int i = first; i < last; i++)
        {
            Rotation(d[i] * c, e[i], out c, out s, out double r);
            if (i > first)
                e[i - 1] = oldS * r;
            Rotation(oldC * r, d[i + 1] * s, out oldC, out oldS, out d[i]);
            _right.Add(c, -s);
            _left.Add(oldC, -oldS);
        }

        double h = d[last] * c;
        d[last] = h * oldC;
        e[last - 1] = h * oldS;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShiftedDown(int first, int last, double shift)
    {
        double* d = _d, e = _e;
        double f = (Math.Abs(d[first]) - shift) * (Math.CopySign(1, d[first]) + shift / d[first]), g = e[first];
        for (int i = first; i < last; i++)
        {
            Rotation(f, g, out double c, out double s, out double r);
            if (i > first)
                e[i - 1] = r;
            f = c * d[i] + s * e[i];
            e[i] = c * e[i] - s * d[i];
            g = s * d[i + 1];
            d[i + 1] *= c;
            _right.Add(c, -s);
            Rotation(f, g, out c, out s, out d[i]);
            f = c * e[i] + s * d[i + 1];
            d[i + 1] = c * d[i + 1] - s * e[i];
            if (i < last - 1)
            {
                g = s * e[i + 1];
                e[i + 1] *= c;
            }

            _left.Add(c, -s);
        }

        e[last - 1] = f;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ZeroShiftUp(int first, int last)
    {
        double* d = _d, e = _e;
        double c = 1, s = 0, oldC = 1, oldS = 0;
        for (int i = last; i > first; i--)
        {
            Rotation(d[i] * c, e[i - 1], out c, out s, out double r);
            if (i < last)
                e[i] = oldS * r;
            Rotation(oldC * r, d[i - 1] * s, out oldC, out oldS, out d[i]);
            _left.Add(c, s);
            _right.Add(oldC, oldS);
        }

        double h = d[first] * c;
        d[first] = h * oldC;
        e[first] = h * oldS;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShiftedUp(int first, int last, double shift)
    {
        double* d = _d, e = _e;
        double f = (Math.Abs(d[last]) - shift) * (Math.CopySign(1, d[last]) + shift / d[last]), g = e[last - 1];
        for (int i = last; i > first; i--)
        {
            Rotation(f, g, out double c, out double s, out double r);
            if (i < last)
                e[i] = r;
            f = c * d[i] + s * e[i - 1];
            e[i - 1] = c * e[i - 1] - s * d[i];
            g = s * d[i - 1];
            d[i - 1] *= c;
            _left.Add(c, s);
            Rotation(f, g, out c, out s, out d[i]);
            f = c * e[i - 1] + s * d[i - 1];
            d[i - 1] = c * d[i - 1] - s * e[i - 1];
            if (i > first + 1)
            {
                g = s * e[i - 2];
                e[i - 2] *= c;
            }

            _right.Add(c, s);
        }

        e[first] = f;
    }

    private void SolvePair(int i)
    {
        DecomposePair(_d[i], _e[i], _d[i + 1], out double small, out double large, out double sinRight, out double cosRight, out double sinLeft, out double cosLeft);
        _d[i] = large;
        _d[i + 1] = small;
        _e[i] = 0;
        _right.Begin(i, 1, false);
        _right.Add(cosRight, -sinRight);
        _left.Begin(i, 1, false);
        _left.Add(cosLeft, -sinLeft);
    }

    /// <summary>c·f + s·g = r, the other combination zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotation(double f, double g, out double c, out double s, out double r)
    {
        double sum = f * f + g * g;
        r = sum is > 1e-280 and < 1e280 ? Math.Sqrt(sum) : double.Hypot(f, g);
        if (r == 0)
        {
            c = 1;
            s = 0;
            return;
        }

        c = f / r;
        s = g / r;
    }

    /// <summary>The smaller singular value of [f g; 0 h], without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SmallerOfPair(double f, double g, double h)
    {
        f = Math.Abs(f);
        g = Math.Abs(g);
        h = Math.Abs(h);
        double less = Math.Min(f, h), more = Math.Max(f, h);
        if (less == 0)
            return 0;
        if (g < more)
        {
            double a = 1 + less / more, b = (more - less) / more, c = g / more;
            return less * (2 / (Math.Sqrt(a * a + c * c) + Math.Sqrt(b * b + c * c)));
        }

        double ratio = more / g;
        if (ratio == 0)
            return less * more / g;
        double p = 1 + less / more, q = (more - less) / more;
        double sum = 1 / (Math.Sqrt(1 + p * ratio * (p * ratio)) + Math.Sqrt(1 + q * ratio * (q * ratio)));
        return 2 * (less * sum * ratio);
    }

    /// <summary>The singular value decomposition of [f g; 0 h]: rotations that diagonalise it, the values with signs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DecomposePair(double f, double g, double h, out double small, out double large, out double sinRight, out double cosRight, out double sinLeft, out double cosLeft)
    {
        // Kahan's formulas; with |h| > |f| for the mirrored matrix.
        bool swap = Math.Abs(h) > Math.Abs(f);
        (double ft, double ht) = swap ? (h, f) : (f, h);
        double fa = Math.Abs(ft), ha = Math.Abs(ht), ga = Math.Abs(g);
        int signOf = swap ? 3 : 1;
        double cl, cr, sl, sr;
        if (ga == 0)
        {
            small = ha;
            large = fa;
            cl = cr = 1;
            sl = sr = 0;
        }
        else if (ga > fa && fa / ga < Epsilon)
        {
            signOf = 2;
            large = ga;
            small = ha > 1 ? fa / (ga / ha) : fa / ga * ha;
            cl = 1;
            sl = ht / g;
            sr = 1;
            cr = ft / g;
        }
        else
        {
            if (ga > fa)
                signOf = 2;
            double difference = fa - ha, l = difference == fa ? 1 : difference / fa;
            double m = g / ft, t = 2 - l, mm = m * m;
            double s = Math.Sqrt(t * t + mm), r = l == 0 ? Math.Abs(m) : Math.Sqrt(l * l + mm), a = 0.5 * (s + r);
            small = ha / a;
            large = fa * a;
            t = mm == 0
                ? l == 0 ? Math.CopySign(2, ft) * Math.CopySign(1, g) : g / Math.CopySign(difference, ft) + m / t
                : (m / (s + t) + m / (r + l)) * (1 + a);
            l = Math.Sqrt(t * t + 4);
            cr = 2 / l;
            sr = t / l;
            cl = (cr + sr * m) / a;
            sl = ht / ft * sr / a;
        }

        (cosLeft, sinLeft, cosRight, sinRight) = swap ? (sr, cr, sl, cl) : (cl, sl, cr, sr);
        double sign = signOf switch
        {
            1 => Math.CopySign(1, cosRight) * Math.CopySign(1, cosLeft) * Math.CopySign(1, f),
            2 => Math.CopySign(1, sinRight) * Math.CopySign(1, cosLeft) * Math.CopySign(1, g),
            _ => Math.CopySign(1, sinRight) * Math.CopySign(1, sinLeft) * Math.CopySign(1, h),
        };
        large = Math.CopySign(large, sign);
        small = Math.CopySign(small, sign * Math.CopySign(1, f) * Math.CopySign(1, h));
    }
}
