namespace Facula.Kernels;

/// <summary>Rejection samplers, drawing and comparing in the order PyTorch does.</summary>
internal static class RandomSampler
{
    /// <summary>W. Hörmann: The transformed rejection method for generating Poisson random variables (1993); below ten, products of uniforms.</summary>
    public static long Poisson(RandomStream stream, double rate)
    {
        if (rate >= 10)
            return PoissonByRejection(stream, rate);
        if (rate == 0)
            return 0;
        double least = Math.Exp(-rate), product = stream.NextDouble();
        long count = 0;
        while (product > least)
        {
            product *= stream.NextDouble();
            count++;
        }
        return count;
    }

    private static long PoissonByRejection(RandomStream stream, double rate)
    {
        double logRate = Math.Log(rate);
        double b = 0.931 + 2.53 * Math.Sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double sure = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = stream.NextDouble() - 0.5;
            double v = stream.NextDouble();
            double us = 0.5 - Math.Abs(u);
            long k = (long)Math.Floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= sure)
                return k;
            if (k < 0 || us < 0.013 && v > us)
                continue;
            if (Math.Log(v) + Math.Log(inverseAlpha) - Math.Log(a / (us * us) + b) <= -rate + k * logRate - LogFactorial(k))
                return k;
        }
    }

    /// <summary>G. Marsaglia, W. W. Tsang: A simple method for generating gamma variables (2000).</summary>
    /// <remarks>The constants are single-precision ones, since PyTorch's are; <typeparamref name="T"/> says where alpha is rounded.</remarks>
    public static double Gamma<T>(RandomStream stream, double alpha) where T : unmanaged
    {
        double scale = 1;
        if (alpha < 1)
        {
            if (alpha == 0)
                return 0;
            double power = typeof(T) == typeof(double) ? 1 / alpha : 1f / (float)alpha;
            scale = Math.Pow(1 - stream.NextDouble(), power);
            alpha = typeof(T) == typeof(double) ? alpha + 1 : (float)alpha + 1f;
        }

        double d = typeof(T) == typeof(double) ? alpha - 1f / 3f : (float)alpha - 1f / 3f;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x, y;
            do
            {
                x = stream.NextNormal();
                y = 1 + c * x;
            }
            while (y <= 0);
            double v = y * y * y;
            double u = 1 - stream.NextDouble();
            double xx = x * x;
            if (u < 1 - 0.0331f * xx * xx || Math.Log(u) < 0.5 * xx + d * (1 - v + Math.Log(v)))
                return scale * d * v;
        }
    }

    /// <summary>W. Hörmann: The generation of binomial random variates (1993); for small means, sums of geometric waiting times.</summary>
    public static double Binomial<T>(RandomStream stream, double trials, double p) where T : unmanaged
    {
        if (trials <= 0 || p <= 0)
            return 0;
        if (p >= 1)
            return trials;
        if (p <= 0.5)
            return SmallBinomial<T>(stream, trials, p);
        if (p > 0.5)
            return trials - SmallBinomial<T>(stream, trials, Round<T>(1 - p));
        return double.NaN;
    }

    private static double SmallBinomial<T>(RandomStream stream, double trials, double p) where T : unmanaged =>
        Round<T>(trials * p) >= 10 ? BinomialByRejection<T>(stream, trials, p) : BinomialByWaiting<T>(stream, trials, p);

    private static double BinomialByWaiting<T>(RandomStream stream, double trials, double p) where T : unmanaged
    {
        double logFailure = Round<T>(LogOnePlus(-p));
        double waited = 0, successes = 0;
        while (true)
        {
            waited += Math.Ceiling(Math.Log(stream.NextDouble()) / logFailure);
            if (waited > trials)
                return successes;
            successes++;
        }
    }

    private static double BinomialByRejection<T>(RandomStream stream, double trials, double p) where T : unmanaged
    {
        double deviation = typeof(T) == typeof(double)
            ? Math.Sqrt(trials * p * (1 - p))
            : MathF.Sqrt((float)trials * (float)p * (1f - (float)p));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double c = Round<T>(trials * p) + 0.5;
        double sure = 0.92 - 4.2 / b;
        double odds = typeof(T) == typeof(double) ? p / (1 - p) : (float)p / (1f - (float)p);
        double alpha = (2.83 + 5.1 / b) * deviation;
        double mode = Math.Floor(typeof(T) == typeof(double) ? (trials + 1) * p : ((float)trials + 1f) * (float)p);
        while (true)
        {
            double u = stream.NextDouble() - 0.5;
            double v = stream.NextDouble();
            double us = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / us + b) * u + c);
            if (k < 0 || k > trials)
                continue;
            if (us >= 0.07 && v <= sure)
                return k;
            v = Math.Log(v * alpha / (a / (us * us) + b));
            double bound = (mode + 0.5) * Math.Log((mode + 1) / (odds * (trials - mode + 1)))
                + (trials + 1) * Math.Log((trials - mode + 1) / (trials - k + 1))
                + (k + 0.5) * Math.Log(odds * (trials - k + 1) / (k + 1))
                + StirlingTail(mode) + StirlingTail(trials - mode) - StirlingTail(k) - StirlingTail(trials - k);
            if (v <= bound)
                return k;
        }
    }

    private static ReadOnlySpan<double> StirlingTails =>
    [
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ];

    /// <summary>What Stirling's formula leaves of ln k!.</summary>
    private static double StirlingTail(double k)
    {
        if (k <= 9)
            return StirlingTails[(int)k];
        double square = (k + 1) * (k + 1);
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
    }

    /// <summary>ln k!.</summary>
    private static double LogFactorial(long k)
    {
        if (k < 15)
        {
            double product = 1;
            for (long i = 2; i <= k; i++)
                product *= i;
            return Math.Log(product);
        }
        double n = k + 1, inverse = 1 / n, square = inverse * inverse;
        double tail = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
        return (n - 0.5) * Math.Log(n) - n + 0.5 * Math.Log(2 * Math.PI) + tail;
    }

    /// <summary>ln(1 + x) for −½ ≤ x ≤ 0, exact where 1 + x is not.</summary>
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double Round<T>(double value) where T : unmanaged => RandomCast.ToDouble(RandomCast.From<T>(value));
}
