using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public static bool HasPairs => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Pairs(Vector512<float> x, Vector512<float> y) => ComplexLanes.Divide(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<double> Pairs(Vector512<double> x, Vector512<double> y) => ComplexLanes.Divide(x, y);
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
        IntegerQuotient.IsInteger<T>() ? IntegerQuotient.Quotient(x, y, floor: false) : VectorMath.Truncate(x / y);
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
        IntegerQuotient.IsInteger<T>() ? IntegerQuotient.Quotient(x, y, floor: true) : VectorMath.FloorDivide(x, y);
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
        IntegerQuotient.IsInteger<T>() ? x - IntegerQuotient.Quotient(x, y, floor: true) * y : VectorMath.Remainder(x, y);
}

/// <summary>The rest of the division towards zero: it has the sign of x.</summary>
public readonly struct FmodKernel : IRealBinary
{
    public static string Name => "fmod";
    public static bool IsVectorized<T>() => IntegerQuotient.IsVectorized<T>();
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, INumber<T> => IntegerQuotient.Rest(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged =>
        IntegerQuotient.IsInteger<T>() ? x - IntegerQuotient.Quotient(x, y, floor: false) * y : VectorMath.Fmod(x, y);
}
