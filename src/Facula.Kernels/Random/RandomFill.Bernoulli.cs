using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>One with probability <paramref name="p"/>, otherwise zero; two words each.</summary>
    public static void Bernoulli<T>(RandomStream stream, T* destination, long count, double p) where T : unmanaged
    {
        // 53 bits / 2⁵³ < p is the same as bits < ⌈p·2⁵³⌉: scaling by a power of two is exact.
        ulong threshold = p >= 1 ? 1UL << 53 : (ulong)Math.Ceiling(p * (1UL << 53));
        RandomBits.FillPairs(stream, new BernoulliKernel<T>(threshold), destination, count);
    }

    /// <summary>One with the probability given for each element; one word each, or two where the probabilities are doubles.</summary>
    [SkipLocalsInit]
    public static void Bernoulli<T, TProbability>(RandomStream stream, TProbability* p, T* destination, long count)
        where T : unmanaged where TProbability : unmanaged
    {
        const int Chunk = 1024;
        // Looked up rather than branched upon: nobody can predict the outcome.
        T* outcomes = stackalloc T[2] { default, RandomCast.From<T>(1L) };
        float* singles = stackalloc float[Chunk];
        double* doubles = stackalloc double[Chunk];
        for (long start = 0; start < count; start += Chunk, p += Chunk, destination += Chunk)
        {
            int length = (int)Math.Min(Chunk, count - start);
            if (typeof(TProbability) == typeof(double))
            {
                Uniform(stream, doubles, length, 0, 1);
                for (int i = 0; i < length; i++)
                    destination[i] = outcomes[doubles[i] < RandomCast.ToDouble(p[i]) ? 1 : 0];
            }
            else
            {
                Uniform(stream, singles, length, 0, 1);
                for (int i = 0; i < length; i++)
                    destination[i] = outcomes[singles[i] < (float)RandomCast.ToDouble(p[i]) ? 1 : 0];
            }
        }
    }

    private readonly struct BernoulliKernel<T>(ulong threshold) : IPairKernel<T> where T : unmanaged
    {
        private readonly T _one = RandomCast.From<T>(1L);

        public T One(ulong bits) => (bits & RandomBits.DoubleMask) < threshold ? _one : default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Eight(uint* words, T* destination)
        {
            // The mask of each lane, narrowed to the element's width, selects the bits of one.
            var hits = Vector512.LessThan(RandomBits.EightSignificands(words), Vector512.Create((long)threshold));
            if (sizeof(T) == 8)
            {
                (hits & Vector512.Create(Unsafe.BitCast<T, long>(_one))).Store((long*)destination);
                return;
            }
            if (sizeof(T) == 1)
            {
                // Byte i of the product holds all eight bits; the mask leaves bit i of it.
                ulong spread = (hits.ExtractMostSignificantBits() * 0x0101010101010101) & 0x8040201008040201;
                *(ulong*)destination = ((spread + 0x7F7F7F7F7F7F7F7F) >> 7) & 0x0101010101010101;
                return;
            }
            var narrow = Vector256.Narrow(hits.GetLower(), hits.GetUpper());
            if (sizeof(T) == 4)
                (narrow & Vector256.Create(Unsafe.BitCast<T, int>(_one))).Store((int*)destination);
            else
                (Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()) & Vector128.Create(Unsafe.BitCast<T, short>(_one))).Store((short*)destination);
        }
    }
}
