using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Schur form of a real Hessenberg matrix by Francis's double-shift QR iteration, several sweeps at once on large blocks.</summary>
/// <remarks>Deflation by the test of Ahues and Tisseur; 2 × 2 blocks end with equal diagonals, or split when their eigenvalues are real.</remarks>
internal readonly unsafe ref partial struct FrancisQr
{
    private const double Precision = 2.220446049250313e-16, SafeMinimum = 2.2250738585072014e-308;

    private readonly double* _h, _z;
    private readonly nint _pitch;
    private readonly int _n;
    private readonly double _smallest;

    /// <param name="z">Rows are the columns of the accumulated transformation; null for the eigenvalues alone.</param>
    public FrancisQr(double* h, double* z, int n, nint pitch)
    {
        _h = h;
        _z = z;
        _n = n;
        _pitch = pitch;
        _smallest = SafeMinimum * (n / Precision);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref double H(int i, int j) => ref _h[i * _pitch + j];

    /// <summary>Iterates on rows and columns first … last; the eigenvalues of all rows are written.</summary>
    /// <returns>0, or the number of eigenvalues that were not found.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Run(int first, int last, double* real, double* imaginary)
    {
        for (int i = 0; i < _n; i++)
        {
            if (i >= first && i <= last)
                continue;
            real[i] = H(i, i);
            imaginary[i] = 0;
        }

        long budget = 30L * Math.Max(10, last - first + 1);
        int end = last;
        while (end >= first)
        {
            int start = first, round = 0;
            while (true)
            {
                start = FindSmallSubdiagonal(start, end);
                if (start > first)
                    H(start, start - 1) = 0;
                if (start >= end - 1)
                    break;
                if (--budget < 0)
                    return end + 1;
                // Every tenth round takes shifts that differ from the usual ones.
                int bulges = ++round % 10 == 0 ? 0 : BulgesFor(end - start + 1);
                if (bulges == 0 || !SweepChain(start, end, bulges))
                    Sweep(start, end, round);
            }

            if (start == end)
            {
                real[end] = H(end, end);
                imaginary[end] = 0;
            }
            else
            {
                StandardiseBlock(end - 1, real, imaginary);
            }

            end = start - 1;
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindSmallSubdiagonal(int start, int end)
    {
        int k;
        for (k = end; k > start; k--)
        {
            double below = Math.Abs(H(k, k - 1));
            if (below <= _smallest)
                break;
            double test = Math.Abs(H(k - 1, k - 1)) + Math.Abs(H(k, k));
            if (test == 0)
            {
                if (k - 2 >= start)
                    test += Math.Abs(H(k - 1, k - 2));
                if (k + 1 <= end)
                    test += Math.Abs(H(k + 1, k));
            }

            if (below > Precision * test)
                continue;
            double above = Math.Abs(H(k - 1, k)), more = Math.Max(below, above), less = Math.Min(below, above);
            double own = Math.Abs(H(k, k)), difference = Math.Abs(H(k - 1, k - 1) - H(k, k));
            double large = Math.Max(own, difference), small = Math.Min(own, difference), sum = large + more;
            if (less * (more / sum) <= Math.Max(_smallest, Precision * (small * (large / sum))))
                break;
        }

        return k;
    }

    private void Shifts(int start, int end, int round, out double real1, out double imaginary1, out double real2, out double imaginary2)
    {
        double h11, h21, h12, h22;
        if (round % 20 == 10)
        {
            double s = Math.Abs(H(start + 1, start)) + Math.Abs(H(start + 2, start + 1));
            h11 = h22 = 0.75 * s + H(start, start);
            h12 = -0.4375 * s;
            h21 = s;
        }
        else if (round % 20 == 0)
        {
            double s = Math.Abs(H(end, end - 1)) + Math.Abs(H(end - 1, end - 2));
            h11 = h22 = 0.75 * s + H(end, end);
            h12 = -0.4375 * s;
            h21 = s;
        }
        else
        {
            h11 = H(end - 1, end - 1);
            h21 = H(end, end - 1);
            h12 = H(end - 1, end);
            h22 = H(end, end);
        }

        real1 = real2 = imaginary1 = imaginary2 = 0;
        double size = Math.Abs(h11) + Math.Abs(h12) + Math.Abs(h21) + Math.Abs(h22);
        if (size == 0)
            return;
        h11 /= size;
        h21 /= size;
        h12 /= size;
        h22 /= size;
        double trace = (h11 + h22) / 2, determinant = (h11 - trace) * (h22 - trace) - h12 * h21, root = Math.Sqrt(Math.Abs(determinant));
        if (determinant >= 0)
        {
            real1 = real2 = trace * size;
            imaginary1 = root * size;
            imaginary2 = -imaginary1;
            return;
        }

        // Real shifts: twice the one closer to the corner.
        double upper = trace + root, lower = trace - root;
        real1 = real2 = (Math.Abs(upper - h22) <= Math.Abs(lower - h22) ? upper : lower) * size;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sweep(int start, int end, int round)
    {
        Shifts(start, end, round, out double real1, out double imaginary1, out double real2, out double imaginary2);
        double v0 = 0, v1 = 0, v2 = 0;
        int m;
        for (m = end - 2; m >= start; m--)
        {
            FirstColumn(m, real1, imaginary1, real2, imaginary2, out v0, out v1, out v2);
            if (m == start)
                break;
            double h00 = Math.Abs(H(m - 1, m - 1)), h11 = Math.Abs(H(m, m)), h22 = Math.Abs(H(m + 1, m + 1));
            if (Math.Abs(H(m, m - 1)) * (Math.Abs(v1) + Math.Abs(v2)) <= Precision * Math.Abs(v0) * (h00 + h11 + h22))
                break;
        }

        int lastColumn = _z != null ? _n - 1 : end, firstRow = _z != null ? 0 : start;
        for (int k = m; k < end; k++)
        {
            bool three = k + 2 <= end;
            if (k > m)
            {
                v0 = H(k, k - 1);
                v1 = H(k + 1, k - 1);
                v2 = three ? H(k + 2, k - 1) : 0;
            }

            double tau = Reflector(ref v0, ref v1, ref v2, three);
            if (k > m)
            {
                H(k, k - 1) = v0;
                H(k + 1, k - 1) = 0;
                if (three)
                    H(k + 2, k - 1) = 0;
            }
            else if (m > start)
            {
                // Not v0: the reflection may have been the identity.
                H(k, k - 1) *= 1 - tau;
            }

            ReflectBulgeRows(end, k, lastColumn, tau, v1, v2, _z);
            ReflectBulgeColumns(end, k, firstRow, tau, v1, v2);
        }
    }

    /// <summary>A multiple of the first column of (H − s₁)·(H − s₂) from row and column m on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FirstColumn(int m, double real1, double imaginary1, double real2, double imaginary2, out double v0, out double v1, out double v2)
    {
        double size = Math.Abs(H(m, m) - real2) + Math.Abs(imaginary2) + Math.Abs(H(m + 1, m)), h21 = H(m + 1, m) / size;
        // An eigenvalue that stands at the top already: nothing to reflect.
        (v0, v1, v2) = (1, 0, 0);
        if (size == 0)
            return;
        v0 = h21 * H(m, m + 1) + (H(m, m) - real1) * ((H(m, m) - real2) / size) - imaginary1 * (imaginary2 / size);
        v1 = h21 * (H(m, m) + H(m + 1, m + 1) - real1 - real2);
        v2 = h21 * H(m + 2, m + 1);
        size = Math.Abs(v0) + Math.Abs(v1) + Math.Abs(v2);
        if (size == 0)
            return;
        v0 /= size;
        v1 /= size;
        v2 /= size;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Reflector(ref double v0, ref double v1, ref double v2, bool three)
    {
        double tail = three ? Scalars.Hypotenuse(v1, v2) : Math.Abs(v1);
        if (tail == 0)
            return 0;
        double beta = -Math.CopySign(Scalars.Hypotenuse(v0, tail), v0), tau = (beta - v0) / beta, scale = 1 / (v0 - beta);
        v1 *= scale;
        v2 *= scale;
        v0 = beta;
        return tau;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReflectRows(double* a, double* b, double* c, double tau, double v1, double v2, nint count)
    {
        int lanes = Vector512<double>.Count;
        Vector512<double> w1 = Vector512.Create(v1), w2 = Vector512.Create(v2), t0 = Vector512.Create(-tau), t1 = Vector512.Create(-tau * v1), t2 = Vector512.Create(-tau * v2);
        nint j = 0;
        for (; j <= count - lanes; j += lanes)
        {
            Vector512<double> x = Vector512.Load(a + j), y = Vector512.Load(b + j), z = Vector512.Load(c + j);
            Vector512<double> sum = Fma(w2, z, Fma(w1, y, x));
            Fma(t0, sum, x).Store(a + j);
            Fma(t1, sum, y).Store(b + j);
            Fma(t2, sum, z).Store(c + j);
        }

        for (; j < count; j++)
        {
            double sum = a[j] + v1 * b[j] + v2 * c[j];
            a[j] -= tau * sum;
            b[j] -= tau * v1 * sum;
            c[j] -= tau * v2 * sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReflectRows(double* a, double* b, double tau, double v1, nint count)
    {
        int lanes = Vector512<double>.Count;
        Vector512<double> w1 = Vector512.Create(v1), t0 = Vector512.Create(-tau), t1 = Vector512.Create(-tau * v1);
        nint j = 0;
        for (; j <= count - lanes; j += lanes)
        {
            Vector512<double> x = Vector512.Load(a + j), y = Vector512.Load(b + j), sum = Fma(w1, y, x);
            Fma(t0, sum, x).Store(a + j);
            Fma(t1, sum, y).Store(b + j);
        }

        for (; j < count; j++)
        {
            double sum = a[j] + v1 * b[j];
            a[j] -= tau * sum;
            b[j] -= tau * v1 * sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReflectColumns(double* a, int rows, double tau, double v1, double v2)
    {
        double t1 = tau * v1, t2 = tau * v2;
        for (; rows > 0; rows--)
        {
            double sum = a[0] + v1 * a[1] + v2 * a[2];
            a[0] -= sum * tau;
            a[1] -= sum * t1;
            a[2] -= sum * t2;
            a += _pitch;
        }
    }

    /// <summary>Rotates rows and columns i, i + 1 to the standard form and writes their eigenvalues.</summary>
    private void StandardiseBlock(int i, double* real, double* imaginary)
    {
        double a = H(i, i), b = H(i, i + 1), c = H(i + 1, i), d = H(i + 1, i + 1);
        StandardForm(ref a, ref b, ref c, ref d, out double cosine, out double sine);
        real[i] = a;
        real[i + 1] = d;
        double root = Math.Sqrt(Math.Abs(b)) * Math.Sqrt(Math.Abs(c));
        imaginary[i] = c == 0 ? 0 : root;
        imaginary[i + 1] = c == 0 ? 0 : -root;
        H(i, i) = a;
        H(i, i + 1) = b;
        H(i + 1, i) = c;
        H(i + 1, i + 1) = d;
        if (_z == null)
            return;
        double* row = _h + i * _pitch;
        RotateRows(row + i + 2, row + _pitch + i + 2, cosine, sine, _n - i - 2);
        for (int k = 0; k < i; k++)
        {
            double x = H(k, i), y = H(k, i + 1);
            H(k, i) = cosine * x + sine * y;
            H(k, i + 1) = cosine * y - sine * x;
        }

        RotateRows(_z + i * _pitch, _z + (i + 1) * _pitch, cosine, sine, _n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateRows(double* a, double* b, double cosine, double sine, int count)
    {
        for (int j = 0; j < count; j++)
        {
            double x = a[j], y = b[j];
            a[j] = cosine * x + sine * y;
            b[j] = cosine * y - sine * x;
        }
    }

    /// <summary>Rotates [a b; c d] so that c = 0, or a = d and b·c &lt; 0.</summary>
    private static void StandardForm(ref double a, ref double b, ref double c, ref double d, out double cosine, out double sine)
    {
        cosine = 1;
        sine = 0;
        if (c == 0)
            return;
        if (b == 0)
        {
            cosine = 0;
            sine = 1;
            (a, d) = (d, a);
            b = -c;
            c = 0;
            return;
        }

        if (a - d == 0 && Math.Sign(b) != Math.Sign(c))
            return;
        double difference = a - d, p = 0.5 * difference;
        double larger = Math.Max(Math.Abs(b), Math.Abs(c)), smaller = Math.Min(Math.Abs(b), Math.Abs(c)) * Math.Sign(b) * Math.Sign(c);
        double scale = Math.Max(Math.Abs(p), larger), z = p / scale * p + larger / scale * smaller;
        if (z >= 4 * Precision)
        {
            // Real eigenvalues.
            z = p + Math.CopySign(Math.Sqrt(scale) * Math.Sqrt(z), p);
            a = d + z;
            d -= larger / z * smaller;
            double tau = Scalars.Hypotenuse(c, z);
            cosine = z / tau;
            sine = c / tau;
            b -= c;
            c = 0;
            return;
        }

        // Complex, or real and nearly equal: make the diagonal equal.
        double sigma = b + c, size = Scalars.Hypotenuse(sigma, difference);
        cosine = Math.Sqrt(0.5 * (1 + Math.Abs(sigma) / size));
        sine = -(p / (size * cosine)) * Math.CopySign(1, sigma);
        double aa = a * cosine + b * sine, bb = b * cosine - a * sine, cc = c * cosine + d * sine, dd = d * cosine - c * sine;
        a = aa * cosine + cc * sine;
        b = bb * cosine + dd * sine;
        c = cc * cosine - aa * sine;
        d = dd * cosine - bb * sine;
        double mean = 0.5 * (a + d);
        a = d = mean;
        if (c == 0)
            return;
        if (b == 0)
        {
            b = -c;
            c = 0;
            (cosine, sine) = (-sine, cosine);
        }
        else if (Math.Sign(b) == Math.Sign(c))
        {
            double rootB = Math.Sqrt(Math.Abs(b)), rootC = Math.Sqrt(Math.Abs(c));
            p = Math.CopySign(rootB * rootC, c);
            double tau = 1 / Math.Sqrt(Math.Abs(b + c));
            a = mean + p;
            d = mean - p;
            b -= c;
            c = 0;
            double c1 = rootB * tau, s1 = rootC * tau;
            (cosine, sine) = (cosine * c1 - sine * s1, cosine * s1 + sine * c1);
        }
    }
}
