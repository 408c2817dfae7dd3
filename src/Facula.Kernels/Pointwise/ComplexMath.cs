using System.Numerics;

namespace Facula.Kernels;

/// <summary>Complex functions with C99's branch cuts (the sign of a zero tells the side), where <see cref="Complex"/> lacks them.</summary>
public static class ComplexMath
{
    /// <summary>The square root in the right half plane.</summary>
    public static Complex Sqrt(Complex z)
    {
        double x = z.Real, y = z.Imaginary;
        if (x == 0 && y == 0) return new(0, y);
        if (double.IsInfinity(y)) return new(double.PositiveInfinity, y);
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.IsNegativeInfinity(x) ? new(double.NaN, double.PositiveInfinity) : double.IsPositiveInfinity(x) ? new(x, double.NaN) : new(double.NaN, double.NaN);
        if (double.IsPositiveInfinity(x)) return new(x, Math.CopySign(0, y));
        if (double.IsNegativeInfinity(x)) return new(0, Math.CopySign(double.PositiveInfinity, y));
        // Halving first keeps |z| + |x| from overflowing.
        double root = Math.Sqrt(double.Hypot(x / 2, y / 2) + Math.Abs(x) / 2);
        return x >= 0 ? new(root, y / (2 * root)) : new(Math.Abs(y) / (2 * root), Math.CopySign(root, y));
    }

    /// <summary>ln|z| + i·arg z.</summary>
    public static Complex Log(Complex z) => new(LogAbs(z), Math.Atan2(z.Imaginary, z.Real));

    /// <summary>The logarithm to base 10.</summary>
    public static Complex Log10(Complex z) => Scale(Log(z), 1 / Math.Log(10));

    /// <summary>The logarithm to base 2.</summary>
    public static Complex Log2(Complex z) => Scale(Log(z), 1 / Math.Log(2));

    /// <summary>1 / z.</summary>
    public static Complex Reciprocal(Complex z) => Complex.One / z;

    /// <summary>z / |z|, 0 at zero.</summary>
    public static Complex Sgn(Complex z)
    {
        if (z == Complex.Zero) return Complex.Zero;
        double size = double.Hypot(z.Real, z.Imaginary);
        return new(z.Real / size, z.Imaginary / size);
    }

    /// <summary>sin(πz) / (πz), 1 at zero.</summary>
    public static Complex Sinc(Complex z)
    {
        if (z == Complex.Zero) return Complex.One;
        Complex scaled = z * Math.PI;
        return Complex.Sin(scaled) / scaled;
    }

    /// <summary>The inverse sine.</summary>
    public static Complex Asin(Complex z)
    {
        Complex w = Complex.Asin(new Complex(Math.Abs(z.Real), Math.Abs(z.Imaginary)));
        return new(Math.CopySign(w.Real, z.Real), Math.CopySign(w.Imaginary, z.Imaginary));
    }

    /// <summary>The inverse cosine.</summary>
    public static Complex Acos(Complex z)
    {
        Complex w = Complex.Acos(new Complex(Math.Abs(z.Real), Math.Abs(z.Imaginary)));
        return new(double.IsNegative(z.Real) ? Math.PI - w.Real : w.Real, -Math.CopySign(w.Imaginary, z.Imaginary));
    }

    /// <summary>The inverse hyperbolic sine: −i·asin(iz).</summary>
    public static Complex Asinh(Complex z)
    {
        Complex w = Asin(new Complex(-z.Imaginary, z.Real));
        return new(w.Imaginary, -w.Real);
    }

    /// <summary>The inverse hyperbolic cosine: ±i·acos z with a real part that is not negative.</summary>
    public static Complex Acosh(Complex z)
    {
        Complex w = Acos(z);
        return new(Math.Abs(w.Imaginary), Math.CopySign(w.Real, z.Imaginary));
    }

    /// <summary>The inverse hyperbolic tangent.</summary>
    public static Complex Atanh(Complex z)
    {
        double x = z.Real, y = z.Imaginary;
        if (double.IsInfinity(x) || double.IsInfinity(y)) return new(Math.CopySign(0, x), Math.CopySign(Math.PI / 2, y));
        // Far out, the squares would overflow: atanh z ≈ 1/z ± iπ/2.
        if (Math.Abs(x) > 1e150 || Math.Abs(y) > 1e150)
        {
            Complex inverse = Complex.One / z;
            return new(inverse.Real, Math.CopySign(Math.PI / 2, y));
        }
        double a = 1 - Math.Abs(x);
        double real = 0.25 * SpecialFunctions.Log1P(4 * Math.Abs(x) / (a * a + y * y));
        double imaginary = 0.5 * Math.Atan2(2 * y, a * (1 + Math.Abs(x)) - y * y);
        return new(Math.CopySign(real, x), imaginary);
    }

    /// <summary>The inverse tangent: −i·atanh(iz).</summary>
    public static Complex Atan(Complex z)
    {
        Complex w = Atanh(new Complex(-z.Imaginary, z.Real));
        return new(w.Imaginary, -w.Real);
    }

    /// <summary>z to the power w; 1 for the power 0.</summary>
    public static Complex Pow(Complex z, Complex w)
    {
        if (w == Complex.Zero) return Complex.One;
        if (w == Complex.One) return z;
        if (w == new Complex(2, 0)) return z * z;
        if (z == Complex.Zero) return w.Real > 0 ? Complex.Zero : new(double.NaN, double.NaN);
        return Complex.Exp(w * Log(z));
    }

    // Near |z| = 1, ln|z| = log1p(|z|² − 1) / 2 without cancellation.
    private static double LogAbs(Complex z)
    {
        double x = Math.Abs(z.Real), y = Math.Abs(z.Imaginary);
        if (x < y) (x, y) = (y, x);
        if (x is > 0.5 and < 2 && y < 2)
        {
            double excess = (x - 1) * (x + 1) + y * y;
            if (excess > -0.5) return 0.5 * SpecialFunctions.Log1P(excess);
        }
        return Math.Log(double.Hypot(x, y));
    }

    private static Complex Scale(Complex z, double factor) => new(z.Real * factor, z.Imaginary * factor);
}
