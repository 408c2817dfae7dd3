using System.Numerics;
using System.Runtime.InteropServices;

namespace Facula.Kernels;

/// <summary>Blocks of one to 32 KiB that go round: a tensor of this size finds warm memory, where a fresh array would be cleared in cold memory first.</summary>
/// <remarks>
/// As in <see cref="BlockPool"/> a block is free again once its owner is unreachable. What is alive for long takes part of a fixed room;
/// when that is full, the caller takes an array. See Note [Small tensors].
/// </remarks>
public sealed unsafe class SmallBlocks
{
    /// <summary>Smaller objects gain less than a block costs.</summary>
    public const long Smallest = 1 << 10;

    /// <summary>Larger ones are the pool's.</summary>
    public const long Largest = 32 << 10;

    /// <summary>Bytes in all blocks at most.</summary>
    internal const long Room = 16L << 20;

    private const int Slab = 64 << 10;
    private const int StepsPerDoubling = 4;

    private readonly List<SmallBlock> _all = [];
    private readonly Stack<SmallBlock>[] _free = new Stack<SmallBlock>[ClassOf(Largest) + 1];
    private readonly YoungCollections _collections = new();
    private int _gate;
    private int _sweptAtCollection;
    private bool _backwards;
    private long _bytes, _live;

    /// <summary>No blocks yet.</summary>
    public SmallBlocks()
    {
        for (int i = 0; i < _free.Length; i++)
            _free[i] = new();
    }

    /// <summary>Those of the process.</summary>
    public static SmallBlocks Shared { get; } = new();

    /// <summary>A block of at least this many bytes, in use until returned, or null where there is none to be had: an array serves then.</summary>
    /// <remarks>Its owner is made afterwards: the request may collect, and what exists already grows old by it.</remarks>
    public SmallBlock? Rent(long bytes)
    {
        if (!TryEnter())
            return null;
        try
        {
            var free = _free[ClassOf(bytes)];
            if (_collections.AreDue(bytes))
            {
                _collections.Collect();
                Sweep();
            }
            else if (free.Count == 0 && _sweptAtCollection != GC.CollectionCount(0))
            {
                Sweep();
            }
            if (free.Count == 0)
                Add(free, ClassOf(bytes));
            if (!free.TryPop(out var block))
                return null;
            block.Rent();
            return block;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees a block at once; the caller answers for nobody using it any more.</summary>
    public void Return(SmallBlock block)
    {
        SpinWait wait = default;
        while (!TryEnter())
            wait.SpinOnce();
        try
        {
            Retire(block);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The blocks' sizes: four steps per doubling.</summary>
    internal static int ClassOf(long bytes)
    {
        if (bytes <= Smallest)
            return 0;
        int doubling = BitOperations.Log2((ulong)(bytes - 1));
        return (doubling - BitOperations.Log2(Smallest)) * StepsPerDoubling + (int)((bytes - 1) >> (doubling - 2)) - StepsPerDoubling + 1;
    }

    /// <summary>The bytes of a block of this class.</summary>
    internal static int SizeOf(int sizeClass)
    {
        int step = (sizeClass + StepsPerDoubling - 1) % StepsPerDoubling + 1, doubling = (sizeClass + StepsPerDoubling - 1) / StepsPerDoubling - 1;
        return sizeClass == 0 ? (int)Smallest : ((int)Smallest << doubling) / StepsPerDoubling * (StepsPerDoubling + step);
    }

    private bool TryEnter() => Interlocked.CompareExchange(ref _gate, 1, 0) == 0;

    private void Leave() => Volatile.Write(ref _gate, 0);

    /// <summary>Cuts a slab into blocks of one class while there is room: as much as goes round between collections, not more, or all of it would be cold.</summary>
    private void Add(Stack<SmallBlock> free, int sizeClass)
    {
        if (_bytes + Slab > Math.Min(Room, _live + 2 * YoungCollections.Interval))
            return;
        int size = SizeOf(sizeClass);
        nint slab = (nint)NativeMemory.AlignedAlloc(Slab, BlockPool.Alignment);
        _bytes += Slab;
        for (int at = Slab / size * size; at > 0; at -= size)
        {
            var block = new SmallBlock(slab + at - size, sizeClass);
            _all.Add(block);
            free.Push(block);
        }
    }

    /// <summary>Frees every block whose owner is unreachable; what was written last comes out first, as long as all die together.</summary>
    private void Sweep()
    {
        _sweptAtCollection = GC.CollectionCount(0);
        _live = 0;
        int count = _all.Count;
        for (int i = 0; i < count; i++)
        {
            var block = _all[_backwards ? count - 1 - i : i];
            if (block.IsDead)
                Retire(block);
            if (!block.IsFree)
                _live += SizeOf(block.SizeClass);
        }
        _backwards = !_backwards;
    }

    private void Retire(SmallBlock block)
    {
        if (block.IsFree)
            throw new ArgumentException("the block is not in use; was it returned twice?");
        block.Free();
        _free[block.SizeClass].Push(block);
    }
}
