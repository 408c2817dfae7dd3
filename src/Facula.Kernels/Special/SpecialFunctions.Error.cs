namespace Facula.Kernels;

// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969): his coefficients and ranges.
public static partial class SpecialFunctions
{
    private static ReadOnlySpan<double> ErfNumerator =>
        [1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3];
    private static ReadOnlySpan<double> ErfDenominator =>
        [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];
    private static ReadOnlySpan<double> ErfcMiddleNumerator =>
    [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
        8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
    ];
    private static ReadOnlySpan<double> ErfcMiddleDenominator =>
    [
        1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];
    private static ReadOnlySpan<double> ErfcTailNumerator =>
    [
        1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
        1.60837851487422766e-2, 6.58749161529837803e-4,
    ];
    private static ReadOnlySpan<double> ErfcTailDenominator =>
    [
        1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3,
    ];

    private const double ErfRange = 0.46875;

    /// <summary>The error function.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size <= ErfRange)
            return x * ErfRatio(x);
        if (size > 6)
            return Math.CopySign(1, x);
        return double.IsNaN(x) ? x : Math.CopySign(1 - ExpMinusSquare(size) * ErfcxPositive(size), x);
    }

    /// <summary>1 − erf(x), without cancellation for large x.</summary>
    public static double Erfc(double x)
    {
        double size = Math.Abs(x);
        if (size <= ErfRange)
            return 1 - x * ErfRatio(x);
        if (size > 27.3)
            return x < 0 ? 2 : 0;
        double tail = ExpMinusSquare(size) * ErfcxPositive(size);
        return x < 0 ? 2 - tail : tail;
    }

    /// <summary>The scaled complement exp(x²)·erfc(x).</summary>
    public static double Erfcx(double x)
    {
        if (Math.Abs(x) <= ErfRange)
            return Math.Exp(x * x) * (1 - x * ErfRatio(x));
        if (x > 0)
            return ErfcxPositive(x);
        if (x < -26.7)
            return double.PositiveInfinity;
        return 2 / ExpMinusSquare(x) - ErfcxPositive(-x);
    }

    private static double ErfRatio(double x) => Polynomial(ErfNumerator, x * x) / Polynomial(ErfDenominator, x * x);

    /// <summary>erfcx from 0.46875 up.</summary>
    private static double ErfcxPositive(double x)
    {
        if (x <= 4)
            return Polynomial(ErfcMiddleNumerator, x) / Polynomial(ErfcMiddleDenominator, x);
        double z = 1 / (x * x);
        return (InverseSqrtPi - z * (Polynomial(ErfcTailNumerator, z) / Polynomial(ErfcTailDenominator, z))) / x;
    }

    /// <summary>exp(−x²) with the rounding error of x² put back.</summary>
    private static double ExpMinusSquare(double x)
    {
        double square = x * x;
        if (double.IsInfinity(square))
            return 0;
        return Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(x, x, -square));
    }
}
