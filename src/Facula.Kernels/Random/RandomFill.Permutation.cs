using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

public static unsafe partial class RandomFill
{
    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order, by Fisher and Yates' exchanges from the front.</summary>
    public static void Permutation<T>(RandomStream stream, T* destination, long count) where T : unmanaged
    {
        if (count > uint.MaxValue)
        {
            Shuffle(stream, destination, count);
            return;
        }

        // Exchanges jump about in memory: half the bytes are nearer.
        using var memory = Scratch.Rent<uint>(count);
        uint* order = (uint*)memory.Pointer;
        Shuffle(stream, order, count);
        for (long i = 0; i < count; i++)
            destination[i] = RandomCast.From<T>((long)order[i]);
    }

    private static void Shuffle<T>(RandomStream stream, T* destination, long count) where T : unmanaged
    {
        for (long i = 0; i < count; i++)
            destination[i] = typeof(T) == typeof(uint) ? Unsafe.BitCast<uint, T>((uint)i) : RandomCast.From<T>(i);

        const int Batch = 512;
        uint* partners = stackalloc uint[Batch];
        for (long start = 0; start < count - 1; start += Batch)
        {
            int length = (int)Math.Min(Batch, count - 1 - start);
            if (typeof(T) == typeof(uint))
            {
                RandomBits.Fill(stream, default(WordsAsTheyAre), partners, length);
                Remainders(partners, length, (uint)(count - start));
            }
            else
            {
                for (int i = 0; i < length; i++)
                    partners[i] = (uint)(stream.NextUInt32() % (ulong)(count - start - i));
            }
            Exchange(destination + start, partners, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exchange<T>(T* place, uint* partners, int count) where T : unmanaged
    {
        for (int i = 0; i < count; i++, place++)
            (place[0], place[partners[i]]) = (place[partners[i]], place[0]);
    }

    /// <summary>Replaces words[i] by words[i] mod (divisor − i).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Remainders(uint* words, int count, uint divisor)
    {
        int i = 0;
        var divisors = Vector512.Create((double)divisor) - Vector512.CreateSequence(0.0, 1.0);
        for (; i <= count - 8; i += 8, divisors -= Vector512.Create(8.0))
        {
            var x = Vector512.ConvertToDouble(Vector512.WidenLower(Vector512.Create(Vector256.Load(words + i), Vector256<uint>.Zero)).AsInt64());
            var quotient = Vector512.Floor(x / divisors);
            // Rounding may lift a quotient to the next whole number, never push it below one.
            var remainder = Vector512.FusedMultiplyAdd(-quotient, divisors, x);
            remainder += divisors & Vector512.LessThan(remainder, Vector512<double>.Zero);
            var whole = Vector512.ConvertToInt64Native(remainder);
            Vector256.Narrow(whole.GetLower(), whole.GetUpper()).AsUInt32().Store(words + i);
        }
        for (; i < count; i++)
            words[i] %= divisor - (uint)i;
    }

    private readonly struct WordsAsTheyAre : IWordKernel<uint>
    {
        public uint One(uint word) => word;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(uint* words, uint* destination) => Vector512.Load(words).Store(destination);
    }
}
