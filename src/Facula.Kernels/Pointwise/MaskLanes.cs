using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Bools in memory (bytes) as masks in lanes of any width (all bits or none).</summary>
internal static unsafe class MaskLanes
{
    /// <summary>Loads one byte for each lane: all bits set where it is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load<T>(byte* source) where T : unmanaged
    {
        if (sizeof(T) == 1) return (~Vector512.Equals(Vector512.Load(source), Vector512<byte>.Zero)).As<byte, T>();
        if (sizeof(T) == 2)
        {
            Vector256<byte> bytes = Vector256.Load(source);
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(bytes);
            return (~Vector512.Equals(Vector512.Create(low, high), Vector512<ushort>.Zero)).As<ushort, T>();
        }
        if (sizeof(T) == 4)
        {
            Vector128<byte> bytes = Vector128.Load(source);
            if (Avx512F.IsSupported) return (~Vector512.Equals(Avx512F.ConvertToVector512Int32(bytes), Vector512<int>.Zero)).As<int, T>();
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
            (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low);
            (Vector128<uint> c, Vector128<uint> d) = Vector128.Widen(high);
            return (~Vector512.Equals(Vector512.Create(Vector256.Create(a, b), Vector256.Create(c, d)), Vector512<uint>.Zero)).As<uint, T>();
        }
        else
        {
            Vector128<byte> bytes = Vector128.CreateScalarUnsafe(*(long*)source).AsByte();
            if (Avx512F.IsSupported) return (~Vector512.Equals(Avx512F.ConvertToVector512Int64(bytes), Vector512<long>.Zero)).As<long, T>();
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.Widen(bytes).Lower);
            (Vector128<ulong> a, Vector128<ulong> b) = Vector128.Widen(low);
            (Vector128<ulong> c, Vector128<ulong> d) = Vector128.Widen(high);
            return (~Vector512.Equals(Vector512.Create(Vector256.Create(a, b), Vector256.Create(c, d)), Vector512<ulong>.Zero)).As<ulong, T>();
        }
    }
}
