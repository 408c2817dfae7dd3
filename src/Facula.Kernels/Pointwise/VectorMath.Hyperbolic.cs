using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The hyperbolic functions and their inverses; tanh has a file of its own.
public static partial class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> SinhSeries<T>(Vector512<T> z) => typeof(T) == typeof(float) ? SinhSeries(z.As<T, float>()).As<float, T>() : SinhSeries(z.As<T, double>()).As<double, T>();

    /// <summary>(eˣ − e⁻ˣ) / 2, to 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sinh<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Sinh(x.GetLower()), HalfVectors.Sinh(x.GetUpper()));
        Vector512<T> a = Vector512.Abs(x), z = a * a, h = HalfExp(a);
        Vector512<T> far = h - Constant<T>(0.25) / h, near = Fma(a * z, SinhSeries(z), a);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<T>.One), near, far) | SignBit(x);
    }

    /// <summary>(eˣ + e⁻ˣ) / 2, to 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Cosh<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Cosh(x.GetLower()), HalfVectors.Cosh(x.GetUpper()));
        Vector512<T> h = HalfExp(Vector512.Abs(x));
        return h + Constant<T>(0.25) / h;
    }

    // eˣ / 2 of x ≥ 0, finite a little further than eˣ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> HalfExp<T>(Vector512<T> x)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<float> a = Vector512.MinNative(Vector512.Create(90f), x.As<T, float>()), n = Powers(a);
            return Scale(Vector512<float>.One + ExpM1Reduced(Reduce(a, n)), n - Vector512<float>.One).As<float, T>();
        }
        Vector512<double> b = Vector512.MinNative(Vector512.Create(711.0), x.As<T, double>()), m = Round(b * Math.Log2(Math.E));
        return Scale(Vector512<double>.One + ExpM1Reduced(Reduce(b, m)), m - Vector512<double>.One).As<double, T>();
    }

    /// <summary>The number whose hyperbolic sine is x, to 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Asinh<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Asinh(x.GetLower()), HalfVectors.Asinh(x.GetUpper()));
        Vector512<T> a = Vector512.Abs(x), z = a * a;
        Vector512<T> near = Log1P(a + z / (Vector512<T>.One + Vector512.Sqrt(z + Vector512<T>.One)));
        Vector512<T> far = Log(a) + Constant<T>(Math.Log(2));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(a, Constant<T>(1e9)), far, near) | SignBit(x);
    }

    /// <summary>The number from zero up whose hyperbolic cosine is x, to 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Acosh<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Acosh(x.GetLower()), HalfVectors.Acosh(x.GetUpper()));
        Vector512<T> t = x - Vector512<T>.One;
        Vector512<T> near = Log1P(t + Vector512.Sqrt(Fma(t, t, t + t)));
        Vector512<T> far = Log(x) + Constant<T>(Math.Log(2));
        Vector512<T> y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Constant<T>(1e9)), far, near);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.One), y, Constant<T>(double.NaN));
    }

    /// <summary>The number whose hyperbolic tangent is x, to 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atanh<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Atanh(x.GetLower()), HalfVectors.Atanh(x.GetUpper()));
        Vector512<T> a = Vector512.Abs(x);
        return (Constant<T>(0.5) * Log1P((a + a) / (Vector512<T>.One - a))) | SignBit(x);
    }

    // (sinh t / t − 1) / t² by powers of z = t² ≤ 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SinhSeries(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(2.80628026e-6f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.00019838102f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.00833333968f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.166666666f));
        return p;
    }

    // (sinh t / t − 1) / t² by powers of z = t² ≤ 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinhSeries(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(2.8445264169895286e-15);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(7.6466253616566577e-13));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.6059048396350562e-10));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.5052108364058041e-8));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.7557319224040339e-6));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.00019841269841269773));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0083333333333333334));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.16666666666666667));
        return p;
    }
}
