namespace Facula.Kernels;

// How a sample moves with the parameter of its distribution, −(∂F/∂α)/f: what gradients through gamma and Dirichlet samples need.
// The regions and fitted coefficients are PyTorch's, since a fit of four digits is only compatible with itself.
public static partial class SpecialFunctions
{
    // Numerator then denominator in powers of ln α (eight columns), rows: powers of ln(x/α).
    private static ReadOnlySpan<double> GammaGradientFit =>
    [
        0.16009398, -0.094634809, 0.025146376, -0.0030648343, 1, 0.32668115, 0.10406089, 0.0014179084,
        0.53487893, 0.1298071, 0.065735949, -0.0015649758, 0.16639465, 0.020070113, -0.0035938915, -0.00058392623,
        0.040121004, -0.0065914022, -0.0026286047, -0.0013441777, 0.017050642, -0.0021309326, 0.00085092367, -1.5247877e-07,
    ];

    // [fraction part][power of ln x][power of ln(α/x)][power of the third variable]
    private static ReadOnlySpan<double> DirichletGradientFit =>
    [
        1.003668233, -0.01061107488, -0.0657888334, 0.01201642863,
        0.6336835991, -0.3557432599, 0.05486251648, -0.001465281033,
        -0.03276231906, 0.004474107445, 0.002429354597, -0.0001557569013,
        0.221950385, -0.3187676331, 0.01799915743, 0.01074823814,
        -0.2951249643, 0.06219954479, 0.01535556598, 0.001550077057,
        0.02155310298, 0.004170831599, 0.001292462449, 6.976601077e-05,
        -0.05980841433, 0.008441916499, 0.01085618172, 0.002319392565,
        0.02911413504, 0.01400243777, -0.002721828457, 0.000751041181,
        0.005900514878, -0.001936558688, -9.495446725e-06, 5.385558597e-05,
        1, -0.02924021934, -0.04438342661, 0.007285809825,
        0.6357567472, -0.3473456711, 0.05454656494, -0.002407477521,
        -0.03301322327, 0.004845219414, 0.00231480583, -0.0002307248149,
        0.5925320577, -0.1757678135, 0.01505928619, 0.000564515273,
        0.1014815858, -0.06589186703, 0.01272886114, -0.0007316646956,
        -0.007258481865, 0.001096195486, 0.0003934994223, -4.12701925e-05,
        0.06469649321, -0.0236701437, 0.002902096474, -5.896963079e-05,
        0.001925008108, -0.002869809258, 0.0008000589141, -6.063713228e-05,
        -0.0003477407336, 6.959756487e-05, 1.097287507e-05, -1.650964693e-06,
    ];

    /// <summary>d(sample)/dα of a standard gamma sample <paramref name="x"/>.</summary>
    public static double StandardGammaGrad(double alpha, double x)
    {
        if (x < 0.8)
            return GammaGradientSmall(alpha, x);
        if (alpha > 8)
            return GammaGradientSaddle(alpha, x);
        double u = Math.Log(x / alpha), v = Math.Log(alpha), numerator = 0, denominator = 0;
        ReadOnlySpan<double> fit = GammaGradientFit;
        for (int i = 3; i >= 0; i--)
        {
            numerator = numerator * v + fit[i] + u * (fit[8 + i] + u * fit[16 + i]);
            denominator = denominator * v + fit[4 + i] + u * (fit[12 + i] + u * fit[20 + i]);
        }

        return Math.Exp(numerator / denominator);
    }

    /// <summary>Five terms of the power series of the distribution function.</summary>
    private static double GammaGradientSmall(double alpha, double x)
    {
        double term = 1, sum = 1 / alpha, sumOfSquares = 1 / (alpha * alpha);
        for (int i = 1; i <= 5; i++)
        {
            term *= -x / i;
            double divisor = alpha + i;
            sum += term / divisor;
            sumOfSquares += term / (divisor * divisor);
        }

        double power = Math.Pow(x, alpha), density = Math.Pow(x, alpha - 1) * Math.Exp(-x);
        double slope = (Math.Log(x) - GammaGradientDigamma(alpha)) * power * sum - power * sumOfSquares;
        double result = -slope / density;
        return double.IsNaN(result) ? 0 : result;
    }

    /// <summary>Rice's saddle point expansion, with its Taylor polynomial where the expansion is 0/0.</summary>
    private static double GammaGradientSaddle(double alpha, double x)
    {
        if (0.9 * alpha <= x && x <= 1.1 * alpha)
        {
            double square = alpha * alpha;
            double first = 1 + 24 * alpha * (1 + 12 * alpha);
            double second = 1440 * square + 6 * x * (53 - 120 * x) - 65 * x * x / alpha + alpha * (107 + 3600 * x);
            return first * second / (1244160 * square * square);
        }

        double root = Math.Sqrt(8 * alpha), logRatio = Math.Log(x / alpha), distance = alpha - x;
        double tail = Math.Pow(x - alpha - alpha * logRatio, -1.5);
        double bracket = root / distance + (x < alpha ? -tail : tail);
        double term = logRatio * bracket - Math.Sqrt(2 / alpha) * (alpha + x) / (distance * distance);
        double stirling = 1 + 1 / (12 * alpha) * (1 + 1 / (24 * alpha));
        return -stirling * x * term / root;
    }

