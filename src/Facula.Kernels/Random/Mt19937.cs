using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>The 32-bit Mersenne twister, producing its outputs in blocks of 624.</summary>
/// <remarks>M. Matsumoto, T. Nishimura: Mersenne Twister (1998), with the initialisation of 2002.</remarks>
internal sealed unsafe class Mt19937
{
    /// <summary>Words in the state, and outputs in a block.</summary>
    public const int Length = 624;
    private const int Middle = 397;

    // The first words of the new state are repeated behind the end, so that every vector reads consecutive words.
    private readonly uint[] _state = new uint[Length + 16];
    private readonly uint[] _outputs = new uint[Length];

    /// <summary>The outputs of the current block.</summary>
    public uint[] Outputs => _outputs;

    /// <summary>The next output to hand out; <see cref="Length"/> when the block is used up.</summary>
    public int Position { get; set; }

    /// <summary>Whether no block has been produced since seeding.</summary>
    public bool Fresh { get; private set; }

    /// <summary>The words from which the current block came, or the next one will come.</summary>
    public ReadOnlySpan<uint> State => _state.AsSpan(0, Length);

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
        fixed (uint* words = _state, outputs = _outputs)
            Temper(words, outputs);
    }

    /// <summary>Copies another generator.</summary>
    public void CopyFrom(Mt19937 other)
    {
        other._state.CopyTo(_state, 0);
        other._outputs.CopyTo(_outputs, 0);
        Position = other.Position;
        Fresh = other.Fresh;
    }

    /// <summary>The next output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Next()
    {
        if (Position == Length)
            NextBlock();
        return _outputs[Position++];
    }

    /// <summary>Produces the next 624 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void NextBlock()
    {
        fixed (uint* words = _state, outputs = _outputs)
        {
            int i = 0;
            for (; i < 224; i += 16)
                Twist(words + i, Middle, outputs + i);
            // Word 227 depends on the new word 0, which stands behind the end from here on, as does the successor of the last word.
            Vector512.Load(words).Store(words + Length);
            Twist(words + i, Middle, outputs + i);
            for (i += 16; i < Length; i += 16)
                Twist(words + i, Middle - Length, outputs + i);
        }
        Position = 0;
        Fresh = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Twist(uint* word, int partner, uint* output)
    {
        var current = Vector512.Load(word);
        var next = Vector512.Load(word + 1);
        var mixed = (current & Vector512.Create(0x80000000u)) | (next & Vector512.Create(0x7FFFFFFFu));
        var odd = Vector512<uint>.Zero - (next & Vector512<uint>.One);
        var twisted = Vector512.Load(word + partner) ^ (mixed >>> 1) ^ (odd & Vector512.Create(0x9908B0DFu));
        twisted.Store(word);
        Temper(twisted).Store(output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Temper(uint* words, uint* outputs)
    {
        for (int i = 0; i < Length; i += 16)
            Temper(Vector512.Load(words + i)).Store(outputs + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Temper(Vector512<uint> y)
    {
        y ^= y >>> 11;
        y ^= (y << 7) & Vector512.Create(0x9D2C5680u);
        y ^= (y << 15) & Vector512.Create(0xEFC60000u);
        return y ^ (y >>> 18);
    }
}
