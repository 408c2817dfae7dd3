using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Powers of doubles: the logarithm to some 63 bits in two numbers, by a table of 32 reciprocals and a short series.
public static partial class VectorMath
{
    /// <summary>x to the power y, to 1.2 ulp.</summary>
    // Compiled at once: waiting for its turn it would take ten times as long.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Pow(x.GetLower(), y.GetLower()), HalfVectors.Pow(x.GetUpper(), y.GetUpper()));
        Vector512<double> a = Vector512.Abs(x), infinity = Vector512.Create(double.PositiveInfinity);
        // Zeros, infinities and what is no number have rules of their own.
        if (!Avx512F.IsSupported || !Vector512.GreaterThanAll(a, Vector512<double>.Zero) || !Vector512.LessThanAll(Vector512.MaxNative(a, Vector512.Abs(y)), infinity) || !Vector512.EqualsAll(y, y))
            return Lanes<ScalarPow, double>(x, y);
        Vector512<double> high = PreciseLog(a, out Vector512<double> low);
        // Beyond this every power but those of 1 has overflowed.
        Vector512<double> bounded = Vector512.MinNative(Vector512.Create(1e25), Vector512.MaxNative(Vector512.Create(-1e25), y));
        Vector512<double> t = bounded * high, rest = Vector512.FusedMultiplyAdd(bounded, high, -t);
        rest = Vector512.FusedMultiplyAdd(bounded, low, rest) & Vector512.LessThan(Vector512.Abs(t), Vector512.Create(800.0));
        t = Vector512.MinNative(Vector512.Create(800.0), Vector512.MaxNative(Vector512.Create(-800.0), t));
        Vector512<double> n = Round(t * Math.Log2(Math.E));
        Vector512<double> power = Scale(Vector512<double>.One + ExpM1Reduced(Reduce(t, n) + rest), n), negative = Vector512.LessThan(x, Vector512<double>.Zero);
        return Vector512.EqualsAll(negative, Vector512<double>.Zero) ? power : PowerOfNegative(negative, y, power);
    }

    // The sign of an odd power, and no number where the power is not whole.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> PowerOfNegative<T>(Vector512<T> negative, Vector512<T> y, Vector512<T> power)
    {
        Vector512<T> half = y * Constant<T>(0.5), odd = ~Vector512.Equals(Truncate(half), half);
        Vector512<T> signed = Vector512.ConditionalSelect(Vector512.Equals(Truncate(y), y), power ^ (odd & Constant<T>(-0.0)), Constant<T>(double.NaN));
        return Vector512.ConditionalSelect(negative, signed, power);
    }

    // ln x = e·ln 2 − ln c + ln(1 + r), r = m·c − 1 exactly since c has few digits; what the additions round off goes to the second number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PreciseLog(Vector512<double> x, out Vector512<double> low)
    {
        Vector512<double> m = Avx512F.GetMantissa(x, 0b1011), e = Avx512F.GetExponent(x) - Avx512F.GetExponent(m);
        Vector512<long> k = m.AsInt64() >>> 47;
        Vector512<double> r = Vector512.FusedMultiplyAdd(m, Pick(PowTable.Reciprocal0, PowTable.Reciprocal1, PowTable.Reciprocal2, PowTable.Reciprocal3, k), Vector512.Create(-1.0));
        Vector512<double> whole = Vector512.FusedMultiplyAdd(e, Vector512.Create(0.6931471805598903), Pick(PowTable.Logarithm0, PowTable.Logarithm1, PowTable.Logarithm2, PowTable.Logarithm3, k));
        low = Vector512.FusedMultiplyAdd(e, Vector512.Create(5.497923018708371e-14), Pick(PowTable.Rest0, PowTable.Rest1, PowTable.Rest2, PowTable.Rest3, k));
        Vector512<double> first = whole + r, square = r * r, half = square * -0.5, second = first + half;
        low += r - (first - whole);
        low += half - (second - first);
        low = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(r, r, -square), Vector512.Create(-0.5), low);
        // (ln(1 + r) − r + r²/2) / r³, in pairs.
        Vector512<double> fourth = square * square;
        Vector512<double> a = Vector512.FusedMultiplyAdd(r, Vector512.Create(-1.0 / 4), Vector512.Create(1.0 / 3)), b = Vector512.FusedMultiplyAdd(r, Vector512.Create(-1.0 / 6), Vector512.Create(1.0 / 5));
        Vector512<double> c = Vector512.FusedMultiplyAdd(r, Vector512.Create(-1.0 / 8), Vector512.Create(1.0 / 7)), d = Vector512.FusedMultiplyAdd(r, Vector512.Create(-1.0 / 10), Vector512.Create(1.0 / 9));
        Vector512<double> f = Vector512.FusedMultiplyAdd(r, Vector512.Create(-1.0 / 12), Vector512.Create(1.0 / 11));
        f = Vector512.FusedMultiplyAdd(square, Vector512.Create(1.0 / 13), f);
        Vector512<double> series = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(fourth, f, Vector512.FusedMultiplyAdd(d, square, c)), fourth, Vector512.FusedMultiplyAdd(b, square, a));
        low = Vector512.FusedMultiplyAdd(series, square * r, low);
        Vector512<double> high = second + low;
        low -= high - second;
        return high;
    }

    // 32 doubles in four registers, by the low five bits of the index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Pick(Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth, Vector512<long> index)
    {
        Vector512<double> low = Avx512F.PermuteVar8x64x2(first, index, second), high = Avx512F.PermuteVar8x64x2(third, index, fourth);
        return Vector512.ConditionalSelect(Vector512.Equals(index & Vector512.Create(16L), Vector512<long>.Zero).AsDouble(), low, high);
    }

    private readonly struct ScalarPow : IScalarPair
    {
        public static double Invoke(double x, double y) => Math.Pow(x, y);
    }

    // For m in [¾, 3/2) by the first five digits of its fraction: c near 1/m with six digits, and −ln c in two numbers, the first a multiple of 2⁻⁴²; exactly 1 and 0 around 1.
    private static class PowTable
    {
        internal static Vector512<double> Reciprocal0
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(1, 0.953125, 0.921875, 0.90625, 0.875, 0.859375, 0.828125, 0.8125);
        }

        internal static Vector512<double> Reciprocal1
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(0.796875, 0.765625, 0.75, 0.734375, 0.71875, 0.703125, 0.6875, 0.671875);
        }

        internal static Vector512<double> Reciprocal2
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(1.3125, 1.28125, 1.28125, 1.25, 1.21875, 1.1875, 1.1875, 1.15625);
        }

        internal static Vector512<double> Reciprocal3
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(1.125, 1.125, 1.09375, 1.0625, 1.0625, 1.03125, 1.03125, 1);
        }

        internal static Vector512<double> Logarithm0
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(0, 0.04800921918626955, 0.08134563945395712, 0.09844007281321865, 0.13353139262449076, 0.151549898127314, 0.18859116980752333, 0.20763936477828793);
        }

        internal static Vector512<double> Logarithm1
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(0.22705745063535687, 0.2670627852489815, 0.28768207245184385, 0.30873548164959175, 0.33024168687052224, 0.35222059358943625, 0.3746934494413381, 0.3976829676660145);
        }

        internal static Vector512<double> Logarithm2
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(-0.2719337154835557, -0.2478361639045943, -0.2478361639045943, -0.22314355131425145, -0.19782574332998593, -0.17185025692674571, -0.17185025692674571, -0.14518200984457508);
        }

        internal static Vector512<double> Logarithm3
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(-0.11778303565643, -0.11778303565643, -0.08961215868976069, -0.06062462181648698, -0.06062462181648698, -0.03077165866670839, -0.03077165866670839, 0);
        }

        internal static Vector512<double> Rest0
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(0, 9.106054379130929e-14, -4.713370778300984e-15, 3.3871241029241416e-14, 3.1859736349078334e-14, -1.1307104809870373e-13, 2.6693431578015818e-14, -4.3425422595242564e-14);
        }

        internal static Vector512<double> Rest1
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(-1.078736749871691e-14, 6.371947269815667e-14, -6.292357389008195e-14, 2.1522127491642888e-14, 5.4612144489920215e-14, -8.414918193489195e-14, 7.260466149925637e-14, 9.491339403096215e-14);
        }

        internal static Vector512<double> Rest2
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(-8.604306772808733e-14, 1.3029797173308663e-14, 1.3029797173308663e-14, 4.169796584527195e-14, 6.604544877082384e-14, 8.649239607212071e-14, 8.649239607212071e-14, 7.718001336828099e-14);
        }

        internal static Vector512<double> Rest3
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(4.654729747598445e-14, 4.654729747598445e-14, 7.355770219435029e-14, 5.213620639136504e-14, 5.213620639136504e-14, -4.529814257790929e-14, -4.529814257790929e-14, 0);
        }
    }
}
