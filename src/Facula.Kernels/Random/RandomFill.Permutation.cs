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
        Widen(order, destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen<T>(uint* order, T* destination, long count) where T : unmanaged
    {
        long i = 0;
        if (typeof(T) == typeof(long))
        {
            for (; i + 16 <= count; i += 16)
            {
                var (lower, upper) = Vector512.Widen(Vector512.Load(order + i));
                lower.Store((ulong*)destination + i);
                upper.Store((ulong*)destination + i + 8);
            }
        }

        for (; i < count; i++)
            destination[i] = RandomCast.From<T>((long)order[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ascending(uint* destination, long count)
    {
        long i = 0;
        for (var next = Vector512<uint>.Indices; i + 16 <= count; i += 16, next += Vector512.Create(16u))
            next.Store(destination + i);
        for (; i < count; i++)
            destination[i] = (uint)i;
    }

    private static void Shuffle<T>(RandomStream stream, T* destination, long count) where T : unmanaged
    {
        if (typeof(T) == typeof(uint))
        {
            Ascending((uint*)destination, count);
            // Partners are made ahead: the exchanges have to wait for one another, the divisions do not.
            const long Batch = 1 << 17;
            using var memory = Scratch.Rent<uint>(Math.Min(Batch, count));
            uint* partners = (uint*)memory.Pointer;
            for (long start = 0; start < count - 1; start += Batch)
            {
                int length = (int)Math.Min(Batch, count - 1 - start);
                RandomBits.Fill(stream, new PartnerKernel((uint)(count - start), partners), partners, length);
                Exchange((uint*)destination + start, partners, length);
            }
            return;
        }

        for (long i = 0; i < count; i++)
            destination[i] = RandomCast.From<T>(i);
        for (long i = 0; i < count - 1; i++)
        {
            long partner = i + (long)(stream.NextUInt32() % (ulong)(count - i));
            (destination[i], destination[partner]) = (destination[partner], destination[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exchange(uint* place, uint* partners, int count)
    {
        for (int i = 0; i < count; i++, place++)
            (place[0], place[partners[i]]) = (place[partners[i]], place[0]);
    }

    /// <summary>Outputs modulo (divisor − i), i being the element's place.</summary>
    private readonly struct PartnerKernel(uint divisor, uint* start) : IRandomKernel<uint>
    {
        public static int Words => 1;

        public uint One(uint* words, uint* destination) => *words % (divisor - (uint)(destination - start));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Sixteen(Vector512<uint> words, uint* destination, bool far)
        {
            var (lower, upper) = Vector512.Widen(words);
            var divisors = Vector512.Create((double)(divisor - (uint)(destination - start))) - Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
            NarrowLanes.Narrow(Remainder(lower, divisors), Remainder(upper, divisors - Vector512.Create(8.0))).Store(destination);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<ulong> Remainder(Vector512<ulong> words, Vector512<double> divisors)
        {
            var x = ConvertLanes.SmallToDouble(words);
            var quotient = Vector512.Floor(x / divisors);
            // Rounding may lift a quotient to the next whole number, never push it below one.
            var remainder = Vector512.FusedMultiplyAdd(-quotient, divisors, x);
            remainder += divisors & Vector512.LessThan(remainder, Vector512<double>.Zero);
            return ConvertLanes.ToLowUInt32(remainder);
        }
    }
}
