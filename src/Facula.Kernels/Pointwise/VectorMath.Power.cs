using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Logarithms and powers to other bases.
public static partial class VectorMath
{
    /// <summary>The logarithm to base 2, to 1.5 ulp and exact for powers of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log2<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Log2(x.GetLower()), HalfVectors.Log2(x.GetUpper()));
        Vector512<T> m = Mantissa(x, out Vector512<T> e);
        return Fma(Log(m), Constant<T>(Math.Log2(Math.E)), e);
    }

    /// <summary>The logarithm to base 10, to 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log10<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Log10(x.GetLower()), HalfVectors.Log10(x.GetUpper()));
        const double tenth = 0.30102999566398119521;
        const double rest = -2.8037281277851704e-18;
        Vector512<T> m = Mantissa(x, out Vector512<T> e);
        Vector512<T> low = Constant<T>(typeof(T) == typeof(float) ? tenth - (float)tenth : rest);
        // An infinite exponent has no second part.
        Vector512<T> part = (e * low) & Vector512.Equals(e - e, Vector512<T>.Zero);
        return Fma(e, Constant<T>(tenth), Fma(Log(m), Constant<T>(0.43429448190325182765), part));
    }

    // x = 2ᵉ·m with m around 1, no number where x is negative; of 0 and ∞ the exponent is infinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Mantissa<T>(Vector512<T> x, out Vector512<T> e)
    {
        if (Avx512F.IsSupported)
        {
            // That of −0 is −1.
            if (typeof(T) == typeof(float))
            {
                Vector512<float> s = Vector512.Abs(Avx512F.GetMantissa(x.As<T, float>(), 0b1011));
                e = (Avx512F.GetExponent(x.As<T, float>()) - Avx512F.GetExponent(s)).As<float, T>();
                return s.As<float, T>();
            }
            Vector512<double> d = Vector512.Abs(Avx512F.GetMantissa(x.As<T, double>(), 0b1011));
            e = (Avx512F.GetExponent(x.As<T, double>()) - Avx512F.GetExponent(d)).As<double, T>();
            return d.As<double, T>();
        }
        // Denormals are scaled into the normal range first.
        Vector512<T> m, least = Constant<T>(typeof(T) == typeof(float) ? 1.17549435E-38 : 2.2250738585072014e-308), small = Vector512.LessThan(x, least);
        if (typeof(T) == typeof(float))
        {
            Vector512<float> s = x.As<T, float>(), tiny = small.As<T, float>();
            Vector512<int> bits = Vector512.ConditionalSelect(tiny, s * 33554432f, s).AsInt32() - Vector512.Create(0x3F400000);
            e = (Vector512.ConvertToSingle(bits >> 23) - (tiny & Vector512.Create(25f))).As<float, T>();
            m = ((bits & Vector512.Create(0x007FFFFF)) + Vector512.Create(0x3F400000)).As<int, T>();
        }
        else
        {
            Vector512<double> d = x.As<T, double>(), tiny = small.As<T, double>();
            Vector512<long> bits = Vector512.ConditionalSelect(tiny, d * 18014398509481984.0, d).AsInt64() - Vector512.Create(0x3FE8000000000000L);
            e = (ExponentOf(bits) - (tiny & Vector512.Create(54.0))).As<double, T>();
            m = ((bits & Vector512.Create(0x000FFFFFFFFFFFFFL)) + Vector512.Create(0x3FE8000000000000L)).As<long, T>();
        }
        Vector512<T> infinity = Constant<T>(double.PositiveInfinity);
        e = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), -infinity, Vector512.ConditionalSelect(Vector512.Equals(x, infinity), infinity, e));
        m = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero) | Vector512.Equals(x, infinity), Vector512<T>.One, m);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), m, Constant<T>(double.NaN));
    }

    /// <summary>2ˣ, to 1.2 ulp and exact for whole x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Exp2(x.GetLower()), HalfVectors.Exp2(x.GetUpper()));
        x = Vector512.MinNative(Vector512.Create(129f), Vector512.MaxNative(Vector512.Create(-152f), x));
        Vector512<float> n = Round(x);
        return Scale(Vector512<float>.One + ExpM1Reduced((x - n) * (float)Math.Log(2)), n);
    }

    /// <summary>2ˣ, to 1.2 ulp and exact for whole x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp2(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Exp2(x.GetLower()), HalfVectors.Exp2(x.GetUpper()));
        x = Vector512.MinNative(Vector512.Create(1025.0), Vector512.MaxNative(Vector512.Create(-1077.0), x));
        Vector512<double> n = Round(x);
        return Scale(Vector512<double>.One + ExpM1Reduced((x - n) * Math.Log(2)), n);
    }

    /// <summary>x to the power y, in double to half an ulp and a bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Pow(x.GetLower(), y.GetLower()), HalfVectors.Pow(x.GetUpper(), y.GetUpper()));
        Vector512<float> a = Vector512.Abs(x), infinity = Vector512.Create(float.PositiveInfinity);
        // Zeros, infinities and what is no number have rules of their own.
        if (!Vector512.GreaterThanAll(a, Vector512<float>.Zero) || !Vector512.LessThanAll(Vector512.MaxNative(a, Vector512.Abs(y)), infinity) || !Vector512.EqualsAll(y, y)) return Lanes<ScalarPow, float>(x, y);
        (Vector512<double> lowX, Vector512<double> highX) = Vector512.Widen(a);
        (Vector512<double> lowY, Vector512<double> highY) = Vector512.Widen(y);
        Vector512<float> power = NarrowLanes.Narrow(PositivePower(lowX, lowY), PositivePower(highX, highY));
        Vector512<float> negative = Vector512.LessThan(x, Vector512<float>.Zero);
        if (Vector512.EqualsAll(negative, Vector512<float>.Zero)) return power;
        return PowerOfNegative(negative, y, power);
    }

    // 2^(y·log₂ x) to ten digits, for x that a float holds; the series in pairs, so that their chains are short.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PositivePower(Vector512<double> x, Vector512<double> y)
    {
        const long Root = 0x3FE6A09E667F3BCD;
        Vector512<long> bits = x.AsInt64() - Vector512.Create(Root);
        Vector512<double> e = ExponentOf(bits);
        Vector512<double> f = ((bits & Vector512.Create(0x000FFFFFFFFFFFFFL)) + Vector512.Create(Root)).AsDouble() - Vector512<double>.One;
        // ln(1 + f) = 2·atanh(s), s = f / (2 + f).
        Vector512<double> s = f / (f + Vector512.Create(2.0)), z = s * s, w = z * z;
        Vector512<double> even = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(w, Vector512.Create(1.0 / 13), Vector512.Create(1.0 / 9)), w, Vector512.Create(0.2)), w, Vector512<double>.One);
        Vector512<double> odd = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(w, Vector512.Create(1.0 / 11), Vector512.Create(1.0 / 7)), w, Vector512.Create(1.0 / 3));
        Vector512<double> t = y * Vector512.FusedMultiplyAdd(s * (2 / Math.Log(2)), Vector512.FusedMultiplyAdd(odd, z, even), e);
        t = Vector512.MinNative(Vector512.Create(200.0), Vector512.MaxNative(Vector512.Create(-200.0), t));
        Vector512<double> n = Round(t), r = (t - n) * Math.Log(2), r2 = r * r, r4 = r2 * r2;
        Vector512<double> first = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 6), Vector512.Create(0.5)), r2, Vector512<double>.One + r);
        Vector512<double> second = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 5040), Vector512.Create(1.0 / 720)), r2, Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 120), Vector512.Create(1.0 / 24)));
        return Scale(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(r4, Vector512.Create(1.0 / 40320), second), r4, first), n);
    }

    /// <summary>ln(eˣ + eʸ), to 3 ulp of the greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LogAddExp<T>(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.LogAddExp(x.GetLower(), y.GetLower()), HalfVectors.LogAddExp(x.GetUpper(), y.GetUpper()));
        Vector512<T> sum = Vector512.Max(x, y) + Log1P(Exp(-Vector512.Abs(x - y)));
        Vector512<T> same = Vector512.Equals(x, y) & Vector512.Equals(Vector512.Abs(x), Constant<T>(double.PositiveInfinity));
        return Vector512.ConditionalSelect(same, x, sum);
    }

    /// <summary>log₂(2ˣ + 2ʸ), to 3 ulp of the greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LogAddExp2<T>(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.LogAddExp2(x.GetLower(), y.GetLower()), HalfVectors.LogAddExp2(x.GetUpper(), y.GetUpper()));
        Vector512<T> difference = -Vector512.Abs(x - y);
        Vector512<T> power = typeof(T) == typeof(float) ? Exp2(difference.As<T, float>()).As<float, T>() : Exp2(difference.As<T, double>()).As<double, T>();
        Vector512<T> sum = Fma(Log1P(power), Constant<T>(1 / Math.Log(2)), Vector512.Max(x, y)), same = Vector512.Equals(x, y) & Vector512.Equals(Vector512.Abs(x), Constant<T>(double.PositiveInfinity));
        return Vector512.ConditionalSelect(same, x, sum);
    }

    /// <summary>−x·ln x, 0 at zero and −∞ below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Entropy<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Entropy(x.GetLower()), HalfVectors.Entropy(x.GetUpper()));
        Vector512<T> y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), Vector512<T>.Zero, -x * Log(x));
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), Constant<T>(double.NegativeInfinity), y);
    }

    /// <summary>x·ln y, 0 where x is zero and y is a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> XLogY<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero) & Vector512.Equals(y, y), Vector512<T>.Zero, x * Log(y));

    /// <summary>√(x² + y²), to 1.5 ulp, scaled by a power of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Hypot(Vector512<float> x, Vector512<float> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Hypot(x.GetLower(), y.GetLower()), HalfVectors.Hypot(x.GetUpper(), y.GetUpper()));
        (Vector512<double> lowX, Vector512<double> highX) = Vector512.Widen(x);
        (Vector512<double> lowY, Vector512<double> highY) = Vector512.Widen(y);
        Vector512<float> length = NarrowLanes.Narrow(Vector512.Sqrt(Fma(lowX, lowX, lowY * lowY)), Vector512.Sqrt(Fma(highX, highX, highY * highY)));
        return Infinite(x, y, length);
    }

    /// <summary>√(x² + y²), to 1.5 ulp, scaled by a power of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Hypot(Vector512<double> x, Vector512<double> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Hypot(x.GetLower(), y.GetLower()), HalfVectors.Hypot(x.GetUpper(), y.GetUpper()));
        Vector512<double> larger = Vector512.MaxNative(Vector512.Abs(x), Vector512.Abs(y));
        Vector512<double> scale = Vector512.ConditionalSelect(Vector512.GreaterThan(larger, Vector512.Create(1e150)), Vector512.Create(Math.ScaleB(1, -600)),
            Vector512.ConditionalSelect(Vector512.LessThan(larger, Vector512.Create(1e-130)), Vector512.Create(Math.ScaleB(1, 600)), Vector512<double>.One));
        Vector512<double> sx = x * scale, sy = y * scale;
        return Infinite(x, y, Vector512.Sqrt(Fma(sx, sx, sy * sy)) / scale);
    }

    // Of an infinite operand the length is infinite, whatever the other is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Infinite<T>(Vector512<T> x, Vector512<T> y, Vector512<T> length)
    {
        Vector512<T> infinity = Constant<T>(double.PositiveInfinity);
        return Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(x), infinity) | Vector512.Equals(Vector512.Abs(y), infinity), infinity, length);
    }
}
