using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>The bitwise and.</summary>
public readonly struct BitwiseAndKernel : IIntegerBinary
{
    public static string Name => "bitwise_and";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => x & y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => x & y;
}

/// <summary>The bitwise or.</summary>
public readonly struct BitwiseOrKernel : IIntegerBinary
{
    public static string Name => "bitwise_or";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => x | y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => x | y;
}

/// <summary>The bitwise exclusive or.</summary>
public readonly struct BitwiseXorKernel : IIntegerBinary
{
    public static string Name => "bitwise_xor";
    public static bool IsVectorized<T>() => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => x ^ y;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => x ^ y;
}

/// <summary>x shifted to the left by y bits; a distance out of range leaves nothing.</summary>
public readonly struct ShiftLeftKernel : IIntegerBinary
{
    public static string Name => "bitwise_left_shift";
    public static bool IsVectorized<T>() => Avx2.IsSupported && (typeof(T) == typeof(long) || typeof(T) == typeof(int));
    public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>
    {
        int bits = 8 * Unsafe.SizeOf<T>();
        long distance = long.CreateTruncating(y);
        if (distance < 0 || distance >= bits) return T.Zero;
        return x << (int)distance;
    }

    // The hardware answers 0 for every distance out of range, seen without sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Half(x.GetLower(), y.GetLower()), Half(x.GetUpper(), y.GetUpper()));
        return typeof(T) == typeof(long)
            ? Avx512F.ShiftLeftLogicalVariable(x.AsInt64(), y.AsUInt64()).As<long, T>()
            : Avx512F.ShiftLeftLogicalVariable(x.AsInt32(), y.AsUInt32()).As<int, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Half<T>(Vector256<T> x, Vector256<T> y) where T : unmanaged => typeof(T) == typeof(long)
        ? Avx2.ShiftLeftLogicalVariable(x.AsInt64(), y.AsUInt64()).As<long, T>()
        : Avx2.ShiftLeftLogicalVariable(x.AsInt32(), y.AsUInt32()).As<int, T>();
}

/// <summary>x shifted to the right by y bits; a distance out of range leaves the sign.</summary>
public readonly struct ShiftRightKernel : IIntegerBinary
{
    public static string Name => "bitwise_right_shift";
    public static bool IsVectorized<T>() => Avx2.IsSupported && (typeof(T) == typeof(long) || typeof(T) == typeof(int));
    public static T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>
    {
        int bits = 8 * Unsafe.SizeOf<T>();
        long distance = long.CreateTruncating(y);
        if (distance < 0 || distance >= bits) return T.IsNegative(x) ? -T.One : T.Zero;
        return x >> (int)distance;
    }

    // The hardware fills with the sign for every distance out of range, seen without sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Half(x.GetLower(), y.GetLower()), Half(x.GetUpper(), y.GetUpper()));
        return typeof(T) == typeof(long)
            ? Avx512F.ShiftRightArithmeticVariable(x.AsInt64(), y.AsUInt64()).As<long, T>()
            : Avx512F.ShiftRightArithmeticVariable(x.AsInt32(), y.AsUInt32()).As<int, T>();
    }

    // Of long integers AVX2 shifts zeros in only; negative ones are shifted as their complement.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Half<T>(Vector256<T> x, Vector256<T> y) where T : unmanaged
    {
        if (typeof(T) == typeof(int)) return Avx2.ShiftRightArithmeticVariable(x.AsInt32(), y.AsUInt32()).As<int, T>();
        Vector256<long> sign = Vector256.GreaterThan(Vector256<long>.Zero, x.AsInt64());
        return (Avx2.ShiftRightLogicalVariable(x.AsInt64() ^ sign, y.AsUInt64()) ^ sign).As<long, T>();
    }
}
