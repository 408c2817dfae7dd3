using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The error function of doubles and its complement: below 1 a series in x², above it e^(−x²) times the scaled complement.
public static partial class VectorMath
{
    /// <summary>erf x, to 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Erf(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Erf(x.GetLower()), HalfVectors.Erf(x.GetUpper()));
        Vector512<double> a = Vector512.Abs(x), near = Vector512.LessThan(a, Vector512<double>.One);
        Vector512<double> small = a * ErfSeries(x * x);
        if (Vector512.EqualsAll(near.AsInt64(), Vector512<long>.AllBitsSet)) return small | SignBit(x);
        return Vector512.ConditionalSelect(near, small, Vector512<double>.One - ErfcOfPositive(a)) | SignBit(x);
    }

    /// <summary>1 − erf x, to 6 ulp, without cancellation for large x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Erfc(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Erfc(x.GetLower()), HalfVectors.Erfc(x.GetUpper()));
        Vector512<double> a = Vector512.Abs(x), tail = ErfcOfPositive(a);
        Vector512<double> far = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512.Create(2.0) - tail, tail);
        // Around zero the complement of the series has the smaller error.
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(0.5)), Vector512<double>.One - x * ErfSeries(x * x), far);
    }

    /// <summary>1 − erf x, in double.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Erfc(Vector512<float> x) => InDouble<WideErfc>(x);

    private readonly struct WideErfc : IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => Erfc(x);
    }

    /// <summary>e^(x²)·erfc x, to 6 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Erfcx(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Erfcx(x.GetLower()), HalfVectors.Erfcx(x.GetUpper()));
        Vector512<double> a = Vector512.Abs(x), negative = Vector512.LessThan(x, Vector512<double>.Zero), positive = ErfcxOfPositive(a);
        // The first term of the asymptotic series, 1 / (√π x), also where x is infinite.
        positive = Vector512.ConditionalSelect(Vector512.GreaterThan(a, Vector512.Create(1e100)), Vector512.Create(0.56418958354775628695) / a, positive);
        if (Vector512.EqualsAll(negative.AsInt64(), Vector512<long>.Zero)) return positive;
        // erfcx(−a) = 2 e^(a²) − erfcx a; the rounding error of a² is put back. From 27 on it overflows.
        a = Vector512.MinNative(Vector512.Create(27.0), a);
        Vector512<double> square = a * a, lost = Vector512.FusedMultiplyAdd(a, a, -square);
        Vector512<double> twice = Vector512.Create(2.0) * Exp(square) * (Vector512<double>.One + lost);
        return Vector512.ConditionalSelect(negative, twice - positive, positive);
    }

    /// <summary>e^(x²)·erfc x, in double.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Erfcx(Vector512<float> x) => InDouble<WideErfcx>(x);

    private readonly struct WideErfcx : IWideFunction
    {
        public static Vector512<double> Invoke(Vector512<double> x) => Erfcx(x);
    }

    // The rounding error of x² is put back.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ErfcOfPositive(Vector512<double> a)
    {
        Vector512<double> x = Vector512.MinNative(Vector512.Create(28.0), a), square = x * x;
        Vector512<double> lost = Vector512.FusedMultiplyAdd(x, x, -square), e = Exp(-square);
        return (e - e * lost) * ErfcxOfPositive(x);
    }

    /// <summary>e^(x²)·erfc x for x from 0 up, to 5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ErfcxOfPositive(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.ErfcxOfPositive(x.GetLower()), HalfVectors.ErfcxOfPositive(x.GetUpper()));
        Vector512<double> k = Vector512.Create(3.75);
        x = Vector512.MinNative(Vector512.Create(1e300), x);
        return ScaledErfc((x - k) / (x + k)) / Vector512.FusedMultiplyAdd(x, Vector512.Create(2.0), Vector512<double>.One);
    }

    // (1 + 2x)·e^(x²)·erfc x by powers of t = (x − k)/(x + k).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ScaledErfc(Vector512<double> t)
    {
        // Even and odd powers apart: two chains of half the length.
        Vector512<double> u = t * t;
        Vector512<double> odd = Vector512.Create(3.2052623379289156e-10);
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(-3.7981897977362071e-9));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(2.3398534313040897e-8));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(-5.7410760730139157e-8));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(-9.7338751674941429e-7));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(2.2384138525656756e-5));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(-0.00029015404203352704));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(0.0017556258434318641));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(0.028362277420377334));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(0.092304321160258936));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(0.082276738490149773));
        odd = Vector512.FusedMultiplyAdd(odd, u, Vector512.Create(-0.14024059858554701));
        Vector512<double> even = Vector512.Create(-2.6185201565031448e-9);
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(3.1953986120578181e-8));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(-2.4851108650210706e-7));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(1.7419011945194366e-6));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(-1.1437980374495534e-5));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(5.164649341002877e-5));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(0.00029371439057885598));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(-0.0097465796859621716));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(-0.058693398576310613));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(-0.10880393014246645));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(0.0035854154854795752));
        even = Vector512.FusedMultiplyAdd(even, u, Vector512.Create(1.2375126308378275));
        return Vector512.FusedMultiplyAdd(odd, t, even);
    }

    // erf x / x by powers of z = x² ≤ 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ErfSeries(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(-4.2309458242953378e-12);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(8.7090451290531067e-11));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-1.216456005728345e-9));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.4792401209404813e-8));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-1.6364642158167615e-7));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.6462045441468419e-6));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-1.4925647567519332e-5));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.00012055332902888735));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.00085483270219348296));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0052239776254232983));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.026866170645129841));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.1128379167095512));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.37612638903183752));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.1283791670955126));
        return p;
    }
}
