namespace Facula.Kernels;

// The Hurwitz zeta function by Euler and Maclaurin's formula.
public static partial class SpecialFunctions
{
    // B₂ₖ/(2k)!, k = 1 … 12.
    private static ReadOnlySpan<double> EulerMaclaurin =>
    [
        0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07, 2.08767569878681e-08,
        -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16,
        5.5090028283602295e-18, -1.3954464685812522e-19,
    ];

    /// <summary>Σ (k + q)⁻ˢ over k ≥ 0, the Hurwitz zeta function.</summary>
    public static double Zeta(double s, double q)
    {
        if (s == 1)
            return double.PositiveInfinity;
        if (s < 1)
            return double.NaN;
        if (q <= 0)
        {
            if (q == Math.Floor(q))
                return double.PositiveInfinity;
            if (s != Math.Floor(s))
                return double.NaN;
            if (q < -16)
                return ZetaFarLeft(s, q);
        }

        double sum = Math.Pow(q, -s), a = q, power = sum;
        for (int i = 0; i < 9 || a <= 9; i++)
        {
            a += 1;
            power = Math.Pow(a, -s);
            sum += power;
            if (Math.Abs(power) < 1.1e-16 * Math.Abs(sum))
                return sum;
        }

        // Σ over n ≥ a: a¹⁻ˢ/(s−1) − a⁻ˢ/2 (the term itself is in the sum already) + Σ B₂ₖ/(2k)!·s(s+1)…(s+2k−2)·a⁻ˢ⁻²ᵏ⁺¹
        sum += power * a / (s - 1) - 0.5 * power;
        double factor = s, descending = power / a;
        for (int k = 0; k < 12; k++)
        {
            double term = EulerMaclaurin[k] * factor * descending;
            sum += term;
            if (Math.Abs(term) < 1e-17 * Math.Abs(sum))
                break;
            factor *= (s + 2 * k + 1) * (s + 2 * k + 2);
            descending /= a * a;
        }

        return sum;
    }

    /// <summary>The terms left of zero are a difference of two zeta functions of the mirrored argument.</summary>
    private static double ZetaFarLeft(double s, double q)
    {
        double whole = Math.Floor(q), fraction = q - whole;
        if (fraction is 0 or 1)
            return double.PositiveInfinity;
        double sign = Math.IEEERemainder(s, 2) == 0 ? 1 : -1;
        return Zeta(s, fraction) + sign * (Zeta(s, 1 - fraction) - Zeta(s, 1 - q));
    }
}
