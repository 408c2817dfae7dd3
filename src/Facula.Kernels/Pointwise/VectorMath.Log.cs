using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// ln x = e·ln2 + ln m with m in [√½, √2).
public static partial class VectorMath
{
    /// <summary>ln x, to 0.8 ulp with AVX-512, to 1.1 without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Log(x.GetLower()), HalfVectors.Log(x.GetUpper()));
        if (!Avx512F.IsSupported) return LogByPolynomial(x);
        // x = 2ᵉ·m with m in [¾, 3/2), no number where x is negative; ln m = ln c + ln(1 + r), c the middle of one of 32 intervals.
        Vector512<float> m = Avx512F.GetMantissa(x, 0b1011);
        Vector512<float> e = Avx512F.GetExponent(x) - Avx512F.GetExponent(m);
        Vector512<int> k = m.AsInt32() >>> 18;
        Vector512<float> r = Vector512.FusedMultiplyAdd(m, Pick(LogTable.ReciprocalLow, LogTable.ReciprocalHigh, k), Vector512.Create(-1f));
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(-0.24539493f), r, Vector512.Create(0.3333796f)), r, Vector512.Create(-0.50000054f));
        // The first parts of e·ln 2 and ln c add up exactly; what adding r to them rounds off goes to the second parts. Where e is infinite that is no number, and nothing.
        Vector512<float> high = Vector512.FusedMultiplyAdd(e, Vector512.Create(0.69314575f), Pick(LogTable.LogarithmLow, LogTable.LogarithmHigh, k)), sum = high + r;
        Vector512<float> low = Vector512.FusedMultiplyAdd(e, Vector512.Create(1.4286068e-6f), Pick(LogTable.RestLow, LogTable.RestHigh, k));
        Vector512<float> lost = Vector512.MinNative(r - (sum - high), Vector512<float>.One);
        return sum + (lost + Vector512.FusedMultiplyAdd(p, r * r, low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogByPolynomial(Vector512<float> x)
    {
        // Denormals are scaled into the normal range first.
        Vector512<float> small = Vector512.LessThan(x, Vector512.Create(1.17549435E-38f));
        Vector512<int> bits = Vector512.ConditionalSelect(small, x * 33554432f, x).AsInt32() - Vector512.Create(0x3F3504F3);
        Vector512<float> e = Vector512.ConvertToSingle(bits >> 23) - (small & Vector512.Create(25f));
        Vector512<float> f = ((bits & Vector512.Create(0x007FFFFF)) + Vector512.Create(0x3F3504F3)).AsSingle() - Vector512<float>.One;
        Vector512<float> z = f * f;
        Vector512<float> p = Vector512.Create(7.0376836292E-2f);
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-1.1514610310E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.1676998740E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-1.2420140846E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.4249322787E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-1.6668057665E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(2.0000714765E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(-2.4999993993E-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(3.3333331174E-1f));
        Vector512<float> tail = Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2LowSingle), z * f * p);
        tail = Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), tail);
        return LogEnds(x, Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2HighSingle), f + tail));
    }

    /// <summary>ln(1 + x), to 2.5 ulp: the rounding error of 1 + x is put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1P(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Log1P(x.GetLower()), HalfVectors.Log1P(x.GetUpper()));
        Vector512<float> u = Vector512<float>.One + x, log = Log(u);
        Vector512<float> corrected = Vector512.FusedMultiplyAdd(x - (u - Vector512<float>.One), Reciprocal(u), log);
        Vector512<float> plain = Vector512.Equals(u, Vector512.Create(float.PositiveInfinity)) | Vector512.LessThanOrEqual(u, Vector512<float>.Zero);
        corrected = Vector512.ConditionalSelect(plain, log, corrected);
        return Vector512.ConditionalSelect(Vector512.Equals(u, Vector512<float>.One), x, corrected);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogEnds(Vector512<float> x, Vector512<float> y)
    {
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), y);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), y, Vector512.Create(float.NaN));
    }

    /// <summary>ln x, to 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Log(x.GetLower()), HalfVectors.Log(x.GetUpper()));
        if (!Avx512F.IsSupported) return LogByBits(x);
        // x = 2ᵉ·m with m in [¾, 3/2), no number where x is negative, −1 for −0; where e is infinite the rest does not matter.
        Vector512<double> m = Vector512.Abs(Avx512F.GetMantissa(x, 0b1011)), e = Avx512F.GetExponent(x) - Avx512F.GetExponent(m), f = m - Vector512<double>.One;
        // ln(1 + f) = 2·atanh(s), s = f / (2 + f); even and odd powers of z apart, so that fewer wait for one another.
        Vector512<double> s = f / (f + Vector512.Create(2.0)), z = s * s, w = z * z;
        Vector512<double> even = Vector512.FusedMultiplyAdd(w, Vector512.Create(0.13209379788878703), Vector512.Create(0.1818173712573891));
        Vector512<double> odd = Vector512.FusedMultiplyAdd(w, Vector512.Create(0.13611359968686604), Vector512.Create(0.15388886009116476));
        even = Vector512.FusedMultiplyAdd(even, w, Vector512.Create(0.2857142856722839));
        odd = Vector512.FusedMultiplyAdd(odd, w, Vector512.Create(0.22222223055420592));
        even = Vector512.FusedMultiplyAdd(even, w, Vector512.Create(0.6666666666666666));
        odd = Vector512.FusedMultiplyAdd(odd, w, Vector512.Create(0.4000000000000806));
        return LogSum(e, f, s, z * Vector512.FusedMultiplyAdd(odd, z, even));
    }

    // e·ln 2 + f − (f²/2 − s·(f²/2 + r))
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogSum(Vector512<double> e, Vector512<double> f, Vector512<double> s, Vector512<double> r)
    {
        Vector512<double> half = 0.5 * f * f, tail = half - Vector512.FusedMultiplyAdd(s, half + r, e * Ln2Low);
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2High), f - tail);
    }

    /// <summary>The upper twelve bits of each lane, with their sign, as a number.</summary>
    // Without AVX-512 there is neither a signed shift nor a conversion of 64 bits; a positive number below 2⁵² becomes the fraction of one beyond.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExponentOf(Vector512<long> bits) => Avx512F.IsSupported ? Vector512.ConvertToDouble(bits >> 52)
        : (((bits ^ Vector512.Create(long.MinValue)) >>> 52) | Vector512.Create(0x4330000000000000L)).AsDouble() - Vector512.Create(4503599627370496.0 + 2048);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogByBits(Vector512<double> x)
    {
        Vector512<double> small = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
        const long Root = 0x3FE6A09E667F3BCD;
        Vector512<long> bits = Vector512.ConditionalSelect(small, x * 18014398509481984.0, x).AsInt64() - Vector512.Create(Root);
        Vector512<double> e = ExponentOf(bits) - (small & Vector512.Create(54.0));
        Vector512<double> f = ((bits & Vector512.Create(0x000FFFFFFFFFFFFFL)) + Vector512.Create(Root)).AsDouble() - Vector512<double>.One;
        // ln(1 + f) = 2·atanh(s), s = f / (2 + f); coefficients of fdlibm.
        Vector512<double> s = f / (f + Vector512.Create(2.0));
        Vector512<double> z = s * s;
        Vector512<double> r = Vector512.Create(1.479819860511658591e-01);
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.531383769920937332e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.818357216161805012e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.222219843214978396e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.857142874366239149e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(3.999999999940941908e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(6.666666666666735130e-01)) * z;
        Vector512<double> y = LogSum(e, f, s, r);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(double.PositiveInfinity)), x, y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), y);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero), y, Vector512.Create(double.NaN));
    }

    /// <summary>ln(1 + x), to 1.1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log1P(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Log1P(x.GetLower()), HalfVectors.Log1P(x.GetUpper()));
        Vector512<double> u = Vector512<double>.One + x;
        Vector512<double> log = Log(u);
        Vector512<double> corrected = log + (x - (u - Vector512<double>.One)) / u;
        Vector512<double> plain = Vector512.Equals(u, Vector512.Create(double.PositiveInfinity)) | Vector512.LessThanOrEqual(u, Vector512<double>.Zero);
        corrected = Vector512.ConditionalSelect(plain, log, corrected);
        return Vector512.ConditionalSelect(Vector512.Equals(u, Vector512<double>.One), x, corrected);
    }

    // 1/c for the middle c of each interval, and ln c in two parts, the first a multiple of 2⁻¹⁶; exactly 1 and 0 around 1.
    private static class LogTable
    {
        internal static Vector512<float> ReciprocalLow => Vector512.Create(
            1f, 0.9554367f, 0.9277311f, 0.9015873f, 0.8768769f, 0.85348505f, 0.831309f, 0.8102564f,
            0.7902439f, 0.7711963f, 0.7530454f, 0.7357294f, 0.7191919f, 0.70338166f, 0.6882516f, 0.67375886f);

        internal static Vector512<float> ReciprocalHigh => Vector512.Create(
            1.3197279f, 1.2930613f, 1.2674509f, 1.2428356f, 1.2191582f, 1.1963662f, 1.1744108f, 1.1532468f,
            1.132832f, 1.1131276f, 1.094097f, 1.0757062f, 1.0579236f, 1.0407192f, 1.0240655f, 1f);

        internal static Vector512<float> LogarithmLow => Vector512.Create(
            0, 0.04559326f, 0.07501221f, 0.10359192f, 0.13139343f, 0.158432f, 0.18475342f, 0.21040344f,
            0.2354126f, 0.2598114f, 0.28363037f, 0.30690002f, 0.32962036f, 0.35185242f, 0.3735962f, 0.3948822f);

        internal static Vector512<float> LogarithmHigh => Vector512.Create(
            -0.27742004f, -0.25701904f, -0.23701477f, -0.21739197f, -0.1981659f, -0.17929077f, -0.1607666f, -0.14257812f,
            -0.12472534f, -0.107177734f, -0.0899353f, -0.07298279f, -0.05630493f, -0.039916992f, -0.023773193f, 0);

        internal static Vector512<float> RestLow => Vector512.Create(
            0, -6.503033e-06f, 1.1475942e-06f, 6.475213e-06f, -4.7606227e-06f, -4.751267e-06f, 2.6943542e-07f, 1.069196e-06f,
            1.0193909e-06f, 9.245897e-07f, -5.8385325e-07f, -7.1285426e-06f, 6.6847874e-06f, 3.2190594e-06f, 4.597649e-06f, 7.97884e-07f);

        internal static Vector512<float> RestHigh => Vector512.Create(
            -5.5332553e-06f, 6.5688882e-06f, 7.029813e-06f, -3.6082627e-06f, 5.2954374e-06f, 1.9831284e-06f, 9.505332e-09f, -3.1093198e-06f,
            4.6052282e-06f, 4.033229e-06f, 5.920544e-06f, 5.3715053e-06f, -3.1452853e-06f, 5.0261806e-06f, -7.290722e-06f, 0);
    }
}
