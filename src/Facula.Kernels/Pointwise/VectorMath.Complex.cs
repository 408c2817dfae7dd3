using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Functions of sixteen complex64 numbers by their parts.
public static partial class VectorMath
{
    /// <summary>|z|, to 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Magnitude(Vector512<float> real, Vector512<float> imaginary)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Magnitude(real.GetLower(), imaginary.GetLower()), HalfVectors.Magnitude(real.GetUpper(), imaginary.GetUpper()));
        Vector512<float> square = Vector512.FusedMultiplyAdd(real, real, imaginary * imaginary);
        Vector512<float> zero = Vector512.Equals(Vector512.Abs(real) + Vector512.Abs(imaginary), Vector512<float>.Zero);
        // Where the square would overflow, lose digits or be no number, in double.
        Vector512<float> fits = (Vector512.GreaterThan(square, Vector512.Create(1e-30f)) & Vector512.LessThan(square, Vector512.Create(1e38f))) | zero;
        return Vector512.EqualsAll(fits.AsInt32(), Vector512<int>.AllBitsSet) ? Vector512.Sqrt(square) : Hypot(real, imaginary);
    }

    /// <summary>e^z = e^x·(cos y + i·sin y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ExpParts(ref Vector512<float> real, ref Vector512<float> imaginary)
    {
        Vector512<float> size = Exp(real);
        real = size * Cos(imaginary);
        imaginary = size * Sin(imaginary);
    }

    /// <summary>1 / (1 + e⁻ᶻ) by w = e^−|x|·(cos y + i·sin y), which does not overflow: the numerator is 1 + w, or w + |w|² where x is negative, the denominator |1 + w|².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SigmoidParts(ref Vector512<float> real, ref Vector512<float> imaginary)
    {
        Vector512<float> x = real, one = Vector512<float>.One, size = ExpOfNegative(-Vector512.Abs(x));
        Vector512<float> a = size * Cos(imaginary), b = size * Sin(imaginary), sum = one + a;
        Vector512<float> inverse = one / Vector512.FusedMultiplyAdd(sum, sum, b * b);
        real = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.FusedMultiplyAdd(size, size, a), sum) * inverse;
        imaginary = b * inverse;
    }

    /// <summary>ln z = ln|z| + i·arg z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LogParts(ref Vector512<float> real, ref Vector512<float> imaginary)
    {
        Vector512<float> angle = Atan2(imaginary, real);
        real = NarrowLanes.Narrow(
            LogMagnitude(ComplexLanes.Widen(real.GetLower()), ComplexLanes.Widen(imaginary.GetLower())), LogMagnitude(ComplexLanes.Widen(real.GetUpper()), ComplexLanes.Widen(imaginary.GetUpper())));
        imaginary = angle;
    }

    // ½·ln(x² + y²) of floats, whose squares are exact; near 1 by the excess over it, exact as well when the greater square comes first.
    private static Vector512<double> LogMagnitude(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> a = x * x, b = y * y, sum = a + b, half = Vector512.Create(0.5);
        Vector512<double> near = Vector512.LessThan(Vector512.Abs(sum - Vector512<double>.One), half), log = Log(sum);
        if (!Vector512.EqualsAll(near, Vector512<double>.Zero))
            log = Vector512.ConditionalSelect(near, Log1P(Vector512.MaxNative(a, b) - Vector512<double>.One + Vector512.MinNative(a, b)), log);
        // Of an infinite part the length is infinite, whatever the other is.
        Vector512<double> infinity = Vector512.Create(double.PositiveInfinity);
        return Vector512.ConditionalSelect(Vector512.Equals(a, infinity) | Vector512.Equals(b, infinity), infinity, half * log);
    }

    /// <summary>1 / z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ReciprocalParts(ref Vector512<float> real, ref Vector512<float> imaginary)
    {
        if (Avx512F.IsSupported)
        {
            // By the power of two that brings the greater part between 1 and 2, before and after.
            Vector512<float> scale = -Avx512F.GetExponent(Vector512.MaxNative(Vector512.Abs(real), Vector512.Abs(imaginary)));
            Vector512<float> x = Avx512F.Scale(real, scale), y = Avx512F.Scale(imaginary, scale), length = Vector512.FusedMultiplyAdd(x, x, y * y);
            real = Avx512F.Scale(x / length, scale);
            imaginary = Avx512F.Scale(-y / length, scale);
            return;
        }
        Vector512<double> a = ComplexLanes.Widen(real.GetLower()), b = ComplexLanes.Widen(real.GetUpper()), c = ComplexLanes.Widen(imaginary.GetLower()), d = ComplexLanes.Widen(imaginary.GetUpper());
        Vector512<double> low = ComplexLanes.Reciprocal(Vector512.FusedMultiplyAdd(a, a, c * c)), high = ComplexLanes.Reciprocal(Vector512.FusedMultiplyAdd(b, b, d * d));
        real = NarrowLanes.Narrow(a * low, b * high);
        imaginary = NarrowLanes.Narrow(-c * low, -d * high);
    }

    /// <summary>z / |z|, 0 at zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SignParts(ref Vector512<float> real, ref Vector512<float> imaginary)
    {
        Vector512<float> size = Magnitude(real, imaginary), zero = Vector512.Equals(size, Vector512<float>.Zero);
        real = Vector512.AndNot(real / size, zero);
        imaginary = Vector512.AndNot(imaginary / size, zero);
    }
}
