using System.Runtime.InteropServices;

namespace Facula.Kernels.Tests;

/// <summary>Conversions in vectors against the scalar form, bit for bit: every 16-bit number, and the borders of rounding and of range of the others.</summary>
[Trait("Size", "Small")]
public unsafe class ConvertRunTests
{
    private static readonly float[] Singles = MakeSingles();
    private static readonly double[] Doubles = MakeDoubles();
    private static readonly long[] Longs = MakeLongs();

    [Fact] public void Float16() => All(Patterns<Half>());

    [Fact] public void BFloat16s() => All(Patterns<BFloat16>());

    [Fact] public void Float32() => All(Singles);

    [Fact] public void Float64() => All(Doubles);

    [Fact] public void Int16() => All(Patterns<short>());

    [Fact] public void Int32() => All(Array.ConvertAll(Longs, x => (int)x));

    [Fact] public void Int64() => All(Longs);

    [Fact]
    public void EightBits()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(x => (byte)x)];
        All(bytes);
        All(MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray());
        // Not only 0 and 1: memory from elsewhere may hold any byte.
        All(MemoryMarshal.Cast<byte, bool>(bytes).ToArray());
    }

    /// <summary>Lengths around whole groups, at any alignment, near the caches and far; nothing beyond the end is written.</summary>
    [Fact]
    public void EveryLength()
    {
        for (int start = 0; start < 3; start++)
            for (int count = 0; count < 70; count++)
            {
                Lengths<float, Half>(Singles, start, count);
                Lengths<float, int>(Singles, start, count);
                Lengths<double, byte>(Doubles, start, count);
                Lengths<long, bool>(Longs, start, count);
            }
    }

    /// <summary>In place, a rest must not be converted twice.</summary>
    [Fact]
    public void InPlace()
    {
        var values = new float[37];
        for (int i = 0; i < values.Length; i++) values[i] = i * 3.5f - 40;
        int[] expected = Array.ConvertAll(values, x => (int)x);
        fixed (float* p = values) MapLoop.Contiguous(default(ConvertMap<float, int>), p, 1, (int*)p, 1, values.Length);
        Assert.Equal(expected, MemoryMarshal.Cast<float, int>(values).ToArray());
    }

    [Fact]
    public void HalvesFollowSystemHalf()
    {
        Half[] halves = Convert<float, Half>(Singles);
        for (int i = 0; i < Singles.Length; i++) Assert.Equal(BitConverter.HalfToUInt16Bits((Half)Singles[i]), BitConverter.HalfToUInt16Bits(halves[i]));
    }

    private static void All<T>(T[] source) where T : unmanaged
    {
        Same<T, bool>(source);
        Same<T, byte>(source);
        Same<T, sbyte>(source);
        Same<T, short>(source);
        Same<T, int>(source);
        Same<T, long>(source);
        Same<T, Half>(source);
        Same<T, BFloat16>(source);
        Same<T, float>(source);
        Same<T, double>(source);
        Same<T, Complex64>(source);
    }

    private static void Same<TIn, TOut>(TIn[] source) where TIn : unmanaged where TOut : unmanaged
    {
        TOut[] results = Convert<TIn, TOut>(source);
        for (int i = 0; i < source.Length; i++)
        {
            TOut expected = default(ConvertMap<TIn, TOut>).Invoke(source[i]);
            if (!BytesOf(ref expected).SequenceEqual(BytesOf(ref results[i])))
                Assert.Fail($"{typeof(TIn).Name} to {typeof(TOut).Name} of {source[i]} (bits {Text(ref source[i])}): {Text(ref results[i])} instead of {Text(ref expected)}");
        }
    }

    private static Span<byte> BytesOf<T>(ref T value) where T : unmanaged => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1));

    private static string Text<T>(ref T value) where T : unmanaged => System.Convert.ToHexString(BytesOf(ref value));

    private static TOut[] Convert<TIn, TOut>(TIn[] source) where TIn : unmanaged where TOut : unmanaged
    {
        var results = new TOut[source.Length];
        fixed (TIn* s = source)
        fixed (TOut* d = results) MapLoop.Contiguous(default(ConvertMap<TIn, TOut>), s, 1, d, 1, source.Length);
        return results;
    }

    private static void Lengths<TIn, TOut>(TIn[] source, int start, int count) where TIn : unmanaged where TOut : unmanaged
    {
        foreach (long grain in new[] { PointwiseGrain.Light, 1 })
        {
            var results = new TOut[start + count + 16];
            fixed (TIn* s = source)
            fixed (TOut* d = results) MapLoop.Contiguous(default(ConvertMap<TIn, TOut>), s + start, 1, d + start, 1, count, grain);
            for (int i = 0; i < results.Length; i++)
                Assert.Equal(i >= start && i < start + count ? default(ConvertMap<TIn, TOut>).Invoke(source[i]) : default, results[i]);
        }
    }

    // All 65,536 values of a 16-bit type.
    private static T[] Patterns<T>() where T : unmanaged
    {
        var bits = new ushort[65536];
        for (int i = 0; i < bits.Length; i++) bits[i] = (ushort)i;
        return MemoryMarshal.Cast<ushort, T>(bits).ToArray();
    }

    // Every float16 and bfloat16 number, the middles between neighbours, and the floats next to both; NaNs of many payloads; the limits of the integers.
    private static float[] MakeSingles()
    {
        var values = new List<float>();
        var random = new Random(5);
        for (int i = 0; i < 0x7C00; i++)
        {
            float low = (float)BitConverter.UInt16BitsToHalf((ushort)i);
            float high = i == 0x7BFF ? 65536 : (float)BitConverter.UInt16BitsToHalf((ushort)(i + 1));
            float middle = (low + high) / 2;
            foreach (float x in (ReadOnlySpan<float>)[low, MathF.BitIncrement(low), MathF.BitDecrement(middle), middle, MathF.BitIncrement(middle), MathF.BitDecrement(high)])
            {
                values.Add(x);
                values.Add(-x);
            }
        }
        for (uint i = 0; i < 65536; i++)
            foreach (uint low in (ReadOnlySpan<uint>)[0, 1, 0x1FFF, 0x2000, 0x7FFF, 0x8000, 0x8001, 0xFFFF]) values.Add(BitConverter.UInt32BitsToSingle(i << 16 | low));
        foreach (long limit in MakeLongs())
        {
            float x = limit;
            values.AddRange([x, MathF.BitIncrement(x), MathF.BitDecrement(x), x + 0.5f, x * 2]);
        }
        for (int i = 0; i < 20000; i++) values.Add(BitConverter.Int32BitsToSingle((int)random.NextInt64()));
        return [.. values];
    }

    private static double[] MakeDoubles()
    {
        var values = new List<double>();
        var random = new Random(6);
        foreach (float x in MakeSingles())
        {
            values.Add(x);
            values.Add(Math.BitIncrement(x));
        }
        foreach (long limit in MakeLongs())
        {
            double x = limit;
            values.AddRange([x, Math.BitIncrement(x), Math.BitDecrement(x), x + 0.5, x * 2]);
        }
        for (int i = 0; i < 20000; i++) values.Add(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        return [.. values, double.MaxValue, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    }

    // Powers of two and what lies about them and between: where integers wrap, and where floats begin to round.
    private static long[] MakeLongs()
    {
        var values = new List<long> { 0, long.MinValue, long.MaxValue };
        var random = new Random(7);
        for (int bit = 0; bit < 63; bit++)
            for (int near = -3; near <= 3; near++)
            {
                values.Add((1L << bit) + near);
                values.Add(-(1L << bit) + near);
                values.Add((1L << bit) + (1L << (bit / 2)) + near);
            }
        for (int i = 0; i < 20000; i++) values.Add(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
        return [.. values];
    }
}
