using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The special functions of <c>torch.special</c> on one number, in double; float32 results are these, rounded.</summary>
/// <remarks>
/// Values at NaN, infinities, zeros and poles are PyTorch 1.13's. The orthogonal polynomials are generic because PyTorch's float32
/// results carry the rounding of every step of the recurrence.
/// </remarks>
public static partial class SpecialFunctions
{
    private const double SqrtHalf = 0.70710678118654752440;
    private const double TwoOverPi = 0.63661977236758134308;
    private const double InverseSqrtPi = 0.56418958354775628695;

    /// <summary>Horner's rule, highest power first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        foreach (double coefficient in coefficients)
            sum = Math.FusedMultiplyAdd(sum, x, coefficient);
        return sum;
    }

    /// <summary>Clenshaw's rule for ½c₀ + Σ cₖTₖ(x).</summary>
    private static double Chebyshev(ReadOnlySpan<double> coefficients, double x)
    {
        double twice = x + x, next = 0, sum = 0;
        for (int k = coefficients.Length - 1; k > 0; k--)
        {
            double previous = next;
            next = sum;
            sum = twice * next - previous + coefficients[k];
        }

        return x * sum - next + 0.5 * coefficients[0];
    }

    /// <summary>ln(1 + x) − x without cancellation for small x, by the series of 2·atanh(x / (2 + x)).</summary>
    private static double Log1PMinusX(double x)
    {
        double r = x / (2 + x), square = r * r, power = r * square, sum = 0;
        for (int k = 3; k < 60; k += 2)
        {
            double term = power / k;
            sum += term;
            if (Math.Abs(term) <= 1e-17 * Math.Abs(sum))
                break;
            power *= square;
        }

        // 2·atanh(r) = 2r + 2(r³/3 + …) and 2r − x = −x·r.
        return 2 * sum - x * r;
    }

    /// <summary>ln(1 + x): the rounding error of 1 + x is divided out.</summary>
    internal static double Log1P(double x)
    {
        double u = 1 + x;
        if (u == 1)
            return x;
        return double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>eˣ − 1 by Kahan's quotient.</summary>
    internal static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double difference = u - 1;
        if (difference == -1 || double.IsInfinity(u) || double.IsNaN(u))
            return difference;
        return difference * x / Math.Log(u);
    }
}
