namespace Facula.Kernels;

// The Bessel functions of order 0 and 1: up to 5 a rational function times the first zeros, beyond it phase and amplitude.
// PyTorch evaluates the denominators without their leading coefficient 1, which costs it up to 8e-7 of accuracy around x = 5; its
// users compare with these numbers, so we keep them.
public static partial class SpecialFunctions
{
    private const double SqrtTwoOverPi = 0.79788456080286535588;

    /// <summary>J₀(x).</summary>
    public static double BesselJ0(double x)
    {
        x = Math.Abs(x);
        if (x > 5)
            return Oscillation(Cosine0(x), Sine0(x), x, x - Math.PI / 4);
        if (x < 1e-5)
            return 1 - x * x / 4;
        double z = x * x;
        return (z - 5.78318596294678452118) * (z - 30.4712623436620863991) * Polynomial(J0LowNumerator, z) / Polynomial(J0LowDenominator, z);
    }

    /// <summary>J₁(x).</summary>
    public static double BesselJ1(double x)
    {
        if (x < 0)
            return -BesselJ1(-x);
        if (x > 5)
            return Oscillation(Cosine1(x), Sine1(x), x, x - 0.75 * Math.PI);
        double z = x * x;
        return Polynomial(J1LowNumerator, z) / Polynomial(J1LowDenominator, z) * x * (z - 14.6819706421238932572) * (z - 49.2184563216946036703);
    }

    /// <summary>Y₀(x).</summary>
    public static double BesselY0(double x)
    {
        if (x > 5)
            return Oscillation(Cosine0(x), Sine0(x), x, x - 0.75 * Math.PI);
        if (x == 0)
            return double.NegativeInfinity;
        if (!(x > 0))
            return double.NaN;
        double z = x * x;
        return Polynomial(Y0LowNumerator, z) / Polynomial(Y0LowDenominator, z) + TwoOverPi * Math.Log(x) * BesselJ0(x);
    }

    /// <summary>Y₁(x).</summary>
    public static double BesselY1(double x)
    {
        if (x > 5)
            return Oscillation(Cosine1(x), Sine1(x), x, x - 1.25 * Math.PI);
        if (x == 0)
            return double.NegativeInfinity;
        if (!(x > 0))
            return double.NaN;
        double z = x * x;
        return x * (Polynomial(Y1LowNumerator, z) / Polynomial(Y1LowDenominator, z)) + TwoOverPi * (BesselJ1(x) * Math.Log(x) - 1 / x);
    }

    private static double Oscillation(double cosine, double sine, double x, double angle) =>
        (cosine * Math.Cos(angle) - 5 / x * sine * Math.Sin(angle)) * SqrtTwoOverPi / Math.Sqrt(x);

    private static double Cosine0(double x) => Polynomial(J0CosineNumerator, 25 / (x * x)) / Polynomial(J0CosineDenominator, 25 / (x * x));

    private static double Sine0(double x) => Polynomial(J0SineNumerator, 25 / (x * x)) / Polynomial(J0SineDenominator, 25 / (x * x));

    private static double Cosine1(double x) => Polynomial(J1CosineNumerator, 25 / (x * x)) / Polynomial(J1CosineDenominator, 25 / (x * x));

    private static double Sine1(double x) => Polynomial(J1SineNumerator, 25 / (x * x)) / Polynomial(J1SineDenominator, 25 / (x * x));
}
