using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Sine and cosine: x = n·π/2 + r. Huge arguments go to the scalar functions.
public static partial class VectorMath
{
    private const double HalfPi1 = 1.57079632673412561417e+00, HalfPi2 = 6.07710050630396597660e-11, HalfPi3 = 2.02226624879595063154e-21;
    private const float ShortLimit = 1e4f, SingleLimit = 1e7f;
    private const double DoubleLimit = 1e5;

    /// <summary>sin x, to 1.6 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Sin(x.GetLower()), HalfVectors.Sin(x.GetUpper()));
        Vector512<float> a = Vector512.Abs(x);
        if (Vector512.LessThanAll(a, Vector512.Create(ShortLimit))) return Turn(a, x, 0);
        Vector512<float> far = x;
        Far(ref far, 0);
        return far;
    }

    /// <summary>cos x, to 1.6 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Cos(x.GetLower()), HalfVectors.Cos(x.GetUpper()));
        Vector512<float> a = Vector512.Abs(x);
        if (Vector512.LessThanAll(a, Vector512.Create(ShortLimit))) return Turn(a, Vector512<float>.Zero, 1);
        Vector512<float> far = x;
        Far(ref far, 1);
        return far;
    }

    // sin(a + quarter·π/2) with the sign turned where that of the last argument is negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Turn(Vector512<float> a, Vector512<float> turned, int quarter)
    {
        Vector512<float> r = ReduceTurn(a, out Vector512<int> k);
        if (quarter != 0) k += Vector512.Create(quarter);
        return SineOrCosine(r, k) ^ (((k << 30).AsSingle() ^ turned) & Vector512.Create(-0f));
    }

    // The rest of a by π/2, and the number of quarters in the low bits. The first difference is exact: its terms are multiples of 2⁻²⁴, and it is below 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReduceTurn(Vector512<float> a, out Vector512<int> quarters)
    {
        Vector512<float> shift = Vector512.Create(12582912f);
        Vector512<float> sum = Vector512.FusedMultiplyAdd(a, Vector512.Create((float)(2 / Math.PI)), shift), n = sum - shift;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-1.57079637f), a);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(4.37113883e-08f), r);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(1.71512489e-15f), r);
        quarters = sum.AsInt32();
        return r;
    }

    // sin r where k is even, cos r where it is odd; |r| ≤ π/4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SineOrCosine(Vector512<float> r, Vector512<int> k)
    {
        Vector512<float> s = Sine(r, out Vector512<float> c);
        return Vector512.ConditionalSelect(Vector512.Equals(k & Vector512<int>.One, Vector512<int>.Zero).AsSingle(), s, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sine(Vector512<float> r, out Vector512<float> cosine)
    {
        Vector512<float> z = r * r;
        Vector512<float> s = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(-1.9515295891E-4f), z, Vector512.Create(8.3321608736E-3f)), z, Vector512.Create(-1.6666654611E-1f));
        Vector512<float> c = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(2.443315711809948E-5f), z, Vector512.Create(-1.388731625493765E-3f)), z, Vector512.Create(4.166664568298827E-2f));
        cosine = Vector512.FusedMultiplyAdd(c * z, z, Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), Vector512<float>.One));
        return Vector512.FusedMultiplyAdd(s * z, r, r);
    }

    // Long arguments are reduced in double. By reference: a vector that a call returns goes through memory, on the short way as well.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Far(ref Vector512<float> place, int quarter)
    {
        Vector512<float> x = place;
        if (!Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(SingleLimit)))
        {
            place = Lanes(x, cosine: quarter != 0);
            return;
        }
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(x);
        Vector512<double> nLow = Round(low * (2 / Math.PI)), nHigh = Round(high * (2 / Math.PI));
        low = Vector512.FusedMultiplyAdd(nLow, Vector512.Create(-HalfPi2), Vector512.FusedMultiplyAdd(nLow, Vector512.Create(-HalfPi1), low));
        high = Vector512.FusedMultiplyAdd(nHigh, Vector512.Create(-HalfPi2), Vector512.FusedMultiplyAdd(nHigh, Vector512.Create(-HalfPi1), high));
        Vector512<int> k = Vector512.ConvertToInt32(NarrowLanes.Narrow(nLow, nHigh)) + Vector512.Create(quarter);
        Vector512<float> y = SineOrCosine(NarrowLanes.Narrow(low, high), k) ^ ((k & Vector512.Create(2)) << 30).AsSingle();
        place = quarter == 0 ? KeepZero(x, y) : y;
    }

    /// <summary>sin x, to 1.6 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sin(Vector512<double> x) => !Avx512F.IsSupported ? Vector512.Create(HalfVectors.Sin(x.GetLower()), HalfVectors.Sin(x.GetUpper())) :
        Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(DoubleLimit)) ? KeepZero(x, Turn(x, 0)) : Lanes(x, cosine: false);

    /// <summary>cos x, to 1.6 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Cos(Vector512<double> x) => !Avx512F.IsSupported ? Vector512.Create(HalfVectors.Cos(x.GetLower()), HalfVectors.Cos(x.GetUpper())) :
        Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(DoubleLimit)) ? Turn(x, 1) : Lanes(x, cosine: true);

    // sin(x + quarter·π/2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Turn(Vector512<double> x, int quarter)
    {
        Vector512<double> r = ReduceTurn(x, out Vector512<double> k), s = Sine(r, out Vector512<double> c);
        // Only the last two bits count, and with 1.5 · 2⁵² added they are the last of the fraction.
        Vector512<long> n = (k + Vector512.Create(1.5 * (1L << 52))).AsInt64() + Vector512.Create((long)quarter);
        Vector512<double> even = Vector512.Equals(n & Vector512<long>.One, Vector512<long>.Zero).AsDouble();
        return Vector512.ConditionalSelect(even, s, c) ^ ((n & Vector512.Create(2L)) << 62).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ReduceTurn(Vector512<double> x, out Vector512<double> quarters)
    {
        Vector512<double> k = Round(x * (2 / Math.PI));
        Vector512<double> r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-HalfPi1), x);
        // Keep what the second subtraction rounds off: near multiples of π/2 it is all there is.
        Vector512<double> w = k * HalfPi2;
        Vector512<double> high = r - w;
        Vector512<double> low = (r - high) - w - k * HalfPi3;
        quarters = k;
        return high + low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sine(Vector512<double> r, out Vector512<double> cosine)
    {
        Vector512<double> z = r * r;
        Vector512<double> s = Vector512.Create(1.58969099521155010221e-10);
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-2.50507602534068634195e-08));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(2.75573137070700676789e-06));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.98412698298579493134e-04));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(8.33333333332248946124e-03));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.66666666666666324348e-01));
        Vector512<double> c = Vector512.Create(-1.13596475577881948265e-11);
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(2.08757232129817482790e-09));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-2.75573143513906633035e-07));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(2.48015872894767294178e-05));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-1.38888888888741095749e-03));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(4.16666666666666019037e-02));
        cosine = Vector512.FusedMultiplyAdd(c * z, z, Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5), Vector512<double>.One));
        return Vector512.FusedMultiplyAdd(s * z, r, r);
    }

    private static Vector512<T> Lanes<T>(Vector512<T> x, bool cosine) => cosine ? Lanes<ScalarCos, T>(x, x) : Lanes<ScalarSin, T>(x, x);

    private readonly struct ScalarSin : IScalarPair
    {
        public static double Invoke(double x, double y) => Math.Sin(x);
    }

    private readonly struct ScalarCos : IScalarPair
    {
        public static double Invoke(double x, double y) => Math.Cos(x);
    }
}
