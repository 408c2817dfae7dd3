namespace Facula.Kernels;

/// <summary>The process's pool of native memory for tensors of more than a few pages.</summary>
/// <remarks>
/// A block belongs to an owner object and is free again once that object is unreachable. Hence whoever works on a block keeps its owner
/// alive until the work is done (<see cref="GC.KeepAlive"/>): another thread's request may sweep at any time.
/// </remarks>
public static class BlockPool
{
    private static readonly BlockCache Shared = new() { Torture = Environment.GetEnvironmentVariable("FACULA_TORTURE") == "1" };

    private static readonly object Nobody = new();

    /// <summary>Requests up to this size are better served by a managed array.</summary>
    public const long Smallest = SizeClass.Smallest;

    /// <summary>The alignment of every block, in bytes.</summary>
    public const int Alignment = 64;

    /// <summary>The bytes in all blocks above which the pool looks for dead owners before it takes more from the system.</summary>
    /// <remarks>It rises by itself with what is really alive; setting it also gives back the free blocks above it.</remarks>
    public static long Limit
    {
        get => Shared.Limit;
        set => Shared.Limit = value;
    }

    /// <summary>What the pool holds at this moment.</summary>
    public static BlockPoolStatistics Statistics => Shared.Statistics;

    /// <summary>For tests: every request collects and sweeps, and every freed block is filled with NaN.</summary>
    public static bool Torture
    {
        get => Shared.Torture;
        internal set => Shared.Torture = value;
    }

    /// <summary>The address of at least this many uninitialised bytes, in use until returned or until <paramref name="owner"/> is unreachable.</summary>
    public static nint Rent(long bytes, object owner) => Shared.Rent(bytes, owner);

    /// <summary>The same, in use until returned: an owner that is made after the block is assigned to it with <see cref="Assign"/>.</summary>
    /// <remarks>An owner that exists already is promoted by the collection that its request may cause, and found dead that much later.</remarks>
    public static nint Rent(long bytes) => Shared.Rent(bytes, Nobody);

    /// <summary>From now on the block is in use until returned or until <paramref name="owner"/> is unreachable.</summary>
    public static void Assign(nint block, object owner) => Shared.Assign(block, owner);

    /// <summary>Frees a block at once; the caller answers for nobody using it any more.</summary>
    public static void Return(nint block) => Shared.Return(block);

    /// <summary>Gives all free blocks back to the system and says how many bytes they had.</summary>
    public static long EmptyCache() => Shared.EmptyCache();
}
