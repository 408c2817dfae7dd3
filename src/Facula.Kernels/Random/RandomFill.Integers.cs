using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>Whole numbers in [low, low + range), for <c>randint</c> and <c>random_(from, to)</c>.</summary>
    public static void Integers<T>(RandomStream stream, T* destination, long count, ulong range, long low) where T : unmanaged
    {
        bool wide = typeof(T) == typeof(long) || typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(BFloat16);
        if (wide && range >= 1UL << 32)
            RandomBits.FillPairs(stream, new WideIntegers<T>(range, low), destination, count);
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
            RandomBits.FillPairs(stream, new WideIntegers<T>(1UL << 63, 0), destination, count);
        else if (typeof(T) == typeof(double))
            RandomBits.FillPairs(stream, new WideIntegers<T>((1UL << 53) + 1, 0), destination, count);
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

    private readonly struct WideIntegers<T>(ulong range, long low) : IPairKernel<T> where T : unmanaged
    {
        private readonly ulong _mask = (range & (range - 1)) == 0 ? range - 1 : 0;

        public T One(ulong bits) => RandomCast.From<T>((long)(_mask != 0 ? bits & _mask : bits % range) + low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Eight(uint* words, T* destination)
        {
            for (int i = 0; i < 8; i++)
                destination[i] = One(RandomBits.Pair(words + 2 * i));
        }
    }

    /// <summary>Remainders of 32-bit numbers, exactly, by double-precision quotients.</summary>
    private readonly struct NarrowIntegers<T>(uint range, long low) : IWordKernel<T> where T : unmanaged
    {
        private readonly double _inverse = 1.0 / range;
        private readonly bool _exactInDouble = low is >= -(1L << 52) and <= 1L << 52;

        public T One(uint word) => RandomCast.From<T>(word % range + low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(uint* words, T* destination)
        {
            bool exact = _exactInDouble && (typeof(T) == typeof(double) || typeof(T) == typeof(float));
            if (!exact && typeof(T) != typeof(long) && typeof(T) != typeof(int) && typeof(T) != typeof(short) && typeof(T) != typeof(byte))
            {
                for (int i = 0; i < 16; i++)
                    destination[i] = One(words[i]);
                return;
            }

            var (lower, upper) = Vector512.Widen(Vector512.Load(words));
            var first = Remainder(lower);
            var second = Remainder(upper);
            if (exact)
            {
                first += Vector512.Create((double)low);
                second += Vector512.Create((double)low);
                if (typeof(T) == typeof(float))
                {
                    Vector512.Narrow(first, second).Store((float*)destination);
                    return;
                }
                first.Store((double*)destination);
                second.Store((double*)destination + 8);
                return;
            }

            var firstLong = Vector512.ConvertToInt64Native(first) + Vector512.Create(low);
            var secondLong = Vector512.ConvertToInt64Native(second) + Vector512.Create(low);
            if (typeof(T) == typeof(long))
            {
                firstLong.Store((long*)destination);
                secondLong.Store((long*)destination + 8);
                return;
            }
            var narrow = Vector512.Narrow(firstLong, secondLong);
            if (typeof(T) == typeof(int))
            {
                narrow.Store((int*)destination);
                return;
            }
            var shorts = Vector256.Narrow(narrow.GetLower(), narrow.GetUpper());
            if (typeof(T) == typeof(short))
                shorts.Store((short*)destination);
            else
                Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).Store((sbyte*)destination);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<double> Remainder(Vector512<ulong> words)
        {
            // Words and quotients are below 2³², so both are exact; the quotient is one off at most, which one step each way mends.
            var x = Vector512.ConvertToDouble(words.AsInt64());
            var divisor = Vector512.Create((double)range);
            var quotient = Vector512.Floor(x * Vector512.Create(_inverse));
            var remainder = Vector512.FusedMultiplyAdd(-quotient, divisor, x);
            remainder += divisor & Vector512.LessThan(remainder, Vector512<double>.Zero);
            remainder -= divisor & Vector512.GreaterThanOrEqual(remainder, divisor);
            return remainder;
        }
    }
}
