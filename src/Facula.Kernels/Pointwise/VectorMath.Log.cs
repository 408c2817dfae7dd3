using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

// ln x = e·ln2 + ln m with m in [√½, √2).
public static partial class VectorMath
{
    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
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

    /// <summary>ln(1 + x): the rounding error of 1 + x is put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1P(Vector512<float> x)
    {
        Vector512<float> u = Vector512<float>.One + x;
        Vector512<float> corrected = Log(u) + (x - (u - Vector512<float>.One)) / u;
        Vector512<float> plain = Vector512.Equals(u, Vector512.Create(float.PositiveInfinity)) | Vector512.LessThanOrEqual(u, Vector512<float>.Zero);
        corrected = Vector512.ConditionalSelect(plain, Log(u), corrected);
        return Vector512.ConditionalSelect(Vector512.Equals(u, Vector512<float>.One), x, corrected);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogEnds(Vector512<float> x, Vector512<float> y)
    {
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), y);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), y, Vector512.Create(float.NaN));
    }

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<double> small = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
        const long Root = 0x3FE6A09E667F3BCD;
        Vector512<long> bits = Vector512.ConditionalSelect(small, x * 18014398509481984.0, x).AsInt64() - Vector512.Create(Root);
        Vector512<double> e = Vector512.ConvertToDouble(bits >> 52) - (small & Vector512.Create(54.0));
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
        Vector512<double> half = 0.5 * f * f;
        Vector512<double> tail = half - Vector512.FusedMultiplyAdd(s, half + r, e * Ln2Low);
        Vector512<double> y = Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2High), f - tail);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(double.PositiveInfinity)), x, y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), y);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero), y, Vector512.Create(double.NaN));
    }

    /// <summary>ln(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log1P(Vector512<double> x)
    {
        Vector512<double> u = Vector512<double>.One + x;
        Vector512<double> log = Log(u);
        Vector512<double> corrected = log + (x - (u - Vector512<double>.One)) / u;
        Vector512<double> plain = Vector512.Equals(u, Vector512.Create(double.PositiveInfinity)) | Vector512.LessThanOrEqual(u, Vector512<double>.Zero);
        corrected = Vector512.ConditionalSelect(plain, log, corrected);
        return Vector512.ConditionalSelect(Vector512.Equals(u, Vector512<double>.One), x, corrected);
    }
}
