using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Indexing by several index tensors at once: a list of offsets, each the start of a block of elements.</summary>
public static unsafe class PickKernels
{
    /// <summary>destination[k·destinationStep …] = source[offsets[k] …], blocks of <paramref name="block"/> neighbouring elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pick<T>(T* source, long* offsets, T* destination, long destinationStep, long count, long block) where T : unmanaged
    {
        if (block == 1)
        {
            for (long k = 0; k < count; k++) destination[k * destinationStep] = source[offsets[k]];
            return;
        }
        for (long k = 0; k < count; k++)
            new ReadOnlySpan<T>(source + offsets[k], (int)block).CopyTo(new Span<T>(destination + k * destinationStep, (int)block));
    }

    /// <summary>destination[offsets[k]] = values[k·valueStep]; of equal offsets the last wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Put<T>(T* destination, long* offsets, T* values, long valueStep, long count) where T : unmanaged
    {
        for (long k = 0; k < count; k++) destination[offsets[k]] = values[k * valueStep];
    }

    /// <summary>destination[offsets[k]] += values[k·valueStep], in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PutAdd<T>(T* destination, long* offsets, T* values, long valueStep, long count) where T : unmanaged, INumberBase<T>
    {
        for (long k = 0; k < count; k++) destination[offsets[k]] += values[k * valueStep];
    }

    /// <summary>offsets[k] += index[k]·stride, negative indices counting from the end; answers the first index that is out of range, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long? AddOffsets(long* index, long* offsets, long count, long extent, long stride)
    {
        long k = 0;
        Vector512<long> step = Vector512.Create(stride), size = Vector512.Create(extent), wrong = default;
        for (; k <= count - 8; k += 8)
        {
            Vector512<long> at = Vector512.Load(index + k);
            at += size & Vector512.LessThan(at, Vector512<long>.Zero);
            wrong |= Vector512.LessThan(at, Vector512<long>.Zero) | Vector512.GreaterThanOrEqual(at, size);
            (Vector512.Load(offsets + k) + at * step).Store(offsets + k);
        }
        // Only a list that is wrong is looked through once more.
        if (wrong != Vector512<long>.Zero) k = 0;
        for (; k < count; k++)
        {
            long at = index[k];
            if (at < -extent || at >= extent) return at;
            offsets[k] += (at < 0 ? at + extent : at) * stride;
        }
        return null;
    }

    /// <summary>Number of true bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long CountTrue(byte* mask, long count)
    {
        long total = 0, i = 0;
        for (; i <= count - 64; i += 64)
            total += 64 - BitOperations.PopCount(Vector512.Equals(Vector512.Load(mask + i), Vector512<byte>.Zero).ExtractMostSignificantBits());
        for (; i < count; i++) total += mask[i] != 0 ? 1 : 0;
        return total;
    }

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
        for (; i < count; i++)
            if (mask[i] != 0) *to++ = source[i];
    }

    /// <summary>The places of true bytes in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Positions(byte* mask, long count, long* positions)
    {
        long i = 0;
        for (; i <= count - 64; i += 64)
        {
            ulong bits = ~Vector512.Equals(Vector512.Load(mask + i), Vector512<byte>.Zero).ExtractMostSignificantBits();
            while (bits != 0)
            {
                *positions++ = i + BitOperations.TrailingZeroCount(bits);
                bits &= bits - 1;
            }
        }
        for (; i < count; i++)
            if (mask[i] != 0) *positions++ = i;
    }
}
