using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Elements in the type of a computation, loaded from memory that may hold a narrower one.</summary>
internal static unsafe class StoredLanes
{
    /// <summary>Whether <see cref="Load"/> knows the pair: floats from 16-bit floats, and float or long from shorter integers and bools.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has<TStored, T>()
        where TStored : unmanaged
        where T : unmanaged
    {
        if (typeof(TStored) == typeof(T)) return true;
        bool integer = typeof(TStored) == typeof(int) || typeof(TStored) == typeof(short) || typeof(TStored) == typeof(sbyte) || typeof(TStored) == typeof(byte) || typeof(TStored) == typeof(bool);
        return typeof(T) == typeof(float) ? integer || typeof(TStored) == typeof(Half) || typeof(TStored) == typeof(BFloat16) : typeof(T) == typeof(long) && integer;
    }

    /// <summary>One element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T One<TStored, T>(TStored* source)
        where TStored : unmanaged
        where T : unmanaged => typeof(TStored) == typeof(T) ? *(T*)source : default(ConvertMap<TStored, T>).Invoke(*source);

    /// <summary>A vector of elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load<TStored, T>(TStored* source)
        where TStored : unmanaged
        where T : unmanaged
    {
        if (typeof(TStored) == typeof(T)) return Vector512.Load((T*)source);
        if (typeof(T) == typeof(float))
        {
            return typeof(TStored) == typeof(Half) || typeof(TStored) == typeof(BFloat16)
                ? ConvertLanes.LoadSingle(source).As<float, T>()
                : Vector512.ConvertToSingle(ConvertLanes.LoadInt32(source)).As<float, T>();
        }
        return LoadInt64(source).As<long, T>();
    }

    /// <summary>Half a vector of elements: floats, or of the type they are stored in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadHalf<TStored, T>(TStored* source)
        where TStored : unmanaged
        where T : unmanaged
    {
        if (typeof(TStored) == typeof(T)) return Vector256.Load((T*)source);
        if (typeof(TStored) != typeof(Half) && typeof(TStored) != typeof(BFloat16))
            return Vector256.ConvertToSingle(NarrowLanes.Narrow(LoadInt64(source), Vector512<long>.Zero).GetLower()).As<float, T>();
        Vector128<ushort> halves = Vector128.Load((ushort*)source);
        Vector512<uint> bits = Vector512.Create(Vector256.Create(Vector128.WidenLower(halves), Vector128.WidenUpper(halves)), default);
        return (typeof(TStored) == typeof(Half) ? HalfLanes.FromHalf(bits) : HalfLanes.FromBFloat16(bits)).GetLower().As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LoadInt64<TStored>(TStored* source) where TStored : unmanaged
    {
        if (typeof(TStored) == typeof(int))
        {
            Vector256<int> numbers = Vector256.Load((int*)source);
            return Avx512F.IsSupported ? Avx512F.ConvertToVector512Int64(numbers) : Vector512.Create(Vector256.WidenLower(numbers), Vector256.WidenUpper(numbers));
        }
        Vector128<short> words;
        if (typeof(TStored) == typeof(short)) words = Vector128.Load((short*)source);
        else
        {
            Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsByte();
            if (typeof(TStored) == typeof(bool)) bytes = Vector128.Min(bytes, Vector128<byte>.One);
            words = typeof(TStored) == typeof(sbyte) ? Vector128.WidenLower(bytes.AsSByte()) : Vector128.WidenLower(bytes).AsInt16();
        }
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Int64(words);
        Vector128<int> low = Vector128.WidenLower(words), high = Vector128.WidenUpper(words);
        return Vector512.Create(
            Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)),
            Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high)));
    }
}
