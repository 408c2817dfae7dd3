using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Eight elements of 32 or 64 bits to words of key and place, and back.</summary>
internal static unsafe class SortLanes
{
    public const int Count = 8;

    /// <summary>Whether elements of this type and these entries have vector forms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has<T, TEntry>() => typeof(TEntry) == typeof(NarrowEntry) && (typeof(T) == typeof(float) || typeof(T) == typeof(int) || typeof(T) == typeof(long));

    /// <summary>Words of the elements' keys, turned by <paramref name="flip"/> and less the smallest, and of places from <paramref name="place"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pack<T>(T* source, ulong* words, long place, ulong flip, ulong smallest) where T : unmanaged
    {
        Vector512<ulong> keys;
        if (typeof(T) == typeof(long))
            keys = (Vector512.Load((ulong*)source) ^ Vector512.Create(1UL << 63 ^ flip)) - Vector512.Create(smallest);
        else
        {
            Vector256<int> bits = Vector256.Load((int*)source), ordered = bits ^ Vector256.Create(int.MinValue);
            if (typeof(T) == typeof(float))
            {
                // Adding +0 turns −0 into +0; every NaN is one key.
                Vector256<float> x = bits.AsSingle() + Vector256<float>.Zero;
                bits = x.AsInt32();
                ordered = bits ^ ((bits >> 31) | Vector256.Create(int.MinValue));
                ordered |= ~Vector256.Equals(x, x).AsInt32();
            }
            keys = Widened(ordered.AsUInt32() ^ Vector256.Create((uint)flip)) - Vector512.Create(smallest);
        }
        ((keys << 32) | (Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7) + Vector512.Create((ulong)place))).Store(words);
    }

    /// <summary>Values and places of sorted words; a key that stands for several numbers takes the one at its place in the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Unpack<T>(T* source, ulong* words, T* values, long* indices, ulong flip, ulong smallest) where T : unmanaged
    {
        Vector512<ulong> sorted = Vector512.Load(words), keys = ((sorted >>> 32) + Vector512.Create(smallest)) ^ Vector512.Create(flip);
        (sorted & Vector512.Create((ulong)uint.MaxValue)).AsInt64().Store(indices);
        if (typeof(T) == typeof(long))
        {
            (keys ^ Vector512.Create(1UL << 63)).Store((ulong*)values);
            return;
        }
        Vector256<uint> narrow = Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt32(keys) : Vector256.Narrow(keys.GetLower(), keys.GetUpper());
        Vector256<uint> sign = Vector256.Create(0x80000000u);
        if (typeof(T) == typeof(float))
        {
            Vector256<uint> several = Vector256.Equals(narrow, sign) | Vector256.Equals(narrow, Vector256<uint>.AllBitsSet);
            if (several != Vector256<uint>.Zero)
            {
                for (int i = 0; i < Count; i++) values[i] = OrderedKey.Value(narrow.GetElement(i), source, indices[i]);
                return;
            }
            sign |= (~narrow.AsInt32() >> 31).AsUInt32();
        }
        (narrow ^ sign).Store((uint*)values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Widened(Vector256<uint> x) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt64(x) : Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x));
}
