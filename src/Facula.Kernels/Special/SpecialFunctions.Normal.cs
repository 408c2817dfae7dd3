namespace Facula.Kernels;

// The normal distribution function, its logarithm and its inverse.
// Inverse: M. J. Wichura, algorithm AS 241, Applied Statistics 37 (1988), his coefficients, highest power first.
public static partial class SpecialFunctions
{
    private static ReadOnlySpan<double> QuantileCentreNumerator =>
    [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
    ];
    private static ReadOnlySpan<double> QuantileCentreDenominator =>
    [
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
    ];
    private static ReadOnlySpan<double> QuantileMiddleNumerator =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
        3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
    ];
    private static ReadOnlySpan<double> QuantileMiddleDenominator =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1,
    ];
    private static ReadOnlySpan<double> QuantileTailNumerator =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
    ];
    private static ReadOnlySpan<double> QuantileTailDenominator =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1,
    ];

    /// <summary>The area under the standard normal density left of x.</summary>
    public static double Ndtr(double x) => 0.5 * Erfc(-x * SqrtHalf);

    /// <summary>ln(ndtr(x)), right far into the left tail.</summary>
    public static double LogNdtr(double x)
    {
        double t = x * SqrtHalf;
        return x < -1 ? Math.Log(Erfcx(-t) / 2) - t * t : Log1P(-Erfc(t) / 2);
    }

    /// <summary>The x with ndtr(x) = p.</summary>
    public static double Ndtri(double p)
    {
        if (p is 0 or 1)
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (!(p > 0 && p < 1))
            return double.NaN;
        double q = p - 0.5;
        return Math.Abs(q) <= 0.425 ? QuantileCentre(q) : Math.CopySign(QuantileTail(Math.Min(p, 1 - p)), q);
    }

    /// <summary>The inverse of the error function.</summary>
    public static double Erfinv(double x)
    {
        double size = Math.Abs(x);
        if (size == 1)
            return Math.CopySign(double.PositiveInfinity, x);
        if (!(size < 1))
            return double.NaN;
        // q = x/2 is exact, where p = (1 + x)/2 would round.
        return size <= 0.85 ? SqrtHalf * QuantileCentre(x / 2) : Math.CopySign(SqrtHalf * QuantileTail((1 - size) / 2), x);
    }

    private static double QuantileCentre(double q)
    {
        double r = 0.180625 - q * q;
        return q * Polynomial(QuantileCentreNumerator, r) / Polynomial(QuantileCentreDenominator, r);
    }

    /// <summary>The positive x whose upper tail has the given area.</summary>
    private static double QuantileTail(double area)
    {
        double r = Math.Sqrt(-Math.Log(area));
        if (r > 26)
        {
            // Below 1e-294 and in the subnormal numbers the fit ends: one step of Newton's method on ln ndtr mends it.
            double start = QuantileRatio(r);
            double density = Math.Exp(-0.5 * start * start - LogNdtr(-start)) / 2.5066282746310005024;
            return start + (LogNdtr(-start) - Math.Log(area)) / density;
        }

        return QuantileRatio(r);
    }

    private static double QuantileRatio(double r) => r <= 5
        ? Polynomial(QuantileMiddleNumerator, r - 1.6) / Polynomial(QuantileMiddleDenominator, r - 1.6)
        : Polynomial(QuantileTailNumerator, r - 5) / Polynomial(QuantileTailDenominator, r - 5);
}
