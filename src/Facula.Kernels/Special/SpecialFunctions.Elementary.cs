namespace Facula.Kernels;

// Small functions with a rule of their own at zero.
public static partial class SpecialFunctions
{
    /// <summary>sin(πx)/(πx), 1 at zero.</summary>
    public static double Sinc(double x)
    {
        if (x == 0)
            return 1;
        double product = Math.PI * x;
        return Math.Sin(product) / product;
    }

    /// <summary>−x·ln x, 0 at zero and −∞ below.</summary>
    public static double Entr(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 0)
            return -x * Math.Log(x);
        return x == 0 ? 0 : double.NegativeInfinity;
    }

    /// <summary>x·ln y, 0 where x is zero.</summary>
    public static double XLogY(double x, double y)
    {
        if (double.IsNaN(y))
            return double.NaN;
        return x == 0 ? 0 : x * Math.Log(y);
    }

    /// <summary>x·ln(1 + y), 0 where x is zero.</summary>
    public static double XLog1PY(double x, double y)
    {
        if (double.IsNaN(y))
            return double.NaN;
        return x == 0 ? 0 : x * Log1P(y);
    }

    /// <summary>The spherical Bessel function sin(x)/x.</summary>
    public static double SphericalBesselJ0(double x)
    {
        if (double.IsInfinity(x))
            return 0;
        if (Math.Abs(x) >= 0.5)
            return Math.Sin(x) / x;
        double z = x * x;
        return 1 + z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 + z * (-1.0 / 39916800 + z / 6227020800.0)))));
    }

    /// <summary>ln of the multivariate Γ of dimension <paramref name="p"/>.</summary>
    public static double MultivariateLogGamma(double x, long p)
    {
        double sum = p * (p - 1) * 0.25 * 1.1447298858494001741;
        for (long j = 0; j < p; j++)
            sum += LogGamma(x - 0.5 * j);
        return sum;
    }
}
