using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// ln Γ of floats, and its derivative, in double: Stirling's series far out, reached by Γ(x + 1) = x·Γ(x).
public static partial class VectorMath
{
    /// <summary>ln |Γ(x)|, to 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> LogGamma(Vector512<float> x) => InDouble<WideLogGamma>(x);

    /// <summary>The logarithmic derivative of Γ, to 1 ulp and 1e-13.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Digamma(Vector512<float> x) => InDouble<WideDigamma>(x);

    /// <summary>The logarithmic derivative of Γ, to 1e-14 and as much relative to it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Digamma(Vector512<double> x) => WideDigamma.Invoke(x);

    private readonly struct WideLogGamma : IWideFunction
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.WideLogGamma.Invoke(x.GetLower()), HalfVectors.WideLogGamma.Invoke(x.GetUpper()));
            Vector512<double> y = Vector512.Abs(x), near = Vector512.LessThan(y, Vector512.Create(8.0)), p = y;
            for (int i = 1; i < 8; i++) p *= y + Vector512.Create((double)i);
            p = Vector512.ConditionalSelect(near, p, Vector512<double>.One);
            Vector512<double> w = y + (near & Vector512.Create(8.0)), r = Vector512<double>.One / w, z = r * r;
            Vector512<double> tail = Vector512.Create(-0.029550653594771242);
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.00641025641025641));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.0019175269175269176));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.0008417508417508417));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.0005952380952380953));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.0007936507936507937));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.002777777777777778));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.08333333333333333));
            // (w − ½)·ln w − w + ½·ln 2π, large parts last.
            Vector512<double> stirling = Vector512.FusedMultiplyAdd(w - Vector512.Create(0.5), Log(w), Vector512.FusedMultiplyAdd(tail, r, Vector512.Create(0.91893853320467274178)) - w);
            Vector512<double> negative = Vector512.LessThan(x, Vector512<double>.Zero);
            // Γ(x)·Γ(−x) = −π / (x·sin πx); at a whole number the sine is zero and the logarithm infinite.
            if (!Vector512.EqualsAll(negative, Vector512<double>.Zero))
                p = Vector512.ConditionalSelect(negative, p * Math.PI / (y * Vector512.Abs(Sin((y - Round(y)) * Math.PI))), p);
            Vector512<double> log = Log(p), result = Vector512.ConditionalSelect(negative, log - stirling, stirling - log);
            // Its two zeros exactly.
            result &= ~(Vector512.Equals(x, Vector512<double>.One) | Vector512.Equals(x, Vector512.Create(2.0)));
            return Vector512.ConditionalSelect(Vector512.Equals(y, Vector512.Create(double.PositiveInfinity)), y, result);
        }
    }

    private readonly struct WideDigamma : IWideFunction
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.WideDigamma.Invoke(x.GetLower()), HalfVectors.WideDigamma.Invoke(x.GetUpper()));
            Vector512<double> negative = Vector512.LessThan(x, Vector512<double>.Zero), y = Vector512.ConditionalSelect(negative, Vector512<double>.One - x, x);
            // 1/y + 1/(y + 1) + … as one fraction.
            Vector512<double> near = Vector512.LessThan(y, Vector512.Create(10.0)), numerator = Vector512<double>.One, denominator = y;
            for (int i = 1; i < 10; i++)
            {
                Vector512<double> t = y + Vector512.Create((double)i);
                numerator = Vector512.FusedMultiplyAdd(numerator, t, denominator);
                denominator *= t;
            }
            Vector512<double> w = y + (near & Vector512.Create(10.0)), r = Vector512<double>.One / w, z = r * r;
            Vector512<double> tail = Vector512.Create(0.08333333333333333);
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.021092796092796094));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.007575757575757576));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.004166666666666667));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.003968253968253968));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(-0.008333333333333333));
            tail = Vector512.FusedMultiplyAdd(tail, z, Vector512.Create(0.08333333333333333));
            Vector512<double> result = Log(w) - 0.5 * r - tail * z - (near & (numerator / denominator));
            if (!Vector512.EqualsAll(negative, Vector512<double>.Zero))
            {
                Vector512<double> whole = Round(x), turn = Math.PI * (Vector512<double>.One / Tan((x - whole) * Math.PI));
                turn = Vector512.ConditionalSelect(Vector512.Equals(x, whole), Vector512.Create(double.NaN), turn);
                result = Vector512.ConditionalSelect(negative, result - turn, result);
            }
            // ψ(±0) = ∓∞.
            return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity) ^ SignBit(x), result);
        }
    }
}
