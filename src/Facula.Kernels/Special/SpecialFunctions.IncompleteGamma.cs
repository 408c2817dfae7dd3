namespace Facula.Kernels;

// The regularised incomplete gamma functions. Series and continued fraction as in DLMF 8.11.4, 8.7.3 and 8.9.2; for large a near
// x = a, where both are slow, Temme's uniform expansion, DLMF 8.12.
public static partial class SpecialFunctions
{
    private const int TemmeTerms = 7, TemmePowers = 16;

    // Taylor coefficients in η of Temme's functions, from the exact recurrence
    // cₖ(η) = c′ₖ₋₁(η)/η + (−1)ᵏgₖ/(λ−1), gₖ those of Stirling's formula.
    private static ReadOnlySpan<double> Temme =>
    [
        // c₀
        -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
        0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
        -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
        1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10, -2.5514193994946248e-11,
        // c₁
        -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
        0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
        -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07, -5.752545603517705e-08,
        1.1951628599778148e-08, -1.7543241719747647e-11, -1.0091543710600413e-09, 4.162792991842583e-10,
        // c₂
        0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
        -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08,
        1.3721957309062934e-06, -6.298992138380055e-07, 1.4280614206064242e-07, -2.0477098421990866e-10,
        -1.409252991086752e-08, 6.228974084922022e-09, -1.3670488396617114e-09, 9.428356159014678e-13,
        // c₃
        0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885,
        -7.561801671883977e-05, -2.396505113867297e-07, 1.1082654115347302e-05, -5.6749528269915965e-06,
        1.4230900732435883e-06, -2.7861080291528143e-11, -1.6958404091930278e-07, 8.099464905388083e-08,
        -1.9111168485973655e-08, 2.3928620439808118e-12, 2.0620131815488797e-09, -9.460496661855133e-10,
        // c₄
        -0.0008618882909167117, 0.0007840392217200666, -0.0002990724803031902, -1.4638452578843418e-06,
        6.641498215465122e-05, -3.968365047179435e-05, 1.1375726970678419e-05, 2.507497226237533e-10,
        -1.6954149536558305e-06, 8.907507532205309e-07, -2.292934834000805e-07, 2.956794137544049e-11,
        2.8865829742708783e-08, -1.4189739437803219e-08, 3.4463580499464896e-09, -2.3024517174528067e-13,
        // c₅
        -0.00033679855336635813, -6.972813758365857e-05, 0.0002772753244959392, -0.00019932570516188847,
        6.797780477937208e-05, 1.419062920643967e-07, -1.3594048189768693e-05, 8.018470256334202e-06,
        -2.291481176508095e-06, -3.252473551298454e-10, 3.4652846491085265e-07, -1.8447187191171344e-07,
        4.8240967037894184e-08, -1.7989466721743514e-14, -6.306194500013523e-09, 3.162417628774568e-09,
        // c₆
        0.0005313079364639922, -0.0005921664373536939, 0.0002708782096718045, 7.902353232660328e-07,
        -8.153969367561969e-05, 5.61168275310625e-05, -1.8329116582843375e-05, -3.0796134506033047e-09,
        3.465155368803609e-06, -2.0291327396058603e-06, 5.788792863149004e-07, 2.338630673826657e-13,
        -8.828600746330484e-08, 4.7435958880408125e-08, -1.2545415020710383e-08, 8.649648858010293e-14,
    ];

    /// <summary>The regularised lower incomplete gamma function P(a, x).</summary>
    public static double Igamma(double a, double x)
    {
        if (IncompleteGammaEdge(a, x, out double lower))
            return lower;
        if (UsesTemme(a, x))
            return TemmeExpansion(a, x, upper: false);
        return x > 1 && x > a ? 1 - Igammac(a, x) : LowerSeries(a, x);
    }

    /// <summary>The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x).</summary>
    public static double Igammac(double a, double x)
    {
        if (IncompleteGammaEdge(a, x, out double lower))
            return 1 - lower;
        if (UsesTemme(a, x))
            return TemmeExpansion(a, x, upper: true);
        if (x > 1.1)
            return x < a ? 1 - LowerSeries(a, x) : UpperFraction(a, x);
        bool lowerIsSmall = x <= 0.5 ? -0.4 / Math.Log(x) < a : 1.1 * x < a;
        return lowerIsSmall ? 1 - LowerSeries(a, x) : UpperSeries(a, x);
    }

