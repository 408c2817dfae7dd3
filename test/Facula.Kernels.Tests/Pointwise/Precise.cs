namespace Facula.Kernels.Tests.Pointwise;

/// <summary>A number as the unevaluated sum of two doubles, some 32 digits: the yardstick of the double functions.</summary>
internal readonly record struct Precise(double High, double Low)
{
    private static readonly Precise s_ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    public static implicit operator Precise(double x) => new(x, 0);

    public static Precise operator +(Precise a, Precise b)
    {
        double sum = a.High + b.High, part = sum - a.High, rest = a.High - (sum - part) + (b.High - part);
        return Renormal(sum, rest + a.Low + b.Low);
    }

    public static Precise operator -(Precise a) => new(-a.High, -a.Low);

    public static Precise operator -(Precise a, Precise b) => a + -b;

    public static Precise operator *(Precise a, Precise b)
    {
        double product = a.High * b.High;
        return Renormal(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High));
    }

    public static Precise operator /(Precise a, Precise b)
    {
        double first = a.High / b.High;
        Precise rest = a - b * first;
        double second = rest.High / b.High;
        return Renormal(first, second) + (rest - b * second).High / b.High;
    }

    private static Precise Renormal(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }

    /// <summary>How far a double lies from this number, in units of its last place.</summary>
    public double Ulps(double y) => Math.Abs(y - High - Low) / (Math.BitIncrement(Math.Abs(High)) - Math.Abs(High));

    public static Precise Of(string name, double x) => name switch
    {
        "exp" => Exp(x),
        "expm1" => ExpM1(x),
        "log" => Log(x, Math.Log(x)),
        "log1p" => Log((Precise)1 + x, double.LogP1(x)),
        "tanh" => Tanh(x),
        "sigmoid" => (Precise)1 / ((Precise)1 + Exp(-x)),
        "sin" => Turned(x, 0),
        "cos" => Turned(x, 1),
        _ => throw new ArgumentException(name),
    };

    private static Precise Exp(double x) => ExpM1(x, out double scale) is var y && scale == 1 ? y + 1 : new((y + 1).High * scale, (y + 1).Low * scale);

    private static Precise ExpM1(double x) => ExpM1(x, out double scale) is var y && scale == 1 ? y : new Precise((y + 1).High * scale, (y + 1).Low * scale) - 1;

    // eʳ − 1 by its series, r = (x − k·ln2)/256, doubled eight times by (1 + y)² − 1 = y·(y + 2).
    private static Precise ExpM1(double x, out double scale)
    {
        double k = Math.Abs(x) < 0.3 ? 0 : Math.Round(x / s_ln2.High);
        scale = Math.ScaleB(1, (int)k);
        Precise r = ((Precise)x - s_ln2 * k) * (1.0 / 256), term = r, sum = r;
        for (int i = 2; i < 16; i++) sum += term = term * r / i;
        for (int i = 0; i < 8; i++) sum *= sum + 2;
        return sum;
    }

    // One step of Newton from a double: ln x = y + (x·e⁻ʸ − 1) − …
    private static Precise Log(Precise x, double y)
    {
        Precise rest = ExpM1(-y, out double scale);
        Precise scaled = new(x.High * scale, x.Low * scale);
        Precise t = scaled * rest + (scaled - 1);
        return (Precise)y + t - t * t * 0.5;
    }

    private static Precise Tanh(double x)
    {
        if (Math.Abs(x) > 20) return Math.Sign(x);
        Precise e = ExpM1(2 * x);
        return e / (e + 2);
    }

    private static Precise Turned(double x, int quarter)
    {
        double n = Math.Round(x * (2 / Math.PI));
        Precise r = (Precise)x - (Precise)1.5707963267948966 * n - (Precise)6.123233995736766e-17 * n - -1.4973849048591833e-33 * n;
        bool cosine = ((long)n + quarter & 1) != 0;
        Precise z = r * r, term = cosine ? 1 : r, sum = term;
        for (int i = cosine ? 2 : 3; i < 40; i += 2) sum += term = -(term * z / ((double)i * (i - 1)));
        return ((long)n + quarter & 2) != 0 ? -sum : sum;
    }
}
