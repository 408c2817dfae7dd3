using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The 32-bit Mersenne twister: a stream of words, each made of three of the 624 before it, and the output that each word gives.</summary>
/// <remarks>M. Matsumoto, T. Nishimura: Mersenne Twister (1998), with the initialisation of 2002.</remarks>
internal sealed unsafe class Mt19937
{
    /// <summary>Words in the state, and outputs in a block.</summary>
    public const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Length];

    /// <summary>The next word of the state whose output is due; <see cref="Length"/> when the block is used up.</summary>
    public int Position { get; set; }

    /// <summary>Whether no block has been produced since seeding.</summary>
    public bool Fresh { get; private set; }

    /// <summary>The words from which the current block's outputs come, or the next block will come.</summary>
    public ReadOnlySpan<uint> State => _state;

    /// <summary>Starts anew from the lower 32 bits of a seed.</summary>
    public void Seed(uint seed)
    {
        uint word = seed;
        _state[0] = word;
        for (uint i = 1; i < Length; i++)
            _state[i] = word = 1812433253 * (word ^ (word >> 30)) + i;
        Position = Length;
        Fresh = true;
    }

    /// <summary>Goes on from a saved state.</summary>
    public void Restore(ReadOnlySpan<uint> state, int position, bool fresh)
    {
        state.CopyTo(_state);
        Position = position;
        Fresh = fresh;
    }

    /// <summary>The next output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Next()
    {
        if (Position == Length)
            NextBlock();
        uint y = _state[Position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680u;
        y ^= (y << 15) & 0xEFC60000u;
        return y ^ (y >> 18);
    }

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    private void NextBlock()
    {
        uint* words = stackalloc uint[2 * Length];
        State.CopyTo(new Span<uint>(words, Length));
        Advance(words, 1);
        Restore(new ReadOnlySpan<uint>(words + Length, Length), 0, fresh: false);
    }

    /// <summary>Continues a block of words by so many further blocks, which lie behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Advance(uint* words, int blocks)
    {
        for (uint* end = words + (long)blocks * Length; words < end; words += Vector512<uint>.Count)
        {
            var next = Vector512.Load(words + 1);
            var mixed = Vector512.ConditionalSelect(Vector512.Create(0x80000000u), Vector512.Load(words), next) >>> 1;
            var odd = Vector512<uint>.Zero - (next & Vector512<uint>.One);
            (Vector512.Load(words + Middle) ^ mixed ^ (odd & Vector512.Create(0x9908B0DFu))).Store(words + Length);
        }
    }

    /// <summary>The outputs of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Temper(Vector512<uint> y)
    {
        y ^= y >>> 11;
        y ^= (y << 7) & Vector512.Create(0x9D2C5680u);
        y ^= (y << 15) & Vector512.Create(0xEFC60000u);
        return y ^ (y >>> 18);
    }
}
