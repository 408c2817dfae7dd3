using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The functions that have a form for whole vectors.
public static partial class SpecialFunctions
{
    /// <summary>e^−|x|·I₀(x), to 4 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselI0e(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselI0e(x.GetLower()), HalfVectors.BesselI0e(x.GetUpper()));
        Vector512<double> size = Vector512.Abs(x), near = Vector512.LessThanOrEqual(size, Vector512.Create(8.0));
        Vector512<double> low = Chebyshev(I0Low, size * 0.25 - Vector512<double>.One);
        return Vector512.EqualsAll(near.AsInt64(), Vector512<long>.AllBitsSet) ? low : Vector512.ConditionalSelect(near, low, BesselHigh(I0High, size));
    }

    /// <summary>e^−|x|·I₁(x), to 4 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> BesselI1e(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.BesselI1e(x.GetLower()), HalfVectors.BesselI1e(x.GetUpper()));
        Vector512<double> size = Vector512.Abs(x), near = Vector512.LessThanOrEqual(size, Vector512.Create(8.0));
        Vector512<double> low = x * Chebyshev(I1Low, size * 0.25 - Vector512<double>.One);
        if (Vector512.EqualsAll(near.AsInt64(), Vector512<long>.AllBitsSet)) return low;
        return Vector512.ConditionalSelect(near, low, VectorMath.CopySign(BesselHigh(I1High, size), x));
    }

    /// <summary>I₀(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> BesselI0(Vector512<double> x) => VectorMath.Exp(Vector512.Abs(x)) * BesselI0e(x);

    /// <summary>I₁(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> BesselI1(Vector512<double> x) => VectorMath.Exp(Vector512.Abs(x)) * BesselI1e(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> BesselHigh(ReadOnlySpan<double> coefficients, Vector512<double> size) =>
        Chebyshev(coefficients, Vector512.Create(16.0) / size - Vector512<double>.One) / Vector512.Sqrt(size);

    /// <summary>Σ (k + q)⁻ˢ over k ≥ 0 for whole s above 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static Vector512<double> Zeta(long s, Vector512<double> q)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Zeta(s, q.GetLower()), HalfVectors.Zeta(s, q.GetUpper()));
        if (s > 32 || !Vector512.GreaterThanAll(q, Vector512<double>.Zero)) return EachZeta(s, q);
        Vector512<double> sum = Vector512<double>.Zero, a = q, inverse = sum, power = sum;
        for (int i = 0; i < 10; i++)
        {
            a = q + Vector512.Create((double)i);
            inverse = Vector512<double>.One / a;
            power = Vector512<double>.One;
            Vector512<double> square = inverse;
            for (long bits = s; bits != 0; bits >>= 1)
            {
                if ((bits & 1) != 0) power *= square;
                square *= square;
            }
            sum += power;
        }

        // The rest as for one number: a¹⁻ˢ/(s−1) − a⁻ˢ/2 + Σ B₂ₖ/(2k)!·s(s+1)…(s+2k−2)·a⁻ˢ⁻²ᵏ⁺¹
        Vector512<double> descending = power * inverse, z = inverse * inverse;
        sum += power * (a / Vector512.Create(s - 1.0) - Vector512.Create(0.5));
        double factor = s;
        for (int k = 0; k < 12; k++)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(EulerMaclaurin[k] * factor), descending, sum);
            factor *= (s + 2.0 * k + 1) * (s + 2.0 * k + 2);
            descending *= z;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Vector512<double> EachZeta(long s, Vector512<double> q)
    {
        double* lanes = stackalloc double[8];
        q.Store(lanes);
        for (int i = 0; i < 8; i++) lanes[i] = Zeta((double)s, lanes[i]);
        return Vector512.Load(lanes);
    }

    // Highest power first, even and odd powers apart: two chains of half the length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Polynomial(ReadOnlySpan<double> coefficients, Vector512<double> x)
    {
        Vector512<double> square = x * x, first = Vector512<double>.Zero, second = Vector512<double>.Zero;
        int i = coefficients.Length & 1;
        if (i != 0) second = Vector512.Create(coefficients[0]);
        for (; i < coefficients.Length; i += 2)
        {
            first = Vector512.FusedMultiplyAdd(first, square, Vector512.Create(coefficients[i]));
            second = Vector512.FusedMultiplyAdd(second, square, Vector512.Create(coefficients[i + 1]));
        }
        return Vector512.FusedMultiplyAdd(first, x, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Chebyshev(ReadOnlySpan<double> coefficients, Vector512<double> x)
    {
        Vector512<double> twice = x + x, next = Vector512<double>.Zero, sum = next;
        for (int k = coefficients.Length - 1; k > 0; k--)
        {
            Vector512<double> rest = Vector512.Create(coefficients[k]) - next;
            next = sum;
            sum = Vector512.FusedMultiplyAdd(twice, sum, rest);
        }
        return Vector512.FusedMultiplyAdd(x, sum, Vector512.Create(0.5 * coefficients[0]) - next);
    }
}
