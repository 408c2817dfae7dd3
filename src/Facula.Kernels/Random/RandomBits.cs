using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>What random bits become: one element at a time or a vector at a time, with the same result.</summary>
internal unsafe interface IRandomKernel<T> where T : unmanaged
{
    /// <summary>The outputs of the generator for one element: one or two.</summary>
    static abstract int Words { get; }

    /// <summary>Whether an element costs so much that few of them are worth a second thread.</summary>
    static virtual bool IsHeavy => false;

    /// <summary>The element at this place, of one output or of a pair.</summary>
    T One(uint* words, T* destination);

    /// <summary>The elements from this place on that sixteen outputs give.</summary>
    void Sixteen(Vector512<uint> words, T* destination, bool far);

    /// <summary>Whether elements that have been written are transformed once more.</summary>
    static virtual bool Finishes => false;

    /// <summary>Transforms written elements: whole groups of 32, but for the last.</summary>
    void Finish(T* destination, long count) => throw new InvalidOperationException();
}

/// <summary>Fills memory from the generator's words.</summary>
/// <remarks>
/// The twister's words form one long stream, each made of three before it; that is cheap, and has to be done in order. What the words become,
/// their tempering included, is shared out among threads, one of which makes the next words meanwhile.
/// </remarks>
internal static unsafe class RandomBits
{
    public const ulong DoubleMask = (1UL << 53) - 1;
    public const double DoubleUnit = 1.0 / (1UL << 53);
    public const uint SingleMask = (1u << 24) - 1;
    public const float SingleUnit = 1f / (1u << 24);

    private const int Length = Mt19937.Length;

    // Alone, words are used while they are in the first cache; two halves of shared ones fit the second, and a turn of the pool costs little beside them.
    private const int BlocksAlone = 4, FirstShared = 16, MostShared = 128;
    private const int Group = 32, Piece = 4096;
    private const long FarBytes = 256 * 1024;

    public static void Fill<TKernel, T>(RandomStream stream, TKernel kernel, T* destination, long count)
        where TKernel : struct, IRandomKernel<T> where T : unmanaged
    {
        Mt19937 engine = stream.Engine;
        long missing = checked(count * TKernel.Words) - (Length - engine.Position);
        if (missing <= 0)
        {
            fixed (uint* state = engine.State)
                Convert(kernel, state + engine.Position, destination, count, far: false);
            engine.Position += (int)(count * TKernel.Words);
            return;
        }

        long blocks = (missing + Length - 1) / Length;
        bool shared = WorkerPool.Threads > 1 && blocks >= (TKernel.IsHeavy ? 8 : 3 * FirstShared);
        int most = (int)Math.Min(blocks, shared ? MostShared : BlocksAlone);
        int room = (most + 1) * Length;
        using Scratch memory = Scratch.Rent<uint>(shared ? 2 * room : room);
        var source = new Source { Words = (uint*)memory.Pointer, Next = (uint*)memory.Pointer + (shared ? room : 0), Blocks = blocks, Position = engine.Position };
        engine.State.CopyTo(new Span<uint>(source.Words, Length));
        if (shared) Shared(ref source, kernel, destination, count);
        else Alone(ref source, kernel, destination, count);
        engine.Restore(new ReadOnlySpan<uint>(source.Words, Length), source.Position, fresh: false);
    }

    /// <summary>A block of words with room for more behind it, and where the next element's words lie.</summary>
    private struct Source
    {
        public uint* Words, Next;
        public long Blocks;
        public int Position;

        /// <summary>How many elements the words from the position on give: whole groups, unless these are the last.</summary>
        public readonly long Elements<TKernel, T>(int blocks, long count) where TKernel : struct, IRandomKernel<T> where T : unmanaged =>
            Blocks == 0 ? count : ((blocks + 1) * Length - Position) / TKernel.Words / Group * Group;
    }

