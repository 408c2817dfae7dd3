using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>
/// Elementary functions of whole vectors. The dense sweeps of VectorMathTests set the limits of their errors.
/// </summary>
public static partial class VectorMath
{
    private const float Log2ESingle = 1.44269504f, Ln2HighSingle = 0.693359375f, Ln2LowSingle = -2.12194440e-4f;
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>eˣ, to 1.1 ulp: x = n·ln2 + r, |r| ≤ ln2/2, eˣ = 2ⁿ·eʳ.</summary>
    // The NaN stands second, where the hardware's minimum and maximum let it through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => ExpOfNegative(Vector512.MinNative(Vector512.Create(89f), x));

    /// <summary>eˣ for x up to 89.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ExpOfNegative(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.ExpOfNegative(x.GetLower()), HalfVectors.ExpOfNegative(x.GetUpper()));
        x = Vector512.MaxNative(Vector512.Create(-105f), x);
        Vector512<float> n = Powers(x);
        return Scale(Vector512<float>.One + ExpM1Reduced(Reduce(x, n)), n);
    }

    /// <summary>Whether eˣ is a denormal number in some lane: an operation that makes one takes a hundred times as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasDenormalPowers(Vector512<float> x) =>
        Vector512.LessThanAny(Vector512.Abs(x + Vector512.Create(95.8f)), Vector512.Create(8.5f));

    /// <summary>The same as <see cref="Exp(Vector512{float})"/>; denormal results are made as integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector512<float> ExpWithDenormals(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(-105f), Vector512.MinNative(Vector512.Create(89f), x));
        Vector512<float> n = Powers(x), y = Vector512<float>.One + ExpM1Reduced(Reduce(x, n)), least = Vector512.Create(-125f);
        // Up to twice the least normal number the bits of a float count the least denormal ones.
        Vector512<int> units = Vector512.ConvertToInt32(Vector512.Round(Scale(y, Vector512.MinNative(least, n) + Vector512.Create(149f))));
        return Vector512.ConditionalSelect(Vector512.LessThan(n, least), units.AsSingle(), Scale(y, Vector512.MaxNative(least, n)));
    }

    /// <summary>eˣ for x up to 88, to 1 ulp; what would be a denormal number is 0.</summary>
    // With the bias of exponents in the large number that is added, the low bits of the sum are 2ⁿ after a shift: two instructions less than the full function.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ExpOfModerate(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.ExpOfModerate(x.GetLower()), HalfVectors.ExpOfModerate(x.GetUpper()));
        x = Vector512.MaxNative(Vector512.Create(-88.02f), x);      // n = −127, whose power is 0
        Vector512<float> shift = Vector512.Create(12582912f + 127), sum = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2ESingle), shift);
        Vector512<float> power = (sum.AsInt32() << 23).AsSingle();
        return Vector512.FusedMultiplyAdd(power, ExpM1Reduced(Reduce(x, sum - shift)), power);
    }

    // An odd function keeps the sign of zero, which a polynomial loses.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> KeepZero<T>(Vector512<T> x, Vector512<T> y) =>
        Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), x, y);

    /// <summary>eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), to 2.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.ExpM1(x.GetLower()), HalfVectors.ExpM1(x.GetUpper()));
        Vector512<float> clamped = Vector512.MinNative(Vector512.Create(89f), Vector512.MaxNative(Vector512.Create(-20f), x));
        Vector512<float> n = Powers(clamped);
        Vector512<float> p = ExpM1Reduced(Reduce(clamped, n));
        // One power less before and after keeps 2ⁿ finite for the largest n.
        Vector512<float> half = Scale(Vector512.Create(0.5f), n);
        Vector512<float> y = 2 * (Vector512.FusedMultiplyAdd(half, p, half - Vector512.Create(0.5f)));
        return KeepZero(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reduce(Vector512<float> x, Vector512<float> n) =>
        Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2LowSingle), Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2HighSingle), x));

    // eʳ − 1 = r + r²·p(r) for |r| ≤ ln2/2, to 4e-9 of eʳ; in pairs: a short chain of dependent steps lets more vectors be under way at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpM1Reduced(Vector512<float> r)
    {
        Vector512<float> z = r * r;
        Vector512<float> first = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.16666521f), Vector512.Create(0.49999994f));
        Vector512<float> second = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.008368745f), Vector512.Create(0.04166839f));
        second = Vector512.FusedMultiplyAdd(z, Vector512.Create(0.0013814539f), second);
        return Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(second, z, first), z, r);
    }

    /// <summary>The whole number nearest to x·log₂e, |x| below 2²¹: a large number added takes the fraction away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Powers(Vector512<float> x)
    {
        Vector512<float> shift = Vector512.Create(12582912f);
        return Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2ESingle), shift) - shift;
    }

    /// <summary>y·2ⁿ for integral n, with overflow and denormals right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scale(Vector512<float> y, Vector512<float> n)
    {
        if (Avx512F.IsSupported) return Avx512F.Scale(y, n);
        Vector512<int> k = Vector512.ConvertToInt32(n);
        Vector512<int> half = k >> 1;
        return y * Power(half) * Power(k - half);

        static Vector512<float> Power(Vector512<int> k) => ((k + Vector512.Create(127)) << 23).AsSingle();
    }

    /// <summary>eˣ, to 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Exp(x.GetLower()), HalfVectors.Exp(x.GetUpper()));
        x = Vector512.MinNative(Vector512.Create(710.0), Vector512.MaxNative(Vector512.Create(-746.0), x));
        Vector512<double> n = Round(x * Math.Log2(Math.E));
        return Scale(Vector512<double>.One + ExpM1Reduced(Reduce(x, n)), n);
    }

    /// <summary>eˣ − 1, to 1.9 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpM1(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.ExpM1(x.GetLower()), HalfVectors.ExpM1(x.GetUpper()));
        Vector512<double> clamped = Vector512.MinNative(Vector512.Create(710.0), Vector512.MaxNative(Vector512.Create(-40.0), x));
        Vector512<double> n = Round(clamped * Math.Log2(Math.E));
        Vector512<double> p = ExpM1Reduced(Reduce(clamped, n));
        Vector512<double> half = Scale(Vector512.Create(0.5), n);
        Vector512<double> y = 2 * Vector512.FusedMultiplyAdd(half, p, half - Vector512.Create(0.5));
        return KeepZero(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Reduce(Vector512<double> x, Vector512<double> n) =>
        Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x));

    // (eʳ − 1 − r)/r² interpolated at Chebyshev's points of |r| ≤ 0.35, error 1.6e-18.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpM1Reduced(Vector512<double> r)
    {
        Vector512<double> p = Vector512.Create(2.0915442297780116e-09);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(2.5106274733573296e-08));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(2.75572718102198e-07));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(2.755725283351691e-06));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(2.4801587327007187e-05));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.00019841269876864356));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.0013888888888883327));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.008333333333325544));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.04166666666666667));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.1666666666666667));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5));
        return Vector512.FusedMultiplyAdd(p, r * r, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Scale(Vector512<double> y, Vector512<double> n)
    {
        if (Avx512F.IsSupported) return Avx512F.Scale(y, n);
        Vector512<double> half = Round(n * 0.5);
        return y * Power(half) * Power(n - half);

        // A large number added leaves n with the bias of exponents in the low bits; there is no conversion to whole numbers of 64 bits here.
        static Vector512<double> Power(Vector512<double> n) => ((n + Vector512.Create(6755399441055744.0 + 1023)).AsInt64() << 52).AsDouble();
    }
}
