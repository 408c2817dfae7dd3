using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

public static unsafe partial class PickKernels
{
    // For each set of eight lanes the numbers of its members in order; and for each set of four those of their halves.
    private static readonly byte[] s_places = Places(8, 1), s_pairPlaces = Places(4, 2);

    private static byte[] Places(int lanes, int parts)
    {
        byte[] places = new byte[8 << lanes];
        for (int chosen = 0; chosen < 1 << lanes; chosen++)
        {
            int next = 8 * chosen;
            for (int lane = 0; lane < lanes; lane++)
                if ((chosen >> lane & 1) != 0)
                    for (int part = 0; part < parts; part++) places[next++] = (byte)(parts * lane + part);
        }
        return places;
    }

    // A bit for each byte that is not zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint True(Vector128<byte> mask) => ~Vector128.Equals(mask, Vector128<byte>.Zero).ExtractMostSignificantBits();

    /// <summary>The elements whose mask is true, one behind the other; the destination has room for all of them plus 64 bytes, or exactly their count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress<T>(T* source, byte* mask, T* destination, long count, long selected) where T : unmanaged
    {
        long i = 0;
        T* to = destination, end = destination + selected;
        if (Avx512F.IsSupported && sizeof(T) == 4)
        {
            // A full vector is stored and only the selected lanes count, so that the last few go one by one.
            for (; i <= count - 16 && to + 16 <= end; i += 16)
            {
                Vector512<int> lanes = Avx512F.ConvertToVector512Int32(Vector128.Load(mask + i));
                ulong bits = ~Vector512.Equals(lanes, Vector512<int>.Zero).ExtractMostSignificantBits() & 0xFFFF;
                Vector512<uint> chosen = ~Vector512.Equals(lanes, Vector512<int>.Zero).AsUInt32();
                Avx512F.Compress(Vector512<uint>.Zero, chosen, Vector512.Load((uint*)(source + i))).Store((uint*)to);
                to += BitOperations.PopCount(bits);
            }
        }
        else if (Avx512F.IsSupported && sizeof(T) == 8)
        {
            for (; i <= count - 8 && to + 8 <= end; i += 8)
            {
                Vector512<long> lanes = Avx512F.ConvertToVector512Int64(Vector128.CreateScalarUnsafe(*(long*)(mask + i)).AsByte());
                Vector512<ulong> empty = Vector512.Equals(lanes, Vector512<long>.Zero).AsUInt64();
                Avx512F.Compress(Vector512<ulong>.Zero, ~empty, Vector512.Load((ulong*)(source + i))).Store((ulong*)to);
                to += 8 - BitOperations.PopCount(empty.ExtractMostSignificantBits());
            }
        }
        else if (Avx2.IsSupported && sizeof(T) == 4)
        {
            fixed (byte* places = s_places)
            {
                for (; i <= count - 8 && to + 8 <= end; i += 8)
                {
                    uint chosen = True(Vector128.CreateScalarUnsafe(*(ulong*)(mask + i)).AsByte()) & 0xFF;
                    Avx2.PermuteVar8x32(Vector256.Load((int*)(source + i)), Avx2.ConvertToVector256Int32(places + 8 * chosen)).Store((int*)to);
                    to += BitOperations.PopCount(chosen);
                }
            }
        }
        else if (Avx2.IsSupported && sizeof(T) == 8)
        {
            fixed (byte* places = s_pairPlaces)
            {
                for (; i <= count - 4 && to + 4 <= end; i += 4)
                {
                    uint chosen = True(Vector128.CreateScalarUnsafe(*(uint*)(mask + i)).AsByte()) & 0xF;
                    Avx2.PermuteVar8x32(Vector256.Load((int*)(source + i)), Avx2.ConvertToVector256Int32(places + 8 * chosen)).Store((int*)to);
                    to += BitOperations.PopCount(chosen);
                }
            }
        }
        for (; i < count; i++)
            if (mask[i] != 0) *to++ = source[i];
    }
}
