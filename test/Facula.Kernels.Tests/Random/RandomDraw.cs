using System.Runtime.InteropServices;

namespace Facula.Kernels.Tests;

internal unsafe delegate void Filler<T>(RandomStream stream, T* destination, long count) where T : unmanaged;

/// <summary>Arrays drawn from the seed for which PyTorch 1.13 gave the values in these tests.</summary>
internal static unsafe class RandomDraw
{
    public const ulong Seed = 12345;

    public static T[] Of<T>(long count, Filler<T> fill, RandomStream? stream = null) where T : unmanaged
    {
        // One element more, to see that nothing is written behind the end.
        var values = new T[count + 1];
        MemoryMarshal.AsBytes(values.AsSpan((int)count)).Fill(0x5A);
        fixed (T* pointer = values)
            fill(stream ?? new RandomStream(Seed), pointer, count);
        Assert.False(MemoryMarshal.AsBytes(values.AsSpan((int)count)).ContainsAnyExcept((byte)0x5A));
        return values[..^1];
    }

    public static int[] Bits(ReadOnlySpan<BFloat16> values) => [.. values.ToArray().Select(value => (int)value.Bits)];

    public static int[] Bits(ReadOnlySpan<Half> values) => [.. values.ToArray().Select(value => (int)BitConverter.HalfToUInt16Bits(value))];

    /// <summary>FNV-1a over the bytes, to compare long arrays bit by bit.</summary>
    public static ulong Hash<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in MemoryMarshal.AsBytes(values))
            hash = (hash ^ value) * 0x100000001B3;
        return hash;
    }

    public static ulong Hash<T>(T[] values) where T : unmanaged => Hash<T>(values.AsSpan());

    /// <summary>Equal but for the last bits of the system's logarithm and sine.</summary>
    public static void Near(double[] expected, double[] actual, double tolerance = 1e-14)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i], expected[i] - tolerance * Math.Abs(expected[i]), expected[i] + tolerance * Math.Abs(expected[i]));
    }
}
