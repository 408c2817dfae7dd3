using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// ln Γ and its derivatives.
public static partial class SpecialFunctions
{
    // (−1)ᵏ(ζ(k) − 1)/k for k = 32 down to 2: the series of ln Γ(2 + z) beyond its linear term.
    private static ReadOnlySpan<double> LogGammaSeries =>
    [
        7.275974480239079e-12, -1.5021384080754142e-11, 3.1044247747322276e-11, -6.4229645638381e-11, 1.330476437424449e-10,
        -2.7595228851242334e-10, 5.731367241678862e-10, -1.1921401405860912e-09, 2.4836745438024785e-09, -5.183475041970047e-09,
        1.0838659214896955e-08, -2.2711094608943164e-08, 4.7698101693639804e-08, -1.0043224823968099e-07, 2.1207184805554665e-07,
        -4.492469198764566e-07, 9.55141213040742e-07, -2.039215753801366e-06, 4.374866789907488e-06, -9.439488275268397e-06,
        2.050721277567069e-05, -4.492623673813314e-05, 9.945751278180853e-05, -0.00022315475845357939, 0.0005096695247430425,
        -0.001192753911703261, 0.0028905103307415234, -0.007385551028673986, 0.020580808427784546, -0.0673523010531981,
        0.3224670334241132,
    ];
    private const double OneMinusEuler = 0.42278433509846713939;

    // B₂ₖ/(2k(2k−1)), k = 8 … 1: Stirling's series in 1/x².
    private static ReadOnlySpan<double> StirlingSeries =>
    [
        -0.029550653594771242, 0.00641025641025641, -0.0019175269175269176, 0.0008417508417508417,
        -0.0005952380952380953, 0.0007936507936507937, -0.002777777777777778, 0.08333333333333333,
    ];
    private const double HalfLogTwoPi = 0.91893853320467274178;

    // B₂ₖ/(2k), k = 7 … 1: the asymptotic series of digamma in 1/x².
    private static ReadOnlySpan<double> DigammaSeries =>
    [
        0.08333333333333333, -0.021092796092796094, 0.007575757575757576, -0.004166666666666667,
        0.003968253968253968, -0.008333333333333333, 0.08333333333333333,
    ];

    // B₂ₖ, k = 8 … 1: the asymptotic series of trigamma in 1/x².
    private static ReadOnlySpan<double> TrigammaSeries =>
    [
        -7.0921568627450977, 1.1666666666666667, -0.25311355311355310, 0.075757575757575758,
        -0.033333333333333333, 0.023809523809523808, -0.033333333333333333, 0.16666666666666667,
    ];

    /// <summary>ln |Γ(x)|.</summary>
    public static double LogGamma(double x)
    {
        if (x <= 0)
        {
            if (x == Math.Floor(x))
                return double.PositiveInfinity;
            // Γ(x)Γ(−x) = −π / (x sin πx)
            double size = -x;
            return Math.Log(Math.PI / (size * Math.Abs(double.SinPi(x)))) - LogGamma(size);
        }

        if (x >= 12)
        {
            if (x > 1e17)
                return double.IsPositiveInfinity(x) ? x : x * (Math.Log(x) - 1);
            return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + StirlingTail(x);
        }

        if (x < 0.5)
            return LogGammaNearTwo(x) - Math.Log(x) - Log1P(x);
        if (x <= 1.5)
            return LogGammaNearTwo(x - 1) - Log1P(x - 1);
        double product = 1;
        while (x > 2.5)
        {
            x -= 1;
            product *= x;
        }

        return LogGammaNearTwo(x - 2) + Math.Log(product);
    }

    /// <summary>ln Γ(2 + z) for |z| ≤ ½.</summary>
    private static double LogGammaNearTwo(double z) => z * (OneMinusEuler + z * Polynomial(LogGammaSeries, z));

    /// <summary>ln Γ(2 + z) for |z| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> LogGammaNearTwo(Vector512<double> z) => z * VectorMath.Fma(z, Polynomial(LogGammaSeries, z), Vector512.Create(OneMinusEuler));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> StirlingTail(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.StirlingTail(x.GetLower()), HalfVectors.StirlingTail(x.GetUpper()));
        Vector512<double> inverse = Vector512<double>.One / x;
        return Polynomial(StirlingSeries, inverse * inverse) * inverse;
    }

    private static double StirlingTail(double x) => Polynomial(StirlingSeries, 1 / (x * x)) / x;

    /// <summary>The logarithmic derivative of Γ.</summary>
    public static double Digamma(double x)
    {
        if (x == 0)
            return Math.CopySign(double.PositiveInfinity, -x);
        if (x < 0)
        {
            double fraction = x - Math.Truncate(x);
            if (fraction == 0 || double.IsInfinity(x))
                return double.NaN;
            return Digamma(1 - x) - Math.PI / double.TanPi(fraction);
        }

        double shift = 0;
        for (; x < 10; x += 1)
            shift -= 1 / x;
        double series = x < 1e17 ? Polynomial(DigammaSeries, 1 / (x * x)) / (x * x) : 0;
        return shift + Math.Log(x) - 0.5 / x - series;
    }

    /// <summary>The second derivative of ln Γ.</summary>
    public static double Trigamma(double x)
    {
        if (double.IsPositiveInfinity(x))
            return 0;
        if (x >= 0.5)
            return TrigammaOfPositive(x);
        // sin(π·x) in plain arithmetic, as PyTorch has it: its poles at the negative integers are large numbers, not infinities.
        double ratio = Math.PI / Math.Sin(Math.PI * x);
        return ratio * ratio - TrigammaOfPositive(1 - x);
    }

    // 1/x² + 1/(x + 1)² + … until the asymptotic series serves.
    private static double TrigammaOfPositive(double x)
    {
        double sum = 0;
        for (; x < 12; x += 1)
            sum += 1 / (x * x);
        double inverse = 1 / x, z = inverse * inverse;
        return sum + inverse * (1 + inverse / 2 + z * Polynomial(TrigammaSeries, z));
    }

    /// <summary>The second derivative of ln Γ, with PyTorch's float32 values at the negative integers.</summary>
    public static float Trigamma(float x)
    {
        if (x >= 0.5f || x != MathF.Floor(x))
            return (float)Trigamma((double)x);
        float ratio = MathF.PI / MathF.Sin(MathF.PI * x);
        return ratio * ratio - (float)Trigamma(1.0 - x);
    }

    /// <summary>The derivative of order <paramref name="n"/> of digamma.</summary>
    public static double Polygamma(long n, double x)
    {
        if (n == 0)
            return Digamma(x);
        if (n == 1)
            return Trigamma(x);
        return (n % 2 == 0 ? -1 : 1) * Math.Exp(LogGamma(n + 1.0)) * Zeta(n + 1.0, x);
    }
}
