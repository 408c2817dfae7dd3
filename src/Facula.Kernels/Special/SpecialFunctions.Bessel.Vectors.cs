using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The Bessel functions for whole vectors; where all elements are small or all great, the other form is left out.
public static partial class SpecialFunctions
{
    private const double Near = 5, ModifiedNear = 2;

    /// <summary>J₀(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselJ0(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselJ0(x.GetLower()), HalfVectors.BesselJ0(x.GetUpper()));
        x = Vector512.Abs(x);
        Vector512<double> far = Vector512.GreaterThan(x, Vector512.Create(Near)), z = x * x;
        Vector512<double> low = (z - Vector512.Create(5.78318596294678452118)) * (z - Vector512.Create(30.4712623436620863991)) * Polynomial(J0LowNumerator, z) / Polynomial(J0LowDenominator, z);
        low = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(1e-5)), Vector512<double>.One - z * Vector512.Create(0.25), low);
        return None(far) ? low : Vector512.ConditionalSelect(far, Oscillation0(x, Math.PI / 4), low);
    }

    /// <summary>J₁(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselJ1(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselJ1(x.GetLower()), HalfVectors.BesselJ1(x.GetUpper()));
        Vector512<double> size = Vector512.Abs(x), far = Vector512.GreaterThan(size, Vector512.Create(Near)), z = x * x;
        Vector512<double> low = Polynomial(J1LowNumerator, z) / Polynomial(J1LowDenominator, z) * x * (z - Vector512.Create(14.6819706421238932572)) * (z - Vector512.Create(49.2184563216946036703));
        return None(far) ? low : Vector512.ConditionalSelect(far, Oscillation1(size, 0.75 * Math.PI) ^ (x & Vector512.Create(-0.0)), low);
    }

    /// <summary>Y₀(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselY0(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselY0(x.GetLower()), HalfVectors.BesselY0(x.GetUpper()));
        Vector512<double> far = Vector512.GreaterThan(x, Vector512.Create(Near)), z = x * x;
        Vector512<double> low = Polynomial(Y0LowNumerator, z) / Polynomial(Y0LowDenominator, z) + Vector512.Create(TwoOverPi) * VectorMath.Log(x) * BesselJ0(x);
        return None(far) ? low : Vector512.ConditionalSelect(far, Oscillation0(x, 0.75 * Math.PI), low);
    }

    /// <summary>Y₁(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselY1(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselY1(x.GetLower()), HalfVectors.BesselY1(x.GetUpper()));
        Vector512<double> far = Vector512.GreaterThan(x, Vector512.Create(Near)), z = x * x;
        Vector512<double> low = x * (Polynomial(Y1LowNumerator, z) / Polynomial(Y1LowDenominator, z)) + Vector512.Create(TwoOverPi) * (BesselJ1(x) * VectorMath.Log(x) - Vector512<double>.One / x);
        low = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), low);
        return None(far) ? low : Vector512.ConditionalSelect(far, Oscillation1(x, 1.25 * Math.PI), low);
    }

    /// <summary>K₀(x), or eˣ·K₀(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselK0(Vector512<double> x, bool scaled)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselK0(x.GetLower(), scaled), HalfVectors.BesselK0(x.GetUpper(), scaled));
        Vector512<double> far = Vector512.GreaterThan(x, Vector512.Create(ModifiedNear)), half = Vector512.Create(0.5);
        Vector512<double> low = Chebyshev(K0Low, x * x * half - Vector512<double>.One) - VectorMath.Log(half * x) * BesselI0(x);
        return Joined(x, far, low, K0High, scaled);
    }

    /// <summary>K₁(x), or eˣ·K₁(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselK1(Vector512<double> x, bool scaled)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselK1(x.GetLower(), scaled), HalfVectors.BesselK1(x.GetUpper(), scaled));
        Vector512<double> far = Vector512.GreaterThan(x, Vector512.Create(ModifiedNear)), half = Vector512.Create(0.5);
        Vector512<double> low = VectorMath.Log(half * x) * BesselI1(x) + Chebyshev(K1Low, x * x * half - Vector512<double>.One) / x;
        low = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.PositiveInfinity), low);
        return Joined(x, far, low, K1High, scaled);
    }

    /// <summary>sin(x) / x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> SphericalBesselJ0(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.SphericalBesselJ0(x.GetLower()), HalfVectors.SphericalBesselJ0(x.GetUpper()));
        Vector512<double> z = x * x, size = Vector512.Abs(x), series = Vector512.Create(1 / 6227020800.0);
        foreach (double coefficient in (ReadOnlySpan<double>)[-1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6, 1])
            series = Vector512.FusedMultiplyAdd(series, z, Vector512.Create(coefficient));
        Vector512<double> y = Vector512.ConditionalSelect(Vector512.LessThan(size, Vector512.Create(0.5)), series, VectorMath.Sin(x) / x);
        return Vector512.ConditionalSelect(Vector512.Equals(size, Vector512.Create(double.PositiveInfinity)), Vector512<double>.Zero, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool None(Vector512<double> lanes) => Vector512.EqualsAll(lanes.AsInt64(), Vector512<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Joined(Vector512<double> x, Vector512<double> far, Vector512<double> low, ReadOnlySpan<double> coefficients, bool scaled)
    {
        if (scaled) low *= VectorMath.Exp(x);
        if (None(far)) return low;
        Vector512<double> high = Chebyshev(coefficients, Vector512.Create(4.0) / x - Vector512<double>.One) / Vector512.Sqrt(x);
        return Vector512.ConditionalSelect(far, scaled ? high : VectorMath.Exp(-x) * high, low);
    }

    private static Vector512<double> Oscillation0(Vector512<double> x, double phase)
    {
        Vector512<double> z = Vector512.Create(25.0) / (x * x);
        return Oscillation(Polynomial(J0CosineNumerator, z) / Polynomial(J0CosineDenominator, z), Polynomial(J0SineNumerator, z) / Polynomial(J0SineDenominator, z), x, phase);
    }

    private static Vector512<double> Oscillation1(Vector512<double> x, double phase)
    {
        Vector512<double> z = Vector512.Create(25.0) / (x * x);
        return Oscillation(Polynomial(J1CosineNumerator, z) / Polynomial(J1CosineDenominator, z), Polynomial(J1SineNumerator, z) / Polynomial(J1SineDenominator, z), x, phase);
    }

    private static Vector512<double> Oscillation(Vector512<double> cosine, Vector512<double> sine, Vector512<double> x, double phase)
    {
        Vector512<double> angle = x - Vector512.Create(phase);
        return (cosine * VectorMath.Cos(angle) - Vector512.Create(5.0) / x * sine * VectorMath.Sin(angle)) * Vector512.Create(SqrtTwoOverPi) / Vector512.Sqrt(x);
    }
}
