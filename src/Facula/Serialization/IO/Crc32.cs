using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace Facula.Serialization;

/// <summary>The CRC-32 of zip files (polynomial 0x04C11DB7, bits reflected).</summary>
/// <remarks>
/// Large data is folded 128 bytes at a time by carry-less multiplication, 256 where four blocks go into a vector (with fewer chains the steps would wait for each other):
/// with x^n taken modulo the polynomial, a block of 128 bits that stands n bits before another may be replaced by two 64-bit products added to that other block. What is left of the
/// folding, 16 bytes, has the same remainder as everything before it and goes through the tables.
/// </remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;   // reflected
    private const int Slices = 16;

    private static readonly uint[] Tables = MakeTables();
    private static readonly Vector128<ulong> Fold2048 = FoldConstants(2048);
    private static readonly Vector128<ulong> Fold1024 = FoldConstants(1024);
    private static readonly Vector128<ulong> Fold512 = FoldConstants(512);
    private static readonly Vector128<ulong> Fold128 = FoldConstants(128);

    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of the bytes behind <paramref name="crc"/> followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint state = ~crc;
        if (ArmCrc32.Arm64.IsSupported)
            return ~ArmInstructions(state, bytes);
        if (Pclmulqdq.IsSupported && bytes.Length >= 128)
        {
            int whole = bytes.Length & ~15;
            state = CarryLess(state, bytes[..whole]);
            bytes = bytes[whole..];
        }
        return ~Sliced(state, bytes);
    }

    /// <summary>The checksum of two runs joined, from theirs and the length of the second.</summary>
    public static uint Combine(uint first, uint second, long secondLength) =>
        MultiplyModulo(PowerOfX(8 * (UInt128)(ulong)secondLength), first) ^ second;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint CarryLess(uint state, ReadOnlySpan<byte> bytes)
    {
        ref byte at = ref MemoryMarshal.GetReference(bytes);
        nint left = bytes.Length;
        Vector128<ulong> folded = Pclmulqdq.V512.IsSupported && left >= 256 ? FoldWide(state, ref at, ref left) : FoldNarrow(state, ref at, ref left);
        at = ref Unsafe.Add(ref at, bytes.Length - left);
        for (; left >= 16; left -= 16)
        {
            folded = Fold(folded, Fold128) ^ Load(ref at, 0);
            at = ref Unsafe.Add(ref at, 16);
        }
        Span<byte> rest = stackalloc byte[16];
        folded.AsByte().CopyTo(rest);
        return Sliced(0, rest);
    }

    /// <summary>Folds all whole runs of 256 bytes into one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<ulong> FoldWide(uint state, ref byte at, ref nint left)
    {
        Vector512<ulong> a = LoadWide(ref at, 0) ^ Vector512.CreateScalar(state).AsUInt64();
        Vector512<ulong> b = LoadWide(ref at, 64), c = LoadWide(ref at, 128), d = LoadWide(ref at, 192), fold = Vector512.Create(Vector256.Create(Fold2048));
        for (left -= 256; left >= 256; left -= 256)
        {
            at = ref Unsafe.Add(ref at, 256);
            a = FoldFour(a, fold) ^ LoadWide(ref at, 0);
            b = FoldFour(b, fold) ^ LoadWide(ref at, 64);
            c = FoldFour(c, fold) ^ LoadWide(ref at, 128);
            d = FoldFour(d, fold) ^ LoadWide(ref at, 192);
        }
        fold = Vector512.Create(Vector256.Create(Fold512));
        a = FoldFour(a, fold) ^ b;
        a = FoldFour(a, fold) ^ c;
        a = FoldFour(a, fold) ^ d;
        return FoldInOrder(a.GetLower().GetLower(), a.GetLower().GetUpper(), a.GetUpper().GetLower(), a.GetUpper().GetUpper());
    }

    /// <summary>Folds all whole runs of 128 bytes into one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<ulong> FoldNarrow(uint state, ref byte at, ref nint left)
    {
        Vector128<ulong> a = Load(ref at, 0) ^ Vector128.CreateScalar(state).AsUInt64();
        Vector128<ulong> b = Load(ref at, 16), c = Load(ref at, 32), d = Load(ref at, 48);
        Vector128<ulong> e = Load(ref at, 64), f = Load(ref at, 80), g = Load(ref at, 96), h = Load(ref at, 112);
        Vector128<ulong> fold = Fold1024;
        for (left -= 128; left >= 128; left -= 128)
        {
            at = ref Unsafe.Add(ref at, 128);
            a = Fold(a, fold) ^ Load(ref at, 0);
            b = Fold(b, fold) ^ Load(ref at, 16);
            c = Fold(c, fold) ^ Load(ref at, 32);
            d = Fold(d, fold) ^ Load(ref at, 48);
            e = Fold(e, fold) ^ Load(ref at, 64);
            f = Fold(f, fold) ^ Load(ref at, 80);
            g = Fold(g, fold) ^ Load(ref at, 96);
            h = Fold(h, fold) ^ Load(ref at, 112);
        }
        fold = Fold512;
        return FoldInOrder(Fold(a, fold) ^ e, Fold(b, fold) ^ f, Fold(c, fold) ^ g, Fold(d, fold) ^ h);
    }

    private static Vector128<ulong> FoldInOrder(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c, Vector128<ulong> d)
    {
        Vector128<ulong> fold = Fold128;
        a = Fold(a, fold) ^ b;
        a = Fold(a, fold) ^ c;
        return Fold(a, fold) ^ d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> LoadWide(ref byte at, int offset) =>
        Vector512.LoadUnsafe(ref Unsafe.Add(ref at, offset)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> FoldFour(Vector512<ulong> blocks, Vector512<ulong> constants) =>
        Pclmulqdq.V512.CarrylessMultiply(blocks, constants, 0x00) ^ Pclmulqdq.V512.CarrylessMultiply(blocks, constants, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Load(ref byte at, int offset) =>
        Vector128.LoadUnsafe(ref Unsafe.Add(ref at, offset)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> block, Vector128<ulong> constants) =>
        Pclmulqdq.CarrylessMultiply(block, constants, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, constants, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Sliced(uint state, ReadOnlySpan<byte> bytes)
    {
        uint[] tables = Tables;
        while (bytes.Length >= Slices)
        {
            uint next = 0;
            state ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            for (int i = 0; i < 4; i++)
                next ^= tables[(Slices - 1 - i) * 256 + (byte)(state >> (8 * i))];
            for (int i = 4; i < Slices; i++)
                next ^= tables[(Slices - 1 - i) * 256 + bytes[i]];
            state = next;
            bytes = bytes[Slices..];
        }
        foreach (byte value in bytes)
            state = tables[(byte)(state ^ value)] ^ (state >> 8);
        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint ArmInstructions(uint state, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            state = ArmCrc32.Arm64.ComputeCrc32(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            state = ArmCrc32.ComputeCrc32(state, value);
        return state;
    }

    // tables[k] advances a byte by k further zero bytes, so that 16 look-ups step over 16 bytes at once.
    private static uint[] MakeTables()
    {
        var tables = new uint[Slices * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value >> 1) ^ ((value & 1) * Polynomial);
            tables[i] = value;
        }
        for (int i = 256; i < tables.Length; i++)
            tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        return tables;
    }

    // Reflected operands make a product one bit short, which the shift by one makes up for; the low half of a block stands 64 bits
    // further from the end than the high one.
    private static Vector128<ulong> FoldConstants(int bits) =>
        Vector128.Create((ulong)PowerOfX((uint)bits + 32) << 1, (ulong)PowerOfX((uint)bits - 32) << 1);

    private static uint PowerOfX(UInt128 exponent)
    {
        uint result = 0x80000000, power = 0x40000000;   // 1 and x, reflected
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
                result = MultiplyModulo(result, power);
            power = MultiplyModulo(power, power);
        }
        return result;
    }

    private static uint MultiplyModulo(uint a, uint b)
    {
        uint product = 0;
        for (int bit = 31; bit >= 0; bit--)
        {
            if ((a >> bit & 1) == 1)
                product ^= b;
            b = (b >> 1) ^ ((b & 1) * Polynomial);
        }
        return product;
    }
}
