using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>What 32 random bits become: one at a time or sixteen at a time, with the same result.</summary>
internal unsafe interface IWordKernel<T> where T : unmanaged
{
    T One(uint word);

    void Sixteen(uint* words, T* destination);
}

/// <summary>What 64 random bits become: one at a time or eight at a time, with the same result.</summary>
internal unsafe interface IPairKernel<T> where T : unmanaged
{
    T One(ulong bits);

    void Eight(uint* words, T* destination);
}

/// <summary>Walks the twister's blocks, whole vectors at a time.</summary>
internal static unsafe class RandomBits
{
    public const ulong DoubleMask = (1UL << 53) - 1;
    public const double DoubleUnit = 1.0 / (1UL << 53);
    public const uint SingleMask = (1u << 24) - 1;
    public const float SingleUnit = 1f / (1u << 24);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TKernel, T>(RandomStream stream, TKernel kernel, T* destination, long count)
        where TKernel : struct, IWordKernel<T> where T : unmanaged
    {
        var engine = stream.Engine;
        fixed (uint* outputs = engine.Outputs)
        {
            while (count > 0)
            {
                if (engine.Position == Mt19937.Length)
                    engine.NextBlock();
                uint* word = outputs + engine.Position;
                int n = (int)Math.Min(count, Mt19937.Length - engine.Position);
                int i = 0;
                for (; i <= n - 16; i += 16)
                    kernel.Sixteen(word + i, destination + i);
                for (; i < n; i++)
                    destination[i] = kernel.One(word[i]);
                engine.Position += n;
                destination += n;
                count -= n;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillPairs<TKernel, T>(RandomStream stream, TKernel kernel, T* destination, long count)
        where TKernel : struct, IPairKernel<T> where T : unmanaged
    {
        var engine = stream.Engine;
        fixed (uint* outputs = engine.Outputs)
        {
            while (count > 0)
            {
                if (engine.Position >= Mt19937.Length - 1)
                {
                    // The block is used up, or the pair lies across its end.
                    *destination++ = kernel.One(stream.NextUInt64());
                    count--;
                    continue;
                }
                uint* word = outputs + engine.Position;
                int n = (int)Math.Min(count, (Mt19937.Length - engine.Position) / 2);
                int i = 0;
                for (; i <= n - 8; i += 8)
                    kernel.Eight(word + 2 * i, destination + i);
                for (; i < n; i++)
                    destination[i] = kernel.One(Pair(word + 2 * i));
                engine.Position += 2 * n;
                destination += n;
                count -= n;
            }
        }
    }

    /// <summary>The 64 bits of two words, the first being the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pair(uint* words) => (ulong)words[0] << 32 | words[1];

    /// <summary>Eight pairs, reduced to the 53 bits of a double's significand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> EightSignificands(uint* words)
    {
        var swapped = Vector512.Load((ulong*)words);
        return (((swapped << 32) | (swapped >>> 32)) & Vector512.Create(DoubleMask)).AsInt64();
    }
}