    /// <summary>∂(sample)/∂α of a Dirichlet sample's component, divided by 1 − <paramref name="x"/>; <paramref name="total"/> is Σα.</summary>
    public static double DirichletGrad(double x, double alpha, double total)
    {
        double beta = total - alpha, boundary = total * x * (1 - x);
        if (x <= 0.5 && boundary < 2.5)
            return BetaGradientNearZero(x, alpha, beta);
        if (x >= 0.5 && boundary < 0.75)
            return -BetaGradientOther(1 - x, beta, alpha);
        if (alpha > 6 && beta > 6)
            return BetaGradientSaddle(x, alpha, beta);

        double u = Math.Log(x), a = Math.Log(alpha) - u, b = Math.Log(total) - a;
        double numerator = 0, denominator = 0, powerOfU = 1;
        ReadOnlySpan<double> fit = DirichletGradientFit;
        for (int i = 0; i < 3; i++, powerOfU *= u)
        {
            double power = powerOfU;
            for (int j = 0; j < 3; j++, power *= a)
            {
                int at = (i * 3 + j) * 4;
                numerator += power * (fit[at] + b * (fit[at + 1] + b * (fit[at + 2] + b * fit[at + 3])));
                denominator += power * (fit[at + 36] + b * (fit[at + 37] + b * (fit[at + 38] + b * fit[at + 39])));
            }
        }

        return numerator / denominator * x * (GammaGradientDigamma(total) - GammaGradientDigamma(alpha)) / beta;
    }

    private static double BetaGradientNearZero(double x, double alpha, double beta)
    {
        double factor = GammaGradientDigamma(alpha) - GammaGradientDigamma(alpha + beta) - Math.Log(x);
        double term = 1, sum = (factor + 1 / alpha) / alpha;
        for (int i = 1; i <= 10; i++)
        {
            term *= (i - beta) * x / i;
            double divisor = alpha + i;
            sum += term / divisor * (factor + 1 / divisor);
        }

        double result = x * Math.Pow(1 - x, -beta) * sum;
        return double.IsNaN(result) ? 0 : result;
    }

    private static double BetaGradientOther(double x, double alpha, double beta)
    {
        double factor = GammaGradientDigamma(alpha + beta) - GammaGradientDigamma(beta);
        double term = 1, product = 1, derivative = 0, sum = factor / alpha;
        for (int i = 1; i <= 8; i++)
        {
            term *= -x / i;
            derivative = derivative * (beta - i) + product;
            product *= beta - i;
            sum += term / (alpha + i) * (derivative + factor * product);
        }

        double result = -Math.Pow(1 - x, 1 - beta) * sum;
        return double.IsNaN(result) ? 0 : result;
    }

    private static double BetaGradientSaddle(double x, double alpha, double beta)
    {
        double total = alpha + beta, mean = alpha / total, deviation = Math.Sqrt(alpha * beta / (total + 1)) / total;
        if (mean - 0.1 * deviation <= x && x <= mean + 0.1 * deviation)
            return BetaGradientAtMean(x, alpha, beta);
        double prefactor = -x / Math.Sqrt(2 * alpha * beta / total);
        double stirling = StirlingRatio(alpha) * StirlingRatio(beta) / StirlingRatio(total);
        double distance = alpha * (x - 1) + beta * x;
        double first = (2 * alpha * alpha * (x - 1) + alpha * beta * (x - 1) - x * beta * beta)
            / (Math.Sqrt(2 * alpha / beta) * Math.Pow(total, 1.5) * distance * distance);
        double logarithm = 0.5 * Math.Log(alpha / (total * x));
        double third = Math.Sqrt(8 * alpha * beta / total) / distance;
        double fourth = Math.Pow(beta * Math.Log(beta / (total * (1 - x))) + alpha * Math.Log(alpha / (total * x)), -1.5);
        return stirling * prefactor * (first + logarithm * (third + (x < mean ? fourth : -fourth)));
    }

    private static double StirlingRatio(double x) => 1 + 1 / (12 * x) + 1 / (288 * x * x);

    /// <summary>The Taylor polynomial at the mean, where the saddle point expansion is 0/0.</summary>
    private static double BetaGradientAtMean(double x, double alpha, double beta)
    {
        double total = alpha + beta, square = beta * beta;
        double polynomial = 8 * (1 - x) * (135 * beta - 11);
        polynomial = (453 + 1620 * beta * (1 - x) - 455 * x) * beta + alpha * polynomial;
        polynomial = 3 * (59 + 180 * beta - 90 * x) * square + alpha * polynomial;
        polynomial = (43 + 20 * (16 + 27 * beta) * x) * square * beta + alpha * polynomial;
        polynomial = 47 * x * square * square + alpha * polynomial;
        double numerator = (1 + 12 * alpha) * (1 + 12 * beta) / (total * total);
        double denominator = 12960 * alpha * alpha * alpha * square * (1 + 12 * total);
        return numerator / (1 - x) * polynomial / denominator;
    }

    /// <summary>Digamma with the pole's value that these gradients expect.</summary>
    private static double GammaGradientDigamma(double x) =>
        x <= 0 && x == Math.Floor(x) ? double.PositiveInfinity : Digamma(x);
}