    private static void Alone<TKernel, T>(ref Source source, TKernel kernel, T* destination, long count)
        where TKernel : struct, IRandomKernel<T> where T : unmanaged
    {
        bool far = count * sizeof(T) > FarBytes;
        while (source.Blocks > 0)
        {
            int blocks = (int)Math.Min(source.Blocks, BlocksAlone);
            Mt19937.Advance(source.Words, blocks);
            source.Blocks -= blocks;
            long n = source.Elements<TKernel, T>(blocks, count);
            Convert(kernel, source.Words + source.Position, destination, n, far);
            source.Position += (int)(n * TKernel.Words) - blocks * Length;
            new ReadOnlySpan<uint>(source.Words + blocks * Length, Length).CopyTo(new Span<uint>(source.Words, Length));
            destination += n;
            count -= n;
        }
    }

    private static void Shared<TKernel, T>(ref Source source, TKernel kernel, T* destination, long count)
        where TKernel : struct, IRandomKernel<T> where T : unmanaged
    {
        // Nobody has anything to do while the first words are made, so those are few.
        int blocks = (int)Math.Min(source.Blocks, TKernel.IsHeavy ? 4 : FirstShared);
        Mt19937.Advance(source.Words, blocks);
        source.Blocks -= blocks;
        while (true)
        {
            long n = source.Elements<TKernel, T>(blocks, count);
            int upcoming = (int)Math.Min(source.Blocks, Math.Min(2 * blocks, MostShared));
            var turn = new Turn<TKernel, T>
            {
                Kernel = kernel, Words = source.Words + source.Position, Destination = destination, Count = n,
                Last = source.Words + blocks * Length, Next = source.Next, Blocks = upcoming,
            };
            WorkerPool.Run(1 + (int)((n * TKernel.Words + Piece - 1) / Piece), ref turn);
            source.Position += (int)(n * TKernel.Words) - blocks * Length;
            uint* used = source.Words;
            source.Words = source.Next;
            source.Next = used;
            if (upcoming == 0) return;
            source.Blocks -= upcoming;
            blocks = upcoming;
            destination += n;
            count -= n;
        }
    }

    /// <summary>Uses one half of the words and makes the other.</summary>
    private struct Turn<TKernel, T> : IParallelBody where TKernel : struct, IRandomKernel<T> where T : unmanaged
    {
        public TKernel Kernel;
        public uint* Words, Last, Next;
        public T* Destination;
        public long Count;
        public int Blocks;

        public readonly void Run(int chunk)
        {
            if (chunk == 0)
            {
                new ReadOnlySpan<uint>(Last, Length).CopyTo(new Span<uint>(Next, Length));
                Mt19937.Advance(Next, Blocks);
                return;
            }
            long piece = Piece / TKernel.Words, start = (chunk - 1) * piece;
            Convert(Kernel, Words + start * TKernel.Words, Destination + start, Math.Min(piece, Count - start), far: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convert<TKernel, T>(TKernel kernel, uint* words, T* destination, long count, bool far)
        where TKernel : struct, IRandomKernel<T> where T : unmanaged
    {
        long i = 0;
        int step = Vector512<uint>.Count / TKernel.Words;
        for (; i <= count - step; i += step, words += Vector512<uint>.Count)
            kernel.Sixteen(Mt19937.Temper(Vector512.Load(words)), destination + i, far);
        if (i < count)
        {
            uint* rest = stackalloc uint[Vector512<uint>.Count];
            new ReadOnlySpan<uint>(words, (int)(count - i) * TKernel.Words).CopyTo(new Span<uint>(rest, Vector512<uint>.Count));
            Mt19937.Temper(Vector512.Load(rest)).Store(rest);
            for (; i < count; i++, rest += TKernel.Words)
                destination[i] = kernel.One(rest, destination + i);
        }
        if (TKernel.Finishes) kernel.Finish(destination, count);
    }

    /// <summary>The 64 bits of two words, the first being the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pair(uint* words) => (ulong)words[0] << 32 | words[1];

    /// <summary>Eight pairs, the first word of each being the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> EightPairs(Vector512<uint> words)
    {
        Vector512<ulong> swapped = words.AsUInt64();
        return (swapped << 32) | (swapped >>> 32);
    }

    /// <summary>Eight pairs, reduced to the 53 bits of a double's significand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> EightSignificands(Vector512<uint> words) => EightPairs(words) & Vector512.Create(DoubleMask);
}
