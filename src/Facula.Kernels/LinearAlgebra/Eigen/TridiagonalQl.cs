using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Eigenvalues of a real symmetric tridiagonal matrix by the implicit QL and QR iterations, in double.</summary>
/// <remarks>The end of larger elements is left for last, so that graded matrices keep the accuracy of their small eigenvalues.</remarks>
internal static unsafe class TridiagonalQl
{
    private const double Epsilon = 1.1102230246251565e-16, SafeMinimum = 2.2250738585072014e-308;

    /// <summary>Turns d into the eigenvalues, unsorted, logging the rotations; e (n − 1 numbers) is destroyed.</summary>
    /// <returns>0, or how many off-diagonal elements did not vanish.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Solve<R>(double* d, double* e, int n, ref RotationLog<R> log) where R : unmanaged, INumberBase<R>
    {
        long budget = 40L * n + 40;
        int start = 0;
        while (start < n)
        {
            int end = start;
            while (end < n - 1 && !IsNegligible(d, e, end))
                end++;
            if (end < n - 1)
                e[end] = 0;
            bool converged = Math.Abs(d[end]) >= Math.Abs(d[start])
                ? SolveFromTop(d, e, start, end, ref log, ref budget)
                : SolveFromBottom(d, e, start, end, ref log, ref budget);
            if (!converged)
                return CountUnreduced(e, n);
            start = end + 1;
        }

        return 0;
    }

