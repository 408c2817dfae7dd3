using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>One with probability <paramref name="p"/>, otherwise zero; two words each.</summary>
    public static void Bernoulli<T>(RandomStream stream, T* destination, long count, double p) where T : unmanaged =>
        Bernoulli(stream, destination, count, p, RandomCast.From<T>(1L));

    /// <summary>The reciprocal of <paramref name="p"/>, rounded as the element type divides, with probability <paramref name="p"/>, otherwise zero; for float and double.</summary>
    public static void ScaledBernoulli<T>(RandomStream stream, T* destination, long count, double p) where T : unmanaged =>
        Bernoulli(stream, destination, count, p, RandomCast.From<T>(typeof(T) == typeof(float) ? 1 / (float)p : 1 / p));

    private static void Bernoulli<T>(RandomStream stream, T* destination, long count, double p, T one) where T : unmanaged
    {
        // 53 bits / 2⁵³ < p is the same as bits < ⌈p·2⁵³⌉: scaling by a power of two is exact.
        ulong threshold = p >= 1 ? 1UL << 53 : (ulong)Math.Ceiling(p * (1UL << 53));
        RandomBits.Fill(stream, new BernoulliKernel<T>(threshold, one), destination, count);
    }

    /// <summary>One with the probability given for each element; one word each, or two where the probabilities are doubles.</summary>
    public static void Bernoulli<T, TProbability>(RandomStream stream, TProbability* p, T* destination, long count)
        where T : unmanaged where TProbability : unmanaged
    {
        if (typeof(TProbability) == typeof(double))
            RandomBits.Fill(stream, new BernoulliOfDoubles<T>((double*)p, destination), destination, count);
        else
            RandomBits.Fill(stream, new BernoulliOfSingles<T, TProbability>(p, destination), destination, count);
    }

    private readonly struct BernoulliKernel<T>(ulong threshold, T one) : IRandomKernel<T> where T : unmanaged
    {
        public static int Words => 2;

        public T One(uint* words, T* destination) => (RandomBits.Pair(words) & RandomBits.DoubleMask) < threshold ? one : default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far) =>
            StoreEight(Vector512.LessThan(RandomBits.EightSignificands(words).AsInt64(), Vector512.Create((long)threshold)), one, destination);
    }

    private readonly struct BernoulliOfDoubles<T>(double* p, T* start) : IRandomKernel<T> where T : unmanaged
    {
        private readonly T _one = RandomCast.From<T>(1L);

        public static int Words => 2;

        public T One(uint* words, T* destination) => OneDouble(words) < p[destination - start] ? _one : default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far) =>
            StoreEight(Vector512.LessThan(EightDoubles(words), Vector512.Load(p + (destination - start))).AsInt64(), _one, destination);
    }

    private readonly struct BernoulliOfSingles<T, TProbability>(TProbability* p, T* start) : IRandomKernel<T>
        where T : unmanaged where TProbability : unmanaged
    {
        private readonly T _one = RandomCast.From<T>(1L);

        public static int Words => 1;

        public T One(uint* words, T* destination) =>
            (*words & RandomBits.SingleMask) * RandomBits.SingleUnit < (float)RandomCast.ToDouble(p[destination - start]) ? _one : default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, T* destination, bool far)
        {
            var hits = Vector512.LessThan(SixteenSingles(words), ConvertLanes.LoadSingle(p + (destination - start))).AsInt32();
            if (sizeof(T) == 8)
            {
                var ones = Vector512.Create(Unsafe.BitCast<T, long>(_one));
                (Vector512.WidenLower(hits) & ones).Store((long*)destination);
                (Vector512.WidenUpper(hits) & ones).Store((long*)destination + 8);
            }
            else if (sizeof(T) == 4)
                WideStore.To(hits & Vector512.Create(Unsafe.BitCast<T, int>(_one)), (int*)destination, far);
            else if (sizeof(T) == 2)
                ConvertLanes.StoreInt32(hits & Vector512.Create((int)Unsafe.BitCast<T, short>(_one)), (short*)destination, far);
            else
                ConvertLanes.StoreInt32(hits & Vector512<int>.One, (byte*)destination, far);
        }
    }

    /// <summary>Where a lane is set the number, else zero: the mask of each lane, narrowed to the element's width, selects the number's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEight<T>(Vector512<long> hits, T one, T* destination) where T : unmanaged
    {
        if (sizeof(T) == 8)
        {
            (hits & Vector512.Create(Unsafe.BitCast<T, long>(one))).Store((long*)destination);
            return;
        }
        if (sizeof(T) == 1)
        {
            // Byte i of the product holds all eight bits; the mask leaves bit i of it.
            ulong spread = (hits.ExtractMostSignificantBits() * 0x0101010101010101) & 0x8040201008040201;
            *(ulong*)destination = ((spread + 0x7F7F7F7F7F7F7F7F) >> 7) & (0x0101010101010101UL * Unsafe.BitCast<T, byte>(one));
            return;
        }
        var narrow = Vector256.Narrow(hits.GetLower(), hits.GetUpper());
        if (sizeof(T) == 4)
            (narrow & Vector256.Create(Unsafe.BitCast<T, int>(one))).Store((int*)destination);
        else
            (Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()) & Vector128.Create(Unsafe.BitCast<T, short>(one))).Store((short*)destination);
    }
}
