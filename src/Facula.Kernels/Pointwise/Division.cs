using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>x / y of floats and complex numbers.</summary>
public readonly struct DivKernel : IFloatBinary, IComplexBinary
{
    public static string Name => "div";
    public static bool IsVectorized => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => x / y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x / y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => x / y;
    public static Complex Invoke(Complex x, Complex y) => x / y;
}

/// <summary>Integer arithmetic that .NET would throw at: the divisor −1 wraps.</summary>
internal static class IntegerQuotient
{
    /// <summary>Whether T is an integer type; a constant to the JIT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsInteger<T>() =>
        typeof(T) == typeof(long) || typeof(T) == typeof(int) || typeof(T) == typeof(short) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(byte);

    /// <summary>x / y towards zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Quotient<T>(T x, T y) where T : unmanaged, INumber<T>
    {
        // Division of 64 bits takes several times as long as one of 32.
        if (typeof(T) == typeof(long) && IsShort(x, y)) return T.CreateTruncating(uint.CreateTruncating(x) / uint.CreateTruncating(y));
        return T.IsNegative(y) && y + T.One == T.Zero ? T.Zero - x : x / y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsShort<T>(T x, T y) where T : unmanaged, INumber<T> => ((long.CreateTruncating(x) | long.CreateTruncating(y)) & ~0xFFFFFFFFL) == 0;

    /// <summary>x − y · (x / y towards zero).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Rest<T>(T x, T y) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(long) && IsShort(x, y)) return T.CreateTruncating(uint.CreateTruncating(x) % uint.CreateTruncating(y));
        return IsInteger<T>() && T.IsNegative(y) && y + T.One == T.Zero ? T.Zero : x % y;
    }

    /// <summary>Whether vectors of T divide: floats, and 32-bit integers by way of doubles, which hold their quotients' whole parts exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsVectorized<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double) || (typeof(T) == typeof(int) && Avx512F.IsSupported);

    /// <summary>x / y of 32-bit integers, towards −∞ or zero; what overflows wraps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<int> Quotient(Vector512<int> x, Vector512<int> y, bool floor) => Vector512.Create(Half(x.GetLower(), y.GetLower(), floor), Half(x.GetUpper(), y.GetUpper(), floor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Half(Vector256<int> x, Vector256<int> y, bool floor)
    {
        Vector512<double> quotient = Avx512F.ConvertToVector512Double(x) / Avx512F.ConvertToVector512Double(y);
        return Avx512F.ConvertToVector256Int32WithTruncation(floor ? Vector512.Floor(quotient) : quotient);
    }
}

/// <summary>x / y towards zero.</summary>
public readonly struct DivTruncKernel : IRealBinary
{
    public static string Name => "div_trunc";
    public static bool IsVectorized<T>() => IntegerQuotient.IsVectorized<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T>
    {
        if (IntegerQuotient.IsInteger<T>()) return IntegerQuotient.Quotient(x, y);
        if (typeof(T) == typeof(float)) return T.CreateTruncating(MathF.Truncate(float.CreateTruncating(x) / float.CreateTruncating(y)));
        return T.CreateTruncating(Math.Truncate(double.CreateTruncating(x) / double.CreateTruncating(y)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged =>
        typeof(T) == typeof(int) ? IntegerQuotient.Quotient(x.AsInt32(), y.AsInt32(), floor: false).As<int, T>() : VectorMath.Truncate(x / y);
}

/// <summary>x / y towards −∞.</summary>
public readonly struct DivFloorKernel : IRealBinary
{
    public static string Name => "div_floor";
    public static bool IsVectorized<T>() => IntegerQuotient.IsVectorized<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T>
    {
        if (!IntegerQuotient.IsInteger<T>())
        {
            if (typeof(T) == typeof(float)) return T.CreateTruncating(Floor(float.CreateTruncating(x), float.CreateTruncating(y)));
            return T.CreateTruncating(Floor(double.CreateTruncating(x), double.CreateTruncating(y)));
        }
        T quotient = IntegerQuotient.Quotient(x, y);
        return T.IsNegative(x) != T.IsNegative(y) && x != quotient * y ? quotient - T.One : quotient;
    }

    // As Python divides: from the exact remainder, so that the quotient is not rounded up to the next integer.
    private static T Floor<T>(T x, T y) where T : IFloatingPointIeee754<T>
    {
        if (y == T.Zero) return x / y;
        T rest = x % y;
        T quotient = (x - rest) / y;
        if (rest != T.Zero && (y < T.Zero) != (rest < T.Zero)) quotient -= T.One;
        if (quotient == T.Zero) return T.CopySign(T.Zero, x / y);
        T floor = T.Floor(quotient);
        return quotient - floor > T.CreateTruncating(0.5) ? floor + T.One : floor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged =>
        typeof(T) == typeof(int) ? IntegerQuotient.Quotient(x.AsInt32(), y.AsInt32(), floor: true).As<int, T>() : VectorMath.FloorDivide(x, y);
}

/// <summary>The rest of the division towards −∞: it has the sign of y.</summary>
public readonly struct RemainderKernel : IRealBinary
{
    public static string Name => "remainder";
    public static bool IsVectorized<T>() => IntegerQuotient.IsVectorized<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T>
    {
        T rest = IntegerQuotient.Rest(x, y);
        return rest != T.Zero && (rest < T.Zero) != (y < T.Zero) ? rest + y : rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged =>
        typeof(T) == typeof(int) ? (x.AsInt32() - IntegerQuotient.Quotient(x.AsInt32(), y.AsInt32(), floor: true) * y.AsInt32()).As<int, T>() : VectorMath.Remainder(x, y);
}

/// <summary>The rest of the division towards zero: it has the sign of x.</summary>
public readonly struct FmodKernel : IRealBinary
{
    public static string Name => "fmod";
    public static bool IsVectorized<T>() => IntegerQuotient.IsVectorized<T>();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => IntegerQuotient.Rest(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged =>
        typeof(T) == typeof(int) ? (x.AsInt32() - IntegerQuotient.Quotient(x.AsInt32(), y.AsInt32(), floor: false) * y.AsInt32()).As<int, T>() : VectorMath.Fmod(x, y);
}
