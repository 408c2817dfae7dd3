using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

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

    /// <summary>Whether vectors of T divide: integers by way of floats that hold them, and so the whole parts of their quotients, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsVectorized<T>() => !IsInteger<T>() || Avx2.IsSupported;

    /// <summary>x / y of integers, towards −∞ or zero; what overflows wraps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Quotient<T>(Vector512<T> x, Vector512<T> y, bool floor)
    {
        if (typeof(T) == typeof(long)) return Long(x.As<T, long>(), y.As<T, long>(), floor).As<long, T>();
        if (typeof(T) == typeof(int))
            return Vector512.Create(Half(x.AsInt32().GetLower(), y.AsInt32().GetLower(), floor), Half(x.AsInt32().GetUpper(), y.AsInt32().GetUpper(), floor)).As<int, T>();
        if (typeof(T) == typeof(short)) return Short(x.AsInt16(), y.AsInt16(), floor).As<short, T>();
        if (typeof(T) == typeof(sbyte))
            return NarrowLanes.Narrow(
                Short(Vector512.WidenLower(x.AsSByte()), Vector512.WidenLower(y.AsSByte()), floor), Short(Vector512.WidenUpper(x.AsSByte()), Vector512.WidenUpper(y.AsSByte()), floor)).As<sbyte, T>();
        return NarrowLanes.Narrow(
            Short(Vector512.WidenLower(x.AsByte()).AsInt16(), Vector512.WidenLower(y.AsByte()).AsInt16(), floor),
            Short(Vector512.WidenUpper(x.AsByte()).AsInt16(), Vector512.WidenUpper(y.AsByte()).AsInt16(), floor)).As<sbyte, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Long(Vector512<long> x, Vector512<long> y, bool floor)
    {
        // Both within ±2⁵¹; longer ones one by one.
        Vector512<long> shift = Vector512.Create(1L << 51);
        Vector512<ulong> limit = Vector512.Create(1UL << 52);
        if (!Vector512.LessThanAll((x + shift).AsUInt64(), limit) || !Vector512.LessThanAll((y + shift).AsUInt64(), limit)) return OneByOne(x, y, floor);
        Vector512<double> quotient = ConvertLanes.MediumToDouble(x) / ConvertLanes.MediumToDouble(y);
        return ConvertLanes.ToInt64(floor ? Vector512.Floor(quotient) : quotient);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Vector512<long> OneByOne(Vector512<long> x, Vector512<long> y, bool floor)
    {
        long* left = stackalloc long[8], right = stackalloc long[8];
        x.Store(left);
        y.Store(right);
        for (int i = 0; i < 8; i++) left[i] = floor ? DivFloorKernel.Invoke(left[i], right[i]) : Quotient(left[i], right[i]);
        return Vector512.Load(left);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Half(Vector256<int> x, Vector256<int> y, bool floor)
    {
        Vector512<double> quotient = ConvertLanes.ToDouble(x) / ConvertLanes.ToDouble(y);
        return ConvertLanes.ToInt32(floor ? Vector512.Floor(quotient) : quotient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Short(Vector512<short> x, Vector512<short> y, bool floor) => NarrowLanes.Narrow(
        Single(Vector512.WidenLower(x), Vector512.WidenLower(y), floor), Single(Vector512.WidenUpper(x), Vector512.WidenUpper(y), floor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Single(Vector512<int> x, Vector512<int> y, bool floor)
    {
        Vector512<float> quotient = Vector512.ConvertToSingle(x) / Vector512.ConvertToSingle(y);
        return Vector512.ConvertToInt32Native(floor ? Vector512.Floor(quotient) : quotient);
    }
}
