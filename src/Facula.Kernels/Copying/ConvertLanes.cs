using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Sixteen elements as lanes of float or int, and back: what the conversions between element types are made of.</summary>
internal static unsafe class ConvertLanes
{
    /// <summary>Loads float, float16 or bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadSingle<T>(T* source) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return Vector512.Load((float*)source);
        Vector256<ushort> halves = Vector256.Load((ushort*)source);
        Vector512<uint> bits = Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(halves) : Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
        return typeof(T) == typeof(Half) ? HalfLanes.FromHalf(bits) : HalfLanes.FromBFloat16(bits);
    }

    /// <summary>Stores as float, float16 or bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle<T>(Vector512<float> x, T* destination, bool far) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) WideStore.To(x, (float*)destination, far);
        else if (typeof(T) == typeof(Half)) Words(HalfLanes.ToHalf(x)).Store((ushort*)destination);
        else Words(HalfLanes.ToBFloat16(x)).Store((ushort*)destination);
    }

    /// <summary>Loads integers of at most 32 bits, or bools as 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadInt32<T>(T* source) where T : unmanaged
    {
        if (typeof(T) == typeof(int)) return Vector512.Load((int*)source);
        if (typeof(T) == typeof(short))
        {
            Vector256<short> words = Vector256.Load((short*)source);
            return Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(words) : Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words));
        }
        if (typeof(T) == typeof(sbyte))
        {
            Vector128<sbyte> signed = Vector128.Load((sbyte*)source);
            if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Int32(signed);
            Vector128<short> first = Vector128.WidenLower(signed), second = Vector128.WidenUpper(signed);
            return Vector512.Create(
                Vector256.Create(Vector128.WidenLower(first), Vector128.WidenUpper(first)),
                Vector256.Create(Vector128.WidenLower(second), Vector128.WidenUpper(second)));
        }
        Vector128<byte> bytes = Vector128.Load((byte*)source);
        if (typeof(T) == typeof(bool)) bytes = Vector128.Min(bytes, Vector128<byte>.One);
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Int32(bytes);
        Vector128<ushort> low = Vector128.WidenLower(bytes), high = Vector128.WidenUpper(bytes);
        return Vector512.Create(
            Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)),
            Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high))).AsInt32();
    }

    /// <summary>Stores as integers of at most 32 bits, which wrap; bools must be 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32<T>(Vector512<int> x, T* destination, bool far) where T : unmanaged
    {
        if (sizeof(T) == 4) WideStore.To(x, (int*)destination, far);
        else if (sizeof(T) == 2) Words(x.AsUInt32()).Store((ushort*)destination);
        else if (Avx512F.IsSupported) Avx512F.ConvertToVector128Byte(x).Store((byte*)destination);
        else
        {
            Vector256<ushort> words = Words(x.AsUInt32());
            Vector128.Narrow(words.GetLower(), words.GetUpper()).Store((byte*)destination);
        }
    }

    /// <summary>Integers as doubles, all of which are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<int> x)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Double(x);
        if (Avx.IsSupported) return Vector512.Create(Avx.ConvertToVector256Double(x.GetLower()), Avx.ConvertToVector256Double(x.GetUpper()));
        return Vector512.ConvertToDouble(Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x)));
    }

    /// <summary>Integers from 0 to 2⁵³ as doubles.</summary>
    // Without AVX-512 the halves become fractions of 2⁵² and 2⁸⁴, which are taken off again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector512<ulong> x) => Avx512DQ.IsSupported ? Avx512DQ.ConvertToVector512Double(x)
        : ((x >>> 32) | Vector512.Create(0x4530000000000000UL)).AsDouble() - Vector512.Create(19342813118337666422669312.0) + ((x & Vector512.Create((ulong)uint.MaxValue)) | Vector512.Create(TwoTo52)).AsDouble();

    /// <summary>Integers from 0 to 2⁵² as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SmallToDouble(Vector512<ulong> x) =>
        Avx512DQ.IsSupported ? Avx512DQ.ConvertToVector512Double(x) : (x | Vector512.Create(TwoTo52)).AsDouble() - Vector512.Create(TwoTo52).AsDouble();

    /// <summary>Integers within ±2⁵¹ as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MediumToDouble(Vector512<long> x)
    {
        Vector512<double> shift = Vector512.Create(1.5 * (1L << 52));
        return Avx512DQ.IsSupported ? Avx512DQ.ConvertToVector512Double(x) : (x + shift.AsInt64()).AsDouble() - shift;
    }

    /// <summary>The whole parts of doubles from 0 to 2³², in the low halves of the lanes; what stands in the high ones is left open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ToLowUInt32(Vector512<double> x) =>
        Avx512DQ.IsSupported ? Avx512DQ.ConvertToVector512UInt64WithTruncation(x) : (Vector512.Floor(x) + Vector512.Create(TwoTo52).AsDouble()).AsUInt64();

    /// <summary>Doubles without their fractions; out of range the least integer, as the scalar instruction answers.</summary>
    // A number of 52 bits and a sign that is added to 1.5 · 2⁵² becomes the low part of its fraction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ToInt64(Vector512<double> x)
    {
        if (Avx512DQ.IsSupported) return Avx512DQ.ConvertToVector512Int64WithTruncation(x);
        return Vector512.Create(ToInt64(x.GetLower()), ToInt64(x.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> ToInt64(Vector256<double> x)
    {
        if (!Vector256.LessThanAll(Vector256.Abs(x), Vector256.Create((double)(1L << 51)))) return OneByOne(x);
        Vector256<double> shift = Vector256.Create(1.5 * (1L << 52));
        return (Vector256.Truncate(x) + shift).AsInt64() - shift.AsInt64();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<long> OneByOne(Vector256<double> x) => Vector256.Create(
        double.ConvertToIntegerNative<long>(x[0]), double.ConvertToIntegerNative<long>(x[1]), double.ConvertToIntegerNative<long>(x[2]), double.ConvertToIntegerNative<long>(x[3]));

    // The bits of 2⁵², whose fraction counts ones.
    private const ulong TwoTo52 = 0x4330000000000000;

    /// <summary>Doubles without their fractions; out of range the least integer, as the scalar instruction answers. Needs AVX.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<double> x) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector256Int32WithTruncation(x)
        : Vector256.Create(Avx.ConvertToVector128Int32WithTruncation(x.GetLower()), Avx.ConvertToVector128Int32WithTruncation(x.GetUpper()));

    // The low halves of the lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Words(Vector512<uint> x) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(x) : NarrowLanes.Narrow(x.GetLower(), x.GetUpper());
}
