using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>The state of PyTorch's CPU generator: the twister and the normal variate kept for the next call.</summary>
/// <remarks>Not safe for several threads at once; the owner locks it for the length of a fill.</remarks>
public sealed class RandomStream
{
    /// <summary>The seed of a generator that nobody has seeded.</summary>
    public const ulong DefaultSeed = 67280421310721;

    /// <summary>The bytes of <see cref="GetState"/>.</summary>
    public const int StateSize = 5056;

    /// <summary>The bytes of a state written before single precision had a kept variate of its own.</summary>
    public const int LegacyStateSize = 5048;

    // Offsets in the state: the C layout of seed, left, seeded, next, 624 words of 64 bits, and the kept normal variates.
    private const int LeftAt = 8, SeededAt = 12, NextAt = 16, WordsAt = 24;
    private const int NormalXAt = 5016, NormalYAt = 5024, NormalRhoAt = 5032, NormalValidAt = 5040, FloatAt = 5048, FloatValidAt = 5052;

    /// <summary>Makes a generator from a seed.</summary>
    public RandomStream(ulong seed = DefaultSeed) => Seed(seed);

    /// <summary>The seed last set.</summary>
    public ulong InitialSeed { get; private set; }

    /// <summary>The second normal variate of the last pair drawn in double precision, if it is still to be used.</summary>
    public double? NextDoubleNormal { get; set; }

    /// <summary>The same in single precision; kept for the state only, no CPU sampler draws one.</summary>
    public float? NextFloatNormal { get; set; }

    internal Mt19937 Engine { get; } = new();

    /// <summary>Starts anew from a seed; only its lower 32 bits matter to the numbers.</summary>
    public void Seed(ulong seed)
    {
        InitialSeed = seed;
        Engine.Seed((uint)seed);
        NextDoubleNormal = null;
        NextFloatNormal = null;
    }

    /// <summary>32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32() => Engine.Next();

    /// <summary>64 random bits, the upper half drawn first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        ulong upper = Engine.Next();
        return upper << 32 | Engine.Next();
    }

    /// <summary>A number of 24 bits in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float NextSingle() => (Engine.Next() & 0xFFFFFF) * RandomBits.SingleUnit;

    /// <summary>A number of 53 bits in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (long)(NextUInt64() & RandomBits.DoubleMask) * RandomBits.DoubleUnit;

    /// <summary>A standard normal variate by Box and Muller; every second call returns the one kept by the call before.</summary>
    public double NextNormal()
    {
        if (NextDoubleNormal is { } kept)
        {
            NextDoubleNormal = null;
            return kept;
        }
        double angle = 2.0 * Math.PI * NextDouble();
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        var (sin, cos) = Math.SinCos(angle);
        NextDoubleNormal = radius * sin;
        return radius * cos;
    }

    /// <summary>A generator that will draw the same numbers.</summary>
    public RandomStream Clone()
    {
        var clone = new RandomStream { InitialSeed = InitialSeed, NextDoubleNormal = NextDoubleNormal, NextFloatNormal = NextFloatNormal };
        clone.Engine.Restore(Engine.State, Engine.Position, Engine.Fresh);
        return clone;
    }

    /// <summary>The state in the layout of <c>torch.get_rng_state</c>.</summary>
    public byte[] GetState()
    {
        var bytes = new byte[StateSize];
        var state = bytes.AsSpan();
        bool fresh = Engine.Fresh;
        BinaryPrimitives.WriteUInt64LittleEndian(state, InitialSeed);
        BinaryPrimitives.WriteInt32LittleEndian(state[LeftAt..], fresh ? 1 : Mt19937.Length + 1 - Engine.Position);
        BinaryPrimitives.WriteInt32LittleEndian(state[SeededAt..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(state[NextAt..], fresh ? 0u : (uint)Engine.Position);
        for (int i = 0; i < Mt19937.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(state[(WordsAt + 8 * i)..], Engine.State[i]);
        if (NextDoubleNormal is { } normal)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(state[NormalYAt..], normal);
            state[NormalValidAt] = 1;
        }
        if (NextFloatNormal is { } single)
        {
            BinaryPrimitives.WriteSingleLittleEndian(state[FloatAt..], single);
            state[FloatValidAt] = 1;
        }
        return bytes;
    }

    /// <summary>Goes on from a state of <c>torch.get_rng_state</c>, of today's or of the older size.</summary>
    public void SetState(ReadOnlySpan<byte> state)
    {
        if (state.Length is not (StateSize or LegacyStateSize))
        {
            throw new InvalidOperationException(
                $"Expected either a CPUGeneratorImplStateLegacy of size {LegacyStateSize} or a CPUGeneratorImplState of size {StateSize} but found the input RNG state size to be {state.Length}");
        }

        int left = BinaryPrimitives.ReadInt32LittleEndian(state[LeftAt..]);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(state[NextAt..]);
        // A block is used up when one is left; otherwise the two counters must agree, or the words to come would lie outside.
        if (BinaryPrimitives.ReadInt32LittleEndian(state[SeededAt..]) == 0 || left is < 1 or > Mt19937.Length
            || next > Mt19937.Length || left != 1 && (int)next + left != Mt19937.Length + 1)
        {
            throw new InvalidOperationException("Invalid mt19937 state");
        }

        Span<uint> words = stackalloc uint[Mt19937.Length];
        for (int i = 0; i < words.Length; i++)
            words[i] = (uint)BinaryPrimitives.ReadUInt64LittleEndian(state[(WordsAt + 8 * i)..]);
        Engine.Restore(words, left == 1 ? Mt19937.Length : (int)next, fresh: left == 1 && next == 0);
        InitialSeed = BinaryPrimitives.ReadUInt64LittleEndian(state);

        bool current = state.Length == StateSize;
        bool valid = BinaryPrimitives.ReadInt32LittleEndian(state[NormalValidAt..]) != 0;
        NextDoubleNormal = !valid ? null : current
            ? BinaryPrimitives.ReadDoubleLittleEndian(state[NormalYAt..])
            : LegacyNormal(state);
        NextFloatNormal = current && state[FloatValidAt] != 0 ? BinaryPrimitives.ReadSingleLittleEndian(state[FloatAt..]) : null;
    }

    /// <summary>The older layout keeps the pair's uniform variate and radius instead of the second normal.</summary>
    private static double LegacyNormal(ReadOnlySpan<byte> state)
    {
        double angle = 2.0 * Math.PI * BinaryPrimitives.ReadDoubleLittleEndian(state[NormalXAt..]);
        return BinaryPrimitives.ReadDoubleLittleEndian(state[NormalRhoAt..]) * Math.Sin(angle);
    }
}