    private static int CountUnreduced(double* e, int n)
    {
        int count = 0;
        for (int i = 0; i < n - 1; i++)
            if (e[i] != 0)
                count++;
        return Math.Max(count, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNegligible(double* d, double* e, int i)
    {
        double size = Math.Abs(e[i]);
        return size * size <= Epsilon * Epsilon * Math.Abs(d[i]) * Math.Abs(d[i + 1]) + SafeMinimum;
    }

    /// <summary>QL: eigenvalues come out at the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool SolveFromTop<R>(double* d, double* e, int first, int last, ref RotationLog<R> log, ref long budget) where R : unmanaged, INumberBase<R>
    {
        int l = first;
        while (l <= last)
        {
            int m = l;
            while (m < last && !IsNegligible(d, e, m))
                m++;
            if (m < last)
                e[m] = 0;
            if (m == l)
            {
                l++;
                continue;
            }

            if (m == l + 1)
            {
                Split(d, e, l, out double cosine, out double sine);
                log.Begin(l, 1, down: true);
                log.Add(cosine, sine);
                l += 2;
                continue;
            }

            if (--budget < 0)
                return false;
            double p = d[l], g = (d[l + 1] - p) / (2 * e[l]), r = Scalars.Hypotenuse(g, 1);
            g = d[m] - p + e[l] / (g + Math.CopySign(r, g));
            double s = 1, c = 1;
            p = 0;
            log.Begin(l, m - l, down: true);
            for (int i = m - 1; i >= l; i--)
            {
                double f = s * e[i], b = c * e[i];
                Rotation(g, f, out c, out s, out r);
                if (i != m - 1)
                    e[i + 1] = r;
                g = d[i + 1] - p;
                r = (d[i] - g) * s + 2 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
                log.Add(c, s);
            }

            d[l] -= p;
            e[l] = g;
        }

        return true;
    }

    /// <summary>QR, the mirror image: eigenvalues come out at the bottom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool SolveFromBottom<R>(double* d, double* e, int first, int last, ref RotationLog<R> log, ref long budget) where R : unmanaged, INumberBase<R>
    {
        int l = last;
        while (l >= first)
        {
            int m = l;
            while (m > first && !IsNegligible(d, e, m - 1))
                m--;
            if (m > first)
                e[m - 1] = 0;
            if (m == l)
            {
                l--;
                continue;
            }

            if (m == l - 1)
            {
                Split(d, e, m, out double cosine, out double sine);
                log.Begin(m, 1, down: true);
                log.Add(cosine, sine);
                l -= 2;
                continue;
            }

            if (--budget < 0)
                return false;
            double p = d[l], g = (d[l - 1] - p) / (2 * e[l - 1]), r = Scalars.Hypotenuse(g, 1);
            g = d[m] - p + e[l - 1] / (g + Math.CopySign(r, g));
            double s = 1, c = 1;
            p = 0;
            log.Begin(m, l - m, down: false);
            for (int i = m; i < l; i++)
            {
                double f = s * e[i], b = c * e[i];
                Rotation(g, f, out c, out s, out r);
                if (i != m)
                    e[i - 1] = r;
                g = d[i] - p;
                r = (d[i + 1] - g) * s + 2 * c * b;
                p = s * r;
                d[i] = g + p;
                g = c * r - b;
                log.Add(c, -s);
            }

            d[l] -= p;
            e[l - 1] = g;
        }

        return true;
    }

    /// <summary>c·g + s·f = r, the other combination zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotation(double g, double f, out double c, out double s, out double r)
    {
        double sum = g * g + f * f;
        if (sum is > 1e-280 and < 1e280)
        {
            r = Math.Sqrt(sum);
            c = g / r;
            s = f / r;
            return;
        }

        r = double.Hypot(g, f);
        if (r == 0)
        {
            c = 1;
            s = 0;
            return;
        }

        c = g / r;
        s = f / r;
    }

    /// <summary>Diagonalises the block at i, i+1: the larger eigenvalue by modulus goes first.</summary>
    private static void Split(double* d, double* e, int i, out double cosine, out double sine)
    {
        double a = d[i], b = e[i], c = d[i + 1];
        double sum = a + c, difference = a - c, twice = b + b, root = Scalars.Hypotenuse(difference, twice);
        double large = Math.Max(Math.Abs(a), Math.Abs(c)) == Math.Abs(a) ? a : c, small = large == a ? c : a;
        double first, second;
        int sign = sum < 0 ? -1 : 1;
        if (sum == 0)
        {
            first = 0.5 * root;
            second = -0.5 * root;
        }
        else
        {
            first = 0.5 * (sum + sign * root);
            second = large / first * small - b / first * b;
        }

        // The eigenvector (cosine, −sine)… of the first eigenvalue, by the formula that does not cancel.
        int direction = difference >= 0 ? 1 : -1;
        double q = difference + direction * root, x, y;
        if (Math.Abs(q) > Math.Abs(twice))
        {
            double t = -twice / q;
            y = 1 / Math.Sqrt(1 + t * t);
            x = t * y;
        }
        else if (b == 0)
        {
            x = 1;
            y = 0;
        }
        else
        {
            double t = -q / twice;
            x = 1 / Math.Sqrt(1 + t * t);
            y = t * x;
        }

        if (sign == direction)
            (x, y) = (-y, x);
        // (x, y) is the unit eigenvector of the first eigenvalue.
        d[i] = first;
        d[i + 1] = second;
        e[i] = 0;
        cosine = x;
        sine = -y;
    }

    /// <summary>Eigenvalues alone by Pal, Walker and Kahan's variant without square roots; e is destroyed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SolveValues(double* d, double* e, int n)
    {
        long budget = 40L * n + 40;
        for (int i = 0; i < n - 1; i++)
            e[i] = IsNegligible(d, e, i) ? 0 : e[i] * e[i];
        int l = 0, end = -1;
        while (l < n)
        {
            int m = l;
            while (m < n - 1 && e[m] > Epsilon * Epsilon * Math.Abs(d[m] * d[m + 1]))
                m++;
            if (m < n - 1)
                e[m] = 0;
            if (m == l)
            {
                l++;
                continue;
            }

            if (l > end)
            {
                // A new block: turned round if need be, since without vectors the order is free.
                end = m;
                if (Math.Abs(d[m]) < Math.Abs(d[l]))
                {
                    new Span<double>(d + l, m - l + 1).Reverse();
                    new Span<double>(e + l, m - l).Reverse();
                }
            }

            if (--budget < 0)
                return 1;
            double root = Math.Sqrt(e[l]), sigma = (d[l + 1] - d[l]) / (2 * root);
            sigma = d[l] - root / (sigma + Math.CopySign(Scalars.Hypotenuse(sigma, 1), sigma));
            double c = 1, s = 0, gamma = d[m] - sigma, p = gamma * gamma;
            for (int i = m - 1; i >= l; i--)
            {
                double square = e[i], r = p + square;
                if (i != m - 1)
                    e[i + 1] = s * r;
                double previous = c, before = gamma;
                c = p / r;
                s = square / r;
                gamma = c * (d[i] - sigma) - s * before;
                d[i + 1] = before + (d[i] - gamma);
                p = c != 0 ? gamma * gamma / c : previous * square;
            }

            e[l] = s * p;
            d[l] = sigma + gamma;
        }

        return 0;
    }
}