    private static bool IncompleteGammaEdge(double a, double x, out double lower)
    {
        // The order of these tests decides what a NaN beside a zero or an infinity gives; it is PyTorch's.
        lower = double.NaN;
        if (a < 0 || x < 0)
            return true;
        if (a == 0)
            lower = x > 0 ? 1 : double.NaN;
        else if (x == 0)
            lower = 0;
        else if (double.IsInfinity(a))
            lower = double.IsInfinity(x) ? double.NaN : 0;
        else if (double.IsInfinity(x))
            lower = 1;
        else
            return double.IsNaN(a) || double.IsNaN(x);
        return true;
    }

    /// <summary>xᵃe⁻ˣ/Γ(a + 1).</summary>
    private static double IncompleteGammaPrefactor(double a, double x)
    {
        if (a < 12)
            return Math.Exp(a * Math.Log(x) - x - LogGamma(a + 1));
        double distance = (x - a) / a;
        double exponent = Math.Abs(distance) > 0.4 ? Math.Log(x / a) - distance : Log1PMinusX(distance);
        return Math.Exp(a * exponent - StirlingTail(a)) / Math.Sqrt(2 * Math.PI * a);
    }

    private static double LowerSeries(double a, double x)
    {
        double prefactor = IncompleteGammaPrefactor(a, x);
        if (prefactor == 0)
            return 0;
        double sum = 1, term = 1, divisor = a;
        for (int i = 0; i < 5000; i++)
        {
            divisor += 1;
            term *= x / divisor;
            sum += term;
            if (term <= 1e-17 * sum)
                break;
        }

        return sum * prefactor;
    }

    /// <summary>The upper function for small x, where 1 − P would cancel.</summary>
    private static double UpperSeries(double a, double x)
    {
        double factor = 1, sum = 0;
        for (int n = 1; n < 2000; n++)
        {
            factor *= -x / n;
            double term = factor / (a + n);
            sum += term;
            if (Math.Abs(term) <= 1e-17 * Math.Abs(sum))
                break;
        }

        double logarithm = a * Math.Log(x);
        return -ExpM1(logarithm - LogGamma(1 + a)) - Math.Exp(logarithm - LogGamma(a)) * sum;
    }

    /// <summary>Legendre's continued fraction by Lentz's method.</summary>
    private static double UpperFraction(double a, double x)
    {
        double prefactor = IncompleteGammaPrefactor(a, x) * a;
        if (prefactor == 0)
            return 0;
        const double tiny = 1e-300;
        double b = x + 1 - a, c = 1 / tiny, d = 1 / b, value = d;
        for (int i = 1; i < 5000; i++)
        {
            double numerator = -i * (i - a);
            b += 2;
            d = numerator * d + b;
            if (Math.Abs(d) < tiny)
                d = tiny;
            c = b + numerator / c;
            if (Math.Abs(c) < tiny)
                c = tiny;
            d = 1 / d;
            double change = d * c;
            value *= change;
            if (Math.Abs(change - 1) < 1e-16)
                break;
        }

        return value * prefactor;
    }

    private static bool UsesTemme(double a, double x) => a >= 100 && Math.Abs(x - a) < 0.3 * a;

    private static double TemmeExpansion(double a, double x, bool upper)
    {
        double half = -Log1PMinusX((x - a) / a);
        double eta = Math.CopySign(Math.Sqrt(2 * half), x - a);
        double series = 0;
        for (int k = TemmeTerms - 1; k >= 0; k--)
        {
            double inner = 0;
            for (int n = TemmePowers - 1; n >= 0; n--)
                inner = inner * eta + Temme[k * TemmePowers + n];
            series = series / a + inner;
        }

        double rest = Math.Exp(-a * half) / Math.Sqrt(2 * Math.PI * a) * series;
        double root = eta * Math.Sqrt(a / 2);
        return upper ? 0.5 * Erfc(root) + rest : 0.5 * Erfc(-root) - rest;
    }
}
