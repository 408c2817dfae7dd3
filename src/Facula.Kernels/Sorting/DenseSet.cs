using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The different integers of a list whose range is not much larger than its length: one bit for each number of the range.</summary>
public sealed unsafe class DenseSet : IDisposable
{
    private const long BitsPerNumber = 64;

    private readonly long _least;
    private readonly long _words;
    private Scratch _bits;

    private DenseSet(long least, long words)
    {
        _least = least;
        _words = words;
        _bits = Scratch.Rent<ulong>(words);
    }

    /// <summary>How many different numbers there are.</summary>
    public long Count { get; private set; }

    /// <summary>The set of the numbers, or null when their range is too wide.</summary>
    public static DenseSet? TryCreate(long* source, long count)
    {
        (long least, long most) = SortKernels.Range(source, count);
        ulong range = (ulong)most - (ulong)least;
        if (range >= (ulong)count * BitsPerNumber) return null;
        var set = new DenseSet(least, (long)(range / 64 + 1));
        set.Mark(source, count);
        return set;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mark(long* source, long count)
    {
        ulong* bits = (ulong*)_bits.Pointer;
        new Span<ulong>(bits, checked((int)_words)).Clear();
        for (long i = 0; i < count; i++)
        {
            ulong at = (ulong)source[i] - (ulong)_least;
            bits[at >> 6] |= 1UL << (int)(at & 63);
        }
        long found = 0;
        for (long w = 0; w < _words; w++) found += BitOperations.PopCount(bits[w]);
        Count = found;
    }

    /// <summary>Writes the numbers in ascending order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(long* destination)
    {
        ulong* bits = (ulong*)_bits.Pointer;
        for (long w = 0; w < _words; w++)
        {
            for (ulong word = bits[w]; word != 0; word &= word - 1)
                *destination++ = _least + w * 64 + BitOperations.TrailingZeroCount(word);
        }
    }

    public void Dispose() => _bits.Dispose();
}
