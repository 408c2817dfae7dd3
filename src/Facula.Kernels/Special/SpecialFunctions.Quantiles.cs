using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The normal distribution's inverse and logarithm for whole vectors.
public static partial class SpecialFunctions
{
    /// <summary>The x with ndtr(x) = p, to 4 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Ndtri(Vector512<double> p)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Ndtri(p.GetLower()), HalfVectors.Ndtri(p.GetUpper()));
        Vector512<double> one = Vector512<double>.One, q = p - Vector512.Create(0.5), centre = Vector512.LessThanOrEqual(Vector512.Abs(q), Vector512.Create(0.425));
        Vector512<double> result = QuantileCentre(q);
        if (Vector512.EqualsAll(centre.AsInt64(), Vector512<long>.AllBitsSet)) return result;
        Vector512<double> area = Vector512.MinNative(p, one - p);
        return Beyond(centre, result, area, QuantileTail(centre, area), q);
    }

    /// <summary>The inverse of the error function, to 4 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Erfinv(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Erfinv(x.GetLower()), HalfVectors.Erfinv(x.GetUpper()));
        Vector512<double> size = Vector512.Abs(x), centre = Vector512.LessThanOrEqual(size, Vector512.Create(0.85)), scale = Vector512.Create(SqrtHalf);
        // q = x/2 is exact, where p = (1 + x)/2 would round.
        Vector512<double> result = scale * QuantileCentre(x * 0.5);
        if (Vector512.EqualsAll(centre.AsInt64(), Vector512<long>.AllBitsSet)) return result;
        Vector512<double> area = (Vector512<double>.One - size) * 0.5;
        return Beyond(centre, result, area, scale * QuantileTail(centre, area), x);
    }

    /// <summary>ln(ndtr(x)), right far into the left tail.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> LogNdtr(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.LogNdtr(x.GetLower()), HalfVectors.LogNdtr(x.GetUpper()));
        Vector512<double> t = x * SqrtHalf, left = Vector512.LessThan(x, Vector512.Create(-1.0)), half = Vector512.Create(0.5);
        if (Vector512.EqualsAll(left, Vector512<double>.Zero)) return VectorMath.Log1P(VectorMath.Erfc(t) * -0.5);
        Vector512<double> far = VectorMath.Log(VectorMath.ErfcxOfPositive(Vector512.Abs(t)) * half) - t * t;
        if (Vector512.EqualsAll(left.AsInt64(), Vector512<long>.AllBitsSet)) return far;
        return Vector512.ConditionalSelect(left, far, VectorMath.Log1P(VectorMath.Erfc(t) * -0.5));
    }

    // The tails with their signs, infinite where there is no area left, no number beyond.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Beyond(Vector512<double> centre, Vector512<double> middle, Vector512<double> area, Vector512<double> tail, Vector512<double> sign)
    {
        tail = Vector512.ConditionalSelect(Vector512.Equals(area, Vector512<double>.Zero), Vector512.Create(double.PositiveInfinity), tail);
        tail = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(area, Vector512<double>.Zero), tail, Vector512.Create(double.NaN));
        return Vector512.ConditionalSelect(centre, middle, VectorMath.CopySign(tail, sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> QuantileCentre(Vector512<double> q)
    {
        Vector512<double> r = Vector512.Create(0.180625) - q * q;
        return q * Polynomial(QuantileCentreNumerator, r) / Polynomial(QuantileCentreDenominator, r);
    }

    // The lanes that are needed have areas above zero; the others get one that is harmless.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> QuantileTail(Vector512<double> centre, Vector512<double> area)
    {
        area = Vector512.ConditionalSelect(Vector512.AndNot(Vector512.GreaterThan(area, Vector512<double>.Zero), centre), area, Vector512.Create(0.05));
        Vector512<double> r = Vector512.Sqrt(-VectorMath.Log(area)), x = r - Vector512.Create(1.6);
        Vector512<double> result = Polynomial(QuantileMiddleNumerator, x) / Polynomial(QuantileMiddleDenominator, x);
        Vector512<double> far = Vector512.GreaterThan(r, Vector512.Create(5.0));
        if (Vector512.EqualsAll(far, Vector512<double>.Zero)) return result;
        if (Vector512.GreaterThanAny(r, Vector512.Create(26.0))) return EachQuantileTail(area);
        x = r - Vector512.Create(5.0);
        return Vector512.ConditionalSelect(far, Polynomial(QuantileTailNumerator, x) / Polynomial(QuantileTailDenominator, x), result);
    }

    // Where the fit ends.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Vector512<double> EachQuantileTail(Vector512<double> area)
    {
        double* lanes = stackalloc double[8];
        area.Store(lanes);
        for (int i = 0; i < 8; i++) lanes[i] = QuantileTail(lanes[i]);
        return Vector512.Load(lanes);
    }
}
