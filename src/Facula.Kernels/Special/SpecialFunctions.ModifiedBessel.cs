namespace Facula.Kernels;

// The modified Bessel functions of order 0 and 1, plain and scaled by the exponential that bounds them.
public static partial class SpecialFunctions
{
    /// <summary>I₀(x).</summary>
    public static double BesselI0(double x) => Math.Exp(Math.Abs(x)) * BesselI0e(x);

    /// <summary>e^−|x|·I₀(x).</summary>
    public static double BesselI0e(double x)
    {
        x = Math.Abs(x);
        return x <= 8 ? Chebyshev(I0Low, x / 4 - 1) : Chebyshev(I0High, 16 / x - 1) / Math.Sqrt(x);
    }

    /// <summary>I₁(x).</summary>
    public static double BesselI1(double x) => Math.Exp(Math.Abs(x)) * BesselI1e(x);

    /// <summary>e^−|x|·I₁(x).</summary>
    public static double BesselI1e(double x)
    {
        double size = Math.Abs(x);
        if (size <= 8)
            return x * Chebyshev(I1Low, size / 4 - 1);
        double value = Chebyshev(I1High, 16 / size - 1) / Math.Sqrt(size);
        return x < 0 ? -value : value;
    }

    /// <summary>K₀(x).</summary>
    public static double BesselK0(double x) => x > 2 ? Math.Exp(-x) * BesselK0High(x) : BesselK0Low(x);

    /// <summary>eˣ·K₀(x).</summary>
    public static double BesselK0e(double x) => x > 2 ? BesselK0High(x) : Math.Exp(x) * BesselK0Low(x);

    /// <summary>K₁(x).</summary>
    public static double BesselK1(double x) => x > 2 ? Math.Exp(-x) * BesselK1High(x) : BesselK1Low(x);

    /// <summary>eˣ·K₁(x).</summary>
    public static double BesselK1e(double x) => x > 2 ? BesselK1High(x) : Math.Exp(x) * BesselK1Low(x);

    private static double BesselK0High(double x) => Chebyshev(K0High, 4 / x - 1) / Math.Sqrt(x);

    private static double BesselK1High(double x) => Chebyshev(K1High, 4 / x - 1) / Math.Sqrt(x);

    private static double BesselK0Low(double x)
    {
        if (x == 0)
            return double.PositiveInfinity;
        return x > 0 ? Chebyshev(K0Low, x * x / 2 - 1) - Math.Log(0.5 * x) * BesselI0(x) : double.NaN;
    }

    private static double BesselK1Low(double x)
    {
        if (x == 0)
            return double.PositiveInfinity;
        return x > 0 ? Math.Log(0.5 * x) * BesselI1(x) + Chebyshev(K1Low, x * x / 2 - 1) / x : double.NaN;
    }
}
