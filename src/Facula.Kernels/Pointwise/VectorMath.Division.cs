using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

// Division with a rest, exact.
public static partial class VectorMath
{
    /// <summary>The rest of x / y towards zero, with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fmod<T>(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Fmod(x.GetLower(), y.GetLower()), HalfVectors.Fmod(x.GetUpper(), y.GetUpper()));
        Vector512<T> a = Vector512.Abs(x), b = Vector512.Abs(y), quotient = Truncate(a / b);
        // Below this the rounded quotient is wrong by one at most, and the differences are exact; infinite divisors and what is no number go the long way.
        bool near = Vector512.LessThanAll(quotient, Constant<T>(typeof(T) == typeof(float) ? 1 << 22 : 1L << 51)) && Vector512.LessThanAll(b, Constant<T>(double.PositiveInfinity));
        if (!near) return Lanes<ScalarFmod, T>(x, y);
        Vector512<T> rest = Fma(-quotient, b, a);
        rest += b & Vector512.LessThan(rest, Vector512<T>.Zero);
        return rest | SignBit(x);
    }

    /// <summary>The rest of x / y towards −∞, with the sign of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Remainder<T>(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.Remainder(x.GetLower(), y.GetLower()), HalfVectors.Remainder(x.GetUpper(), y.GetUpper()));
        Vector512<T> rest = Fmod(x, y);
        // Not by adding nothing: −0 stays.
        return Vector512.ConditionalSelect(Crosses(rest, y), rest + y, rest);
    }

    /// <summary>x / y towards −∞, from the exact rest as Python divides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FloorDivide<T>(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(HalfVectors.FloorDivide(x.GetLower(), y.GetLower()), HalfVectors.FloorDivide(x.GetUpper(), y.GetUpper()));
        Vector512<T> rest = Fmod(x, y), ratio = x / y;
        Vector512<T> quotient = (x - rest) / y - (Vector512<T>.One & Crosses(rest, y));
        Vector512<T> floor = Floor(quotient);
        floor += Vector512<T>.One & Vector512.GreaterThan(quotient - floor, Constant<T>(0.5));
        floor = Vector512.ConditionalSelect(Vector512.Equals(quotient, Vector512<T>.Zero), SignBit(ratio), floor);
        return Vector512.ConditionalSelect(Vector512.Equals(y, Vector512<T>.Zero), ratio, floor);
    }

    // The lanes where the rest is not zero and lies on the other side of it than y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Crosses<T>(Vector512<T> rest, Vector512<T> y) =>
        ~Vector512.Equals(rest, Vector512<T>.Zero) & (Vector512.LessThan(rest, Vector512<T>.Zero) ^ Vector512.LessThan(y, Vector512<T>.Zero));

    private readonly struct ScalarFmod : IScalarPair
    {
        public static double Invoke(double x, double y) => x % y;
    }
}
