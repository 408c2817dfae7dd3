using static Facula.torch;

namespace Facula.Tests.Distributions;

/// <summary>Statistics that compare draws with a distribution; the limits leave one false alarm in a thousand, and the seeds are fixed.</summary>
internal static class GoodnessOfFit
{
    /// <summary>√n times the Kolmogorov–Smirnov distance is above this with probability 0.001.</summary>
    private const double Limit = 1.95;

    /// <summary>The draws' distribution function values must look uniform.</summary>
    internal static void KolmogorovSmirnov(double[] cumulative, string what)
    {
        double[] sorted = [.. cumulative.Order()];
        double n = sorted.Length, distance = 0;
        for (int i = 0; i < sorted.Length; i++) distance = Math.Max(distance, Math.Max(sorted[i] - i / n, (i + 1) / n - sorted[i]));
        Assert.True(Math.Sqrt(n) * distance < Limit, $"{what}: the Kolmogorov-Smirnov distance is {distance:F4} for {n} draws");
    }

    /// <summary>Pearson's χ² of counts against probabilities, rare classes taken together; compared at 0.001 by the Wilson–Hilferty cube root.</summary>
    internal static void ChiSquare(IReadOnlyList<long> counts, IReadOnlyList<double> probabilities, string what)
    {
        long total = counts.Sum();
        double statistic = 0, pooledCount = 0, pooledExpected = (1 - probabilities.Sum()) * total;
        int classes = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            double expected = probabilities[i] * total;
            if (expected < 5)
            {
                pooledCount += counts[i];
                pooledExpected += expected;
                continue;
            }
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            classes++;
        }
        if (pooledExpected > 1)
        {
            statistic += (pooledCount - pooledExpected) * (pooledCount - pooledExpected) / pooledExpected;
            classes++;
        }
        double freedom = classes - 1, spread = 2 / (9 * freedom);
        double limit = freedom * Math.Pow(1 - spread + 3.09 * Math.Sqrt(spread), 3);
        Assert.True(freedom > 0 && statistic < limit, $"{what}: chi-square is {statistic:F1} with {freedom} degrees of freedom, limit {limit:F1}");
    }

    /// <summary>The distribution function at each point, by integrating the density over a grid of the whole range mapped from (0, 1).</summary>
    internal static (double[] Cumulative, double Total) Integrate(Func<Tensor, Tensor> logDensity, double[] points, Func<double, double> toRange, int steps)
    {
        // Midpoints, so that a density that is infinite at an end is never asked there; each weighs what the map stretches it to.
        var edges = new double[steps + 1];
        for (int i = 0; i <= steps; i++) edges[i] = toRange((double)i / steps);
        double[] middles = [.. Enumerable.Range(0, steps).Select(i => toRange((i + 0.5) / steps))];
        double[] widths = [.. Enumerable.Range(0, steps).Select(i => 50 * (toRange((i + 0.51) / steps) - toRange((i + 0.49) / steps)))];
        double[] density = logDensity(tensor(middles, dtype: float64)).exp().ToArray<double>();
        var sums = new double[steps + 1];
        for (int i = 0; i < steps; i++) sums[i + 1] = sums[i] + density[i] * widths[i];
        return ([.. points.Select(p => Interpolate(p, edges, sums))], sums[steps]);
    }

    private static double Interpolate(double point, double[] edges, double[] sums)
    {
        int at = Array.BinarySearch(edges, point);
        if (at >= 0) return sums[at];
        at = ~at;
        if (at == 0) return 0;
        if (at == edges.Length) return sums[^1];
        double part = (point - edges[at - 1]) / (edges[at] - edges[at - 1]);
        return sums[at - 1] + part * (sums[at] - sums[at - 1]);
    }
}
