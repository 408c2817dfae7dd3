using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Conversions to and from an element type known only to the JIT.</summary>
internal static class RandomCast
{
    /// <summary>As a C cast does; the 16-bit floats by way of float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From<T>(double value) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<double, T>(value);
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>((float)value);
        if (typeof(T) == typeof(Half))
            return Unsafe.BitCast<Half, T>((Half)(float)value);
        if (typeof(T) == typeof(BFloat16))
            return Unsafe.BitCast<BFloat16, T>((BFloat16)(float)value);
        return From<T>((long)value);
    }

    /// <summary>As a C cast does: integers keep their low bits, bool says whether it is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From<T>(long value) where T : unmanaged
    {
        if (typeof(T) == typeof(long))
            return Unsafe.BitCast<long, T>(value);
        if (typeof(T) == typeof(int))
            return Unsafe.BitCast<int, T>((int)value);
        if (typeof(T) == typeof(short))
            return Unsafe.BitCast<short, T>((short)value);
        if (typeof(T) == typeof(sbyte))
            return Unsafe.BitCast<sbyte, T>((sbyte)value);
        if (typeof(T) == typeof(byte))
            return Unsafe.BitCast<byte, T>((byte)value);
        if (typeof(T) == typeof(bool))
            return Unsafe.BitCast<bool, T>(value != 0);
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<double, T>(value);
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>(value);
        if (typeof(T) == typeof(Half))
            return Unsafe.BitCast<Half, T>((Half)(float)value);
        if (typeof(T) == typeof(BFloat16))
            return Unsafe.BitCast<BFloat16, T>((BFloat16)(float)value);
        throw new NotSupportedException($"no random numbers of type {typeof(T).Name}");
    }

    /// <summary>The value as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<T, double>(value);
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<T, float>(value);
        if (typeof(T) == typeof(Half))
            return (float)Unsafe.BitCast<T, Half>(value);
        if (typeof(T) == typeof(BFloat16))
            return Unsafe.BitCast<T, BFloat16>(value);
        throw new NotSupportedException($"no floating-point parameter of type {typeof(T).Name}");
    }
}
