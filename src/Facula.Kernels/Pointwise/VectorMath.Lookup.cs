using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Tables of 32 floats in two registers, looked up by one instruction of AVX-512; only the low five bits of an index count.
public static partial class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pick(Vector512<float> low, Vector512<float> high, Vector512<int> index) => Avx512F.PermuteVar16x32x2(low, index, high);

    /// <summary>Adding 2²³ steps leaves the number of the nearest step in the low bits of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> NearestStep(Vector512<float> x, float step, out Vector512<float> rest)
    {
        Vector512<float> shift = Vector512.Create(step * 8388608f), sum = x + shift;
        rest = x - (sum - shift);
        return sum.AsInt32();
    }

    /// <summary>1/x to half an ulp and a bit, for x neither huge nor tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reciprocal(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512<float>.One / x;
        Vector512<float> r = Avx512F.Reciprocal14(x);
        return Vector512.FusedMultiplyAdd(r, Vector512.FusedMultiplyAdd(-x, r, Vector512<float>.One), r);
    }

    /// <summary>1/√x, to 1 ulp.</summary>
    // From 14 bits a step of the third order makes 41, one of the second all; of 0 and ∞ the first answer is right, and the steps make NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ReciprocalSqrt(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.ReciprocalSqrt(x.GetLower()), HalfVectors.ReciprocalSqrt(x.GetUpper()));
        if (!Avx512F.IsSupported) return Vector512<double>.One / Vector512.Sqrt(x);
        Vector512<double> first = Avx512F.ReciprocalSqrt14(x), rest = Vector512.FusedMultiplyAdd(-(x * first), first, Vector512<double>.One);
        Vector512<double> y = Vector512.FusedMultiplyAdd(first * rest, Vector512.FusedMultiplyAdd(rest, Vector512.Create(0.375), Vector512.Create(0.5)), first);
        y = Vector512.FusedMultiplyAdd(y * Vector512.Create(0.5), Vector512.FusedMultiplyAdd(-(x * y), y, Vector512<double>.One), y);
        return Vector512.ConditionalSelect(Vector512.Equals(rest, rest), y, first);
    }
}
