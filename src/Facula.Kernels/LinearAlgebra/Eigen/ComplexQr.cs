using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>Schur form of a complex Hessenberg matrix with a real subdiagonal by the single-shift QR iteration.</summary>
internal readonly unsafe ref struct ComplexQr
{
    private const double Precision = 2.220446049250313e-16, SafeMinimum = 2.2250738585072014e-308;

    private readonly Complex* _h, _z;
    private readonly nint _pitch;
    private readonly int _n;
    private readonly double _smallest;

    /// <param name="z">Rows are the columns of the accumulated transformation; null for the eigenvalues alone.</param>
    public ComplexQr(Complex* h, Complex* z, int n, nint pitch)
    {
        _h = h;
        _z = z;
        _n = n;
        _pitch = pitch;
        _smallest = SafeMinimum * (n / Precision);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Complex H(int i, int j) => ref _h[i * _pitch + j];

    private static double Size(Complex value) => Math.Abs(value.Real) + Math.Abs(value.Imaginary);

    /// <summary>Iterates on rows and columns first … last; afterwards the eigenvalues are the diagonal.</summary>
    /// <returns>0, or the number of eigenvalues that were not found.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Run(int first, int last)
    {
        long budget = 30L * Math.Max(10, last - first + 1);
        int end = last;
        while (end >= first)
        {
            int start = first;
            for (int round = 1; ; round++)
            {
                start = FindSmallSubdiagonal(start, end);
                if (start > first)
                    H(start, start - 1) = 0;
                if (start == end)
                    break;
                if (--budget < 0)
                    return end + 1;
                Sweep(start, end, Shift(start, end, round));
            }

            end = start - 1;
        }

        return 0;
    }

    private int FindSmallSubdiagonal(int start, int end)
    {
        int k;
        for (k = end; k > start; k--)
        {
            double below = Size(H(k, k - 1));
            if (below <= _smallest)
                break;
            double test = Size(H(k - 1, k - 1)) + Size(H(k, k));
            if (test == 0)
            {
                if (k - 2 >= start)
                    test += Math.Abs(H(k - 1, k - 2).Real);
                if (k + 1 <= end)
                    test += Math.Abs(H(k + 1, k).Real);
            }

            if (Math.Abs(H(k, k - 1).Real) > Precision * test)
                continue;
            double above = Size(H(k - 1, k)), more = Math.Max(below, above), less = Math.Min(below, above);
            double own = Size(H(k, k)), difference = Size(H(k - 1, k - 1) - H(k, k));
            double large = Math.Max(own, difference), small = Math.Min(own, difference), sum = large + more;
            if (less * (more / sum) <= Math.Max(_smallest, Precision * (small * (large / sum))))
                break;
        }

        return k;
    }

    private Complex Shift(int start, int end, int round)
    {
        if (round % 20 == 10)
            return 0.75 * Math.Abs(H(start + 1, start).Real) + H(start, start);
        if (round % 20 == 0)
            return 0.75 * Math.Abs(H(end, end - 1).Real) + H(end, end);

        // Wilkinson: the eigenvalue of the corner that is closer to its last element.
        Complex t = H(end, end), u = Complex.Sqrt(H(end - 1, end)) * Complex.Sqrt(H(end, end - 1));
        double size = Size(u);
        if (size == 0)
            return t;
        Complex x = 0.5 * (H(end - 1, end - 1) - t);
        double half = Size(x);
        size = Math.Max(size, half);
        Complex xs = x / size, us = u / size, y = size * Complex.Sqrt(xs * xs + us * us);
        if (half > 0 && x.Real / half * y.Real + x.Imaginary / half * y.Imaginary < 0)
            y = -y;
        return t - u * (u / (x + y));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sweep(int start, int end, Complex shift)
    {
        Complex v0 = default, v1 = default;
        int m;
        for (m = end - 1; m >= start; m--)
        {
            Complex moved = H(m, m) - shift;
            double below = H(m + 1, m).Real, size = Size(moved) + Math.Abs(below);
            v0 = moved / size;
            v1 = below / size;
            if (m == start)
                break;
            double before = H(m, m - 1).Real;
            if (Math.Abs(before) * Math.Abs(v1.Real) <= Precision * (Size(v0) * (Size(H(m, m)) + Size(H(m + 1, m + 1)))))
                break;
        }

        int lastColumn = _z != null ? _n - 1 : end, firstRow = _z != null ? 0 : start;
        for (int k = m; k < end; k++)
        {
            if (k > m)
            {
                v0 = H(k, k - 1);
                v1 = H(k + 1, k - 1);
            }

            Complex tau = Householder.Generate(ref v0, &v1, 1);
            if (k > m)
            {
                H(k, k - 1) = v0;
                H(k + 1, k - 1) = 0;
            }

            double scaled = (tau * v1).Real;
            ReflectRows(_h + k * _pitch + k, _h + (k + 1) * _pitch + k, Complex.Conjugate(tau), scaled, v1, lastColumn - k + 1);
            Complex turned = Complex.Conjugate(v1);
            ReflectColumns(_h + firstRow * _pitch + k, _pitch, tau, scaled, turned, Math.Min(k + 2, end) - firstRow + 1);
            if (_z != null)
                ReflectRows(_z + k * _pitch, _z + (k + 1) * _pitch, tau, scaled, turned, _n);
            if (k == m && m > start)
                TurnPhases(m, end, firstRow, lastColumn, Complex.One - tau);
        }

        MakeLastReal(end, firstRow, lastColumn);
    }

    /// <summary>Two rows: s = τ·a + scaled·b, a −= s, b −= v·s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReflectRows(Complex* a, Complex* b, Complex tau, double scaled, Complex v, int count)
    {
        double* x = (double*)a, y = (double*)b;
        Vector512<double> signs = ComplexLoops.AlternatingSigns<double>(), factor = Vector512.Create(scaled);
        Vector512<double> tauReal = Vector512.Create(tau.Real), tauImaginary = Vector512.Create(tau.Imaginary) * signs, vReal = Vector512.Create(-v.Real), vImaginary = Vector512.Create(-v.Imaginary) * signs;
        int lanes = Vector512<double>.Count, i = 0, end = 2 * count;
        for (; i <= end - lanes; i += lanes)
        {
            Vector512<double> left = Vector512.Load(x + i), right = Vector512.Load(y + i);
            Vector512<double> sum = Fma(tauReal, left, Fma(tauImaginary, ComplexLoops.Exchange(left), factor * right));
            (left - sum).Store(x + i);
            Fma(vReal, sum, Fma(vImaginary, ComplexLoops.Exchange(sum), right)).Store(y + i);
        }

        for (; i < end; i += 2)
            ReflectPair(x + i, y + i, tauReal.GetLower().GetLower(), tauImaginary.GetLower().GetLower(), factor.GetLower().GetLower(), vReal.GetLower().GetLower(), vImaginary.GetLower().GetLower());
    }

    /// <summary>Two neighbouring columns in the same way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReflectColumns(Complex* a, nint pitch, Complex tau, double scaled, Complex v, int count)
    {
        Vector128<double> signs = Vector128.Create(-1.0, 1), factor = Vector128.Create(scaled);
        Vector128<double> tauReal = Vector128.Create(tau.Real), tauImaginary = Vector128.Create(tau.Imaginary) * signs, vReal = Vector128.Create(-v.Real), vImaginary = Vector128.Create(-v.Imaginary) * signs;
        for (; count > 0; count--, a += pitch)
            ReflectPair((double*)a, (double*)(a + 1), tauReal, tauImaginary, factor, vReal, vImaginary);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReflectPair(double* x, double* y, Vector128<double> tauReal, Vector128<double> tauImaginary, Vector128<double> factor, Vector128<double> vReal, Vector128<double> vImaginary)
    {
        Vector128<double> left = Vector128.Load(x), right = Vector128.Load(y);
        Vector128<double> sum = Fma(tauReal, left, Fma(tauImaginary, Vector128.Shuffle(left, Vector128.Create(1L, 0)), factor * right));
        (left - sum).Store(x);
        Fma(vReal, sum, Fma(vImaginary, Vector128.Shuffle(sum, Vector128.Create(1L, 0)), right)).Store(y);
    }

    /// <summary>A sweep that starts inside the block leaves a complex number before it: a diagonal unitary matrix makes it real.</summary>
    private void TurnPhases(int m, int end, int firstRow, int lastColumn, Complex phase)
    {
        phase /= Complex.Abs(phase);
        H(m + 1, m) *= Complex.Conjugate(phase);
        if (m + 2 <= end)
            H(m + 2, m + 1) *= phase;
        for (int j = m; j <= end; j++)
        {
            if (j != m + 1)
                TurnPhase(j, phase, firstRow, lastColumn);
        }
    }

    private void MakeLastReal(int end, int firstRow, int lastColumn)
    {
        Complex value = H(end, end - 1);
        if (value.Imaginary == 0)
            return;
        double size = Complex.Abs(value);
        H(end, end - 1) = size;
        TurnPhase(end, Complex.Conjugate(value / size), firstRow, lastColumn);
    }

    /// <summary>Row j right of the diagonal times the phase, column j above it and column j of Z times its conjugate.</summary>
    private void TurnPhase(int j, Complex phase, int firstRow, int lastColumn)
    {
        for (int k = j + 1; k <= lastColumn; k++)
            H(j, k) *= phase;
        Complex turned = Complex.Conjugate(phase);
        for (int i = firstRow; i < j; i++)
            H(i, j) *= turned;
        if (_z != null)
            VectorLoops.Scale(_z + j * _pitch, turned, _n);
    }
}
