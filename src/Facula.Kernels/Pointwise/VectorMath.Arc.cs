using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// The inverse trigonometric functions.
public static partial class VectorMath
{
    // π/2 in two parts, the second what the type's first one lacks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> HalfPi<T>() => Constant<T>(Math.PI / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> HalfPiRest<T>() => Constant<T>(typeof(T) == typeof(float) ? Math.PI / 2 - (float)(Math.PI / 2) : 6.123233995736766e-17);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> AtanSeries<T>(Vector512<T> z) => typeof(T) == typeof(float) ? AtanSeries(z.As<T, float>()).As<float, T>() : AtanSeries(z.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> AsinSeries<T>(Vector512<T> z) => typeof(T) == typeof(float) ? AsinSeries(z.As<T, float>()).As<float, T>() : AsinSeries(z.As<T, double>()).As<double, T>();

    /// <summary>The angle whose tangent is x, to 1.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atan<T>(Vector512<T> x) => !Avx512F.IsSupported ? Vector512.Create(HalfVectors.Atan(x.GetLower()), HalfVectors.Atan(x.GetUpper())) : AngleOf(Vector512.Abs(x), Vector512<T>.One) | SignBit(x);

    // The angle of (x, y), neither negative: turned by an eighth or a quarter so that a short series serves, with one division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> AngleOf<T>(Vector512<T> y, Vector512<T> x)
    {
        Vector512<T> flat = Less(y, x * Constant<T>(0.41421356237309503)), steep = Less(x * Constant<T>(2.414213562373095), y);
        Vector512<T> numerator = Vector512.ConditionalSelect(flat, y, Vector512.ConditionalSelect(steep, -x, y - x));
        Vector512<T> denominator = Vector512.ConditionalSelect(flat, x, Vector512.ConditionalSelect(steep, y, y + x));
        Vector512<T> turn = Vector512.ConditionalSelect(steep, Vector512<T>.One, Constant<T>(0.5)) & ~flat;
        Vector512<T> t = numerator / denominator, z = t * t;
        Vector512<T> small = Fma(turn, HalfPiRest<T>(), t * z * AtanSeries(z));
        return Fma(turn, HalfPi<T>(), t + small);
    }

    /// <summary>The angle of the point (x, y), to 2.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Atan2<T>(Vector512<T> y, Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Atan2(y.GetLower(), x.GetLower()), HalfVectors.Atan2(y.GetUpper(), x.GetUpper()));
        Vector512<T> ay = Vector512.Abs(y), ax = Vector512.Abs(x);
        // Infinities, numbers whose sum is one, and what is no number.
        if (!Vector512.LessThanAll(ax + ay, Constant<T>(double.PositiveInfinity))) return Lanes<ScalarAtan2, T>(y, x);
        Vector512<T> angle = AngleOf(ay, Vector512.ConditionalSelect(Vector512.Equals(ax + ay, Vector512<T>.Zero), Vector512<T>.One, ax));
        Vector512<T> behind = Vector512.LessThan(CopySign(Vector512<T>.One, x), Vector512<T>.Zero);
        Vector512<T> far = Constant<T>(2) * HalfPi<T>() - (angle - Constant<T>(2) * HalfPiRest<T>());
        return Vector512.ConditionalSelect(behind, far, angle) | SignBit(y);
    }

    /// <summary>The angle whose sine is x, to 1.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Asin<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Asin(x.GetLower()), HalfVectors.Asin(x.GetUpper()));
        Vector512<T> p = HalfAngle(x, out Vector512<T> big);
        return Vector512.ConditionalSelect(big, HalfPi<T>() - (p + p - HalfPiRest<T>()), p) | SignBit(x);
    }

    /// <summary>The angle whose cosine is x, to 1.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Acos<T>(Vector512<T> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Acos(x.GetLower()), HalfVectors.Acos(x.GetUpper()));
        Vector512<T> p = HalfAngle(x, out Vector512<T> big), twice = p + p;
        Vector512<T> middle = HalfPi<T>() - ((p ^ SignBit(x)) - HalfPiRest<T>());
        Vector512<T> behind = Constant<T>(2) * HalfPi<T>() - (twice - Constant<T>(2) * HalfPiRest<T>());
        return Vector512.ConditionalSelect(big, Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), behind, twice), middle);
    }

    // asin |x|, or of a big |x| half its complement asin √((1 − |x|)/2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> HalfAngle<T>(Vector512<T> x, out Vector512<T> big)
    {
        Vector512<T> a = Vector512.Abs(x), half = Constant<T>(0.5);
        big = Less(half, a);
        Vector512<T> z = Vector512.ConditionalSelect(big, Fma(-half, a, half), a * a);
        Vector512<T> s = Vector512.ConditionalSelect(big, Vector512.Sqrt(z), a);
        return Fma(s * z, AsinSeries(z), s);
    }

    private readonly struct ScalarAtan2 : IScalarPair
    {
        public static double Invoke(double x, double y) => Math.Atan2(x, y);
    }

    // (atan t / t − 1) / t² by powers of z = t², |t| ≤ tan π/8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AtanSeries(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(0.0504782062f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.0862455294f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.110713485f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.142841503f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.199999772f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.333333333f));
        return p;
    }

    // (atan t / t − 1) / t² by powers of z = t², |t| ≤ tan π/8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AtanSeries(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(0.016283572356482589);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.0345685906686069));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.045515165635903106));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.052304374642516871));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.058789267157567258));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.066664246872464995));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.07692296363979951));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.090909087531185939));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.11111111105147764));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.14285714285659749));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.19999999999999804));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.33333333333333333));
        return p;
    }

    // (asin t / t − 1) / t² by powers of z = t² ≤ ¼.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AsinSeries(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(0.0337007263f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0171437168f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0311017278f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0445993192f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0750009476f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.166666663f));
        return p;
    }

    // (asin t / t − 1) / t² by powers of z = t² ≤ ¼.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AsinSeries(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(0.029635026263548548);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.019277545928584555));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.019579201619744685));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0030350071727267624));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0093221015010827739));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.0096214027473448303));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.011566511821890943));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.013963775787848136));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.017352816768546473));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.022372157435623815));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.030381944475693705));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.044642857142550185));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.075000000000001185));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.16666666666666667));
        return p;
    }
}
