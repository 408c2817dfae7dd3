using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>Whole numbers in [low, low + range), for <c>randint</c> and <c>random_(from, to)</c>.</summary>
    public static void Integers<T>(RandomStream stream, T* destination, long count, ulong range, long low) where T : unmanaged
    {
        bool wide = typeof(T) == typeof(long) || typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(BFloat16);
        if (wide && range >= 1UL << 32)
            RandomBits.Fill(stream, new WideIntegers<T>(range, low), destination, count);
        else
            RandomBits.Fill(stream, new NarrowIntegers<T>((uint)range, low), destination, count);
    }

    /// <summary>Whole numbers of all 64 bits, for <c>random_</c> from the lowest number upwards.</summary>
    public static void AllIntegers<T>(RandomStream stream, T* destination, long count) where T : unmanaged
    {
        for (long i = 0; i < count; i++)
            destination[i] = RandomCast.From<T>((long)stream.NextUInt64());
    }

    /// <summary>Whole numbers from zero to the largest of an integer type, or to the largest a float type counts to without gaps, for <c>random_()</c>.</summary>
    public static void AllOfType<T>(RandomStream stream, T* destination, long count) where T : unmanaged
    {
        if (typeof(T) == typeof(long))
            RandomBits.Fill(stream, new WideIntegers<T>(1UL << 63, 0), destination, count);
        else if (typeof(T) == typeof(double))
            RandomBits.Fill(stream, new WideIntegers<T>((1UL << 53) + 1, 0), destination, count);
        else
            RandomBits.Fill(stream, new NarrowIntegers<T>(RangeOfType<T>(), 0), destination, count);
    }

    private static uint RangeOfType<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return (1u << 24) + 1;
        if (typeof(T) == typeof(Half))
            return (1u << 11) + 1;
        if (typeof(T) == typeof(BFloat16))
            return (1u << 8) + 1;
        if (typeof(T) == typeof(bool))
            return 2;
        if (typeof(T) == typeof(byte))
            return 1u << 8;
        if (typeof(T) == typeof(sbyte))
            return 1u << 7;
        if (typeof(T) == typeof(short))
            return 1u << 15;
        if (typeof(T) == typeof(int))
            return 1u << 31;
        throw new NotSupportedException($"no random integers of type {typeof(T).Name}");
    }

    private readonly struct WideIntegers<T>(ulong range, long low) : IRandomKernel<T> where T : unmanaged
    {
        private readonly ulong _mask = (range & (range - 1)) == 0 ? range - 1 : 0;

        public static int Words => 2;

        public T One(uint* words, T* destination) => Reduced(RandomBits.Pair(words));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far)
        {
            Vector512<ulong> bits = RandomBits.EightPairs(words);
            if (typeof(T) == typeof(long) && _mask != 0)
            {
                WideStore.To((bits & Vector512.Create(_mask)).AsInt64() + Vector512.Create(low), (long*)destination, far);
                return;
            }
            ulong* each = stackalloc ulong[8];
            bits.Store(each);
            for (int i = 0; i < 8; i++)
                destination[i] = Reduced(each[i]);
        }

        private T Reduced(ulong bits) => RandomCast.From<T>((long)(_mask != 0 ? bits & _mask : bits % range) + low);
    }

    /// <summary>Remainders of 32-bit numbers, exactly, by double-precision quotients.</summary>
    private readonly struct NarrowIntegers<T>(uint range, long low) : IRandomKernel<T> where T : unmanaged
    {
        // A little more than 1 / range: a product of it and a word below 2³² never falls short of a whole quotient, and exceeds the true one
        // by less than 2⁻¹⁷ / range, while a quotient that is not whole lies 1 / range or more below the next whole number.
        private readonly double _inverse = Math.BitIncrement(1.0 / range);
        private readonly bool _exactInDouble = low is >= -(1L << 52) and <= 1L << 52;

        private static bool IsFloat => typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16);

        public static int Words => 1;

        public T One(uint* words, T* destination) => RandomCast.From<T>(*words % range + low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far)
        {
            if (typeof(T) == typeof(bool) || IsFloat && !_exactInDouble)
            {
                uint* each = stackalloc uint[16];
                words.Store(each);
                for (int i = 0; i < 16; i++)
                    destination[i] = One(each + i, destination);
                return;
            }

            var (lower, upper) = Vector512.Widen(words);
            if (IsFloat)
            {
                var firsts = ConvertLanes.SmallToDouble(Remainder(lower).AsUInt64()) + Vector512.Create((double)low);
                var seconds = ConvertLanes.SmallToDouble(Remainder(upper).AsUInt64()) + Vector512.Create((double)low);
                if (typeof(T) == typeof(double))
                {
                    WideStore.To(firsts, (double*)destination, far);
                    WideStore.To(seconds, (double*)destination + 8, far);
                    return;
                }
                ConvertLanes.StoreSingle(NarrowLanes.Narrow(firsts, seconds), destination, far);
                return;
            }

            var first = Remainder(lower) + Vector512.Create(low);
            var second = Remainder(upper) + Vector512.Create(low);
            if (typeof(T) == typeof(long))
            {
                WideStore.To(first, (long*)destination, far);
                WideStore.To(second, (long*)destination + 8, far);
                return;
            }
            ConvertLanes.StoreInt32(NarrowLanes.Narrow(first, second), destination, far);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<long> Remainder(Vector512<ulong> words)
        {
            var quotient = ConvertLanes.ToLowUInt32(ConvertLanes.SmallToDouble(words) * Vector512.Create(_inverse));
            return words.AsInt64() - LowProduct(quotient, Vector512.Create((ulong)range)).AsInt64();
        }

        // Products of the lanes' low halves.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<ulong> LowProduct(Vector512<ulong> x, Vector512<ulong> y) =>
            Avx512F.IsSupported ? Avx512F.Multiply(x.AsUInt32(), y.AsUInt32())
            : Avx2.IsSupported ? Vector512.Create(Avx2.Multiply(x.GetLower().AsUInt32(), y.GetLower().AsUInt32()), Avx2.Multiply(x.GetUpper().AsUInt32(), y.GetUpper().AsUInt32()))
            : (x & Vector512.Create((ulong)uint.MaxValue)) * (y & Vector512.Create((ulong)uint.MaxValue));
    }
}
