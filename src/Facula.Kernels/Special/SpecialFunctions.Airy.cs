namespace Facula.Kernels;

// The Airy function. Coefficients of the Cephes library, highest power first. Denominators without a leading 1: see SpecialFunctions.Bessel.cs.
public static partial class SpecialFunctions
{
    private static ReadOnlySpan<double> AiryRightNumerator =>
    [
        0.346538101525629, 12.007595273964581, 76.27960536152345, 168.08922493463058, 159.75639135016442,
        70.53609068404442, 14.026469116338967, 1.0,
    ];
    private static ReadOnlySpan<double> AiryRightDenominator =>
    [
        0.5675945326387702, 14.75625625848472, 84.51389701414746, 177.31808814540045, 164.2346928715297,
        71.47784008255756, 14.095913560783403, 1.0,
    ];
    private static ReadOnlySpan<double> AirySineNumerator =>
    [
        -0.1316963234183318, -0.6264565444319123, -0.6931580360369335, -0.2797799815451191, -0.04919001326095003,
        -0.004062659235948854, -0.0001592764962392621, -2.776491081552329e-06, -1.6778769848911465e-08,
    ];
    private static ReadOnlySpan<double> AirySineDenominator =>
    [
        13.356042070655324, 32.682503279522464, 26.736704094149957, 9.187074029072596, 1.4752914677166642,
        0.11568717379518804, 0.004402916416152112, 7.547203482874142e-05, 4.5185009297058035e-07,
    ];
    private static ReadOnlySpan<double> AiryCosineNumerator =>
    [
        0.01973399320916857, 0.39110302961568827, 1.0657989759959559, 0.9391692298166502, 0.35146565610554764,
        0.06338889196289255, 0.005858041130483885, 0.000282851600836737, 6.98793669997261e-06, 8.117892395543892e-08,
        3.415517847659236e-10,
    ];
    private static ReadOnlySpan<double> AiryCosineDenominator =>
    [
        9.30892908077442, 19.835292871831214, 15.564662893286462, 5.476860694229755, 0.9542936116189619,
        0.08645808263523921, 0.004126565238242226, 0.00010125908511650914, 1.1716673321441352e-06, 4.9183457006293e-09,
    ];

    /// <summary>The Airy function Ai(x).</summary>
    public static double AiryAi(double x)
    {
        if (double.IsInfinity(x))
            return double.NaN;
        if (x > 103.892)
            return 0;
        if (x < -2.09)
            return AiryLeft(x);
        if (x < 2.09)
            return AirySeries(x);

        double root = Math.Sqrt(x), zeta = 2 * x * root / 3, z = 1 / zeta;
        double ratio = Polynomial(AiryRightNumerator, z) / Polynomial(AiryRightDenominator, z);
        return InverseSqrtPi * ratio / (2 * Math.Sqrt(root) * Math.Exp(zeta));
    }

    /// <summary>Phase and amplitude of the oscillation.</summary>
    private static double AiryLeft(double x)
    {
        double root = Math.Sqrt(-x), zeta = -2 * x * root / 3, z = 1 / zeta, square = z * z;
        double sine = 1 + square * Polynomial(AirySineNumerator, square) / Polynomial(AirySineDenominator, square);
        double cosine = z * Polynomial(AiryCosineNumerator, square) / Polynomial(AiryCosineDenominator, square);
        double angle = zeta + Math.PI / 4;
        return InverseSqrtPi / Math.Sqrt(root) * (Math.Sin(angle) * sine - Math.Cos(angle) * cosine);
    }

    /// <summary>The two power series that solve y″ = xy.</summary>
    private static double AirySeries(double x)
    {
        double cube = x * x * x, f = 1, g = x, termF = 1, termG = x;
        for (double k = 2; Math.Abs(termF) > 1e-17 * Math.Abs(f) || Math.Abs(termG) > 1e-17 * Math.Abs(g); k += 3)
        {
            termF *= cube / (k * (k + 1));
            termG *= cube / ((k + 1) * (k + 2));
            f += termF;
            g += termG;
        }

        return 0.355028053887817239260 * f - 0.258819403792806798405 * g;
    }
}
