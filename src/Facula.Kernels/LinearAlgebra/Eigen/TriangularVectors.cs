using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Eigenvectors of Schur forms by back substitution, one to a row of the result; rows must be zero before.</summary>
internal static unsafe class TriangularVectors
{
    private const double Precision = 2.220446049250313e-16, SafeMinimum = 2.2250738585072014e-308;
    private const double Large = 1e140;

    /// <summary>A real form with 2 × 2 blocks: a complex pair takes two rows, the real part and the imaginary part for the positive one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfReal(double* t, nint pitch, int n, double* imaginary, double* result)
    {
        for (int k = n - 1; k >= 0; k--)
        {
            double* x = result + k * pitch;
            if (imaginary[k] == 0)
            {
                x[k] = 1;
                SolveReal(t, pitch, k, k - 1, t[k * pitch + k], 0, x, null);
                continue;
            }

            double* im = x;
            double* re = result + (k - 1) * pitch;
            double above = t[(k - 1) * pitch + k], below = t[k * pitch + k - 1], omega = Math.Abs(imaginary[k]);
            if (Math.Abs(above) >= Math.Abs(below))
            {
                re[k - 1] = 1;
                im[k] = omega / above;
            }
            else
            {
                re[k - 1] = -omega / below;
                im[k] = 1;
            }

            SolveReal(t, pitch, k, k - 2, t[k * pitch + k], omega, re, im);
            k--;
        }
    }

    /// <summary>Solves upwards from row <paramref name="from"/> for the vector of eigenvalue λ + ωi; elements up to k are known to be non-zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveReal(double* t, nint pitch, int k, int from, double lambda, double omega, double* re, double* im)
    {
        double smallest = Math.Max(Precision * (Math.Abs(lambda) + omega), SafeMinimum * k / Precision);
        int i = from;
        while (i >= 0)
        {
            double* row = t + i * pitch;
            int length = k - i;
            Complex right = -Dot(row + i + 1, re + i + 1, im == null ? null : im + i + 1, length);
            if (i == 0 || row[i - 1] == 0)
            {
                Complex divisor = new(row[i] - lambda, -omega);
                if (Math.Abs(divisor.Real) + Math.Abs(divisor.Imaginary) < smallest)
                    divisor = smallest;
                Complex value = omega == 0 ? right.Real / divisor.Real : right / divisor;
                re[i] = value.Real;
                if (im != null)
                    im[i] = value.Imaginary;
                if (!(Math.Abs(value.Real) + Math.Abs(value.Imaginary) < Large))
                    Shrink(re, im, i, k);
                i--;
                continue;
            }

            double* upper = row - pitch;
            Complex first = -Dot(upper + i + 1, re + i + 1, im == null ? null : im + i + 1, length);
            Complex a = new(upper[i - 1] - lambda, -omega), d = new(row[i] - lambda, -omega);
            double b = upper[i], c = row[i - 1];
            Complex determinant = a * d - b * c;
            if (Math.Abs(determinant.Real) + Math.Abs(determinant.Imaginary) < smallest * smallest)
                determinant = smallest * smallest;
            Complex x0 = (first * d - b * right) / determinant, x1 = (a * right - c * first) / determinant;
            re[i - 1] = x0.Real;
            re[i] = x1.Real;
            if (im != null)
            {
                im[i - 1] = x0.Imaginary;
                im[i] = x1.Imaginary;
            }

            if (!(Math.Abs(x0.Real) + Math.Abs(x0.Imaginary) + Math.Abs(x1.Real) + Math.Abs(x1.Imaginary) < Large))
                Shrink(re, im, i - 1, k);
            i -= 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Complex Dot(double* row, double* re, double* im, int count) =>
        new(RealLoops.Dot(row, re, count), im == null ? 0 : RealLoops.Dot(row, im, count));

    /// <summary>An eigenvector has no length of its own: near overflow it is made smaller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shrink(double* re, double* im, int first, int last)
    {
        double largest = 0;
        for (int i = first; i <= last; i++)
            largest = Math.Max(largest, Math.Max(Math.Abs(re[i]), im == null ? 0 : Math.Abs(im[i])));
        for (int i = first; i <= last; i++)
        {
            re[i] /= largest;
            if (im != null)
                im[i] /= largest;
        }
    }

    /// <summary>A complex triangular form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfComplex(Complex* t, nint pitch, int n, Complex* result)
    {
        for (int k = n - 1; k >= 0; k--)
        {
            Complex* x = result + k * pitch;
            Complex lambda = t[k * pitch + k];
            double smallest = Math.Max(Precision * Scalars.Size(lambda), SafeMinimum * n / Precision);
            x[k] = 1;
            for (int i = k - 1; i >= 0; i--)
            {
                Complex* row = t + i * pitch;
                Complex divisor = row[i] - lambda;
                if (Scalars.Size(divisor) < smallest)
                    divisor = smallest;
                Complex value = -VectorLoops.DotPlain(row + i + 1, x + i + 1, k - i) / divisor;
                x[i] = value;
                if (Scalars.Size(value) < Large)
                    continue;
                double largest = VectorLoops.LargestPart(x + i, k - i + 1);
                for (int j = i; j <= k; j++)
                    x[j] /= largest;
            }
        }
    }
}
