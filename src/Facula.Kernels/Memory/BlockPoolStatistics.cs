namespace Facula.Kernels;

/// <summary>What a block pool holds, in bytes of whole blocks.</summary>
/// <param name="Live">Bytes handed out.</param>
/// <param name="Cached">Bytes waiting to be handed out again.</param>
/// <param name="Peak">The largest sum of both so far.</param>
/// <param name="Limit">The sum above which the pool looks for dead owners before it takes new memory.</param>
/// <param name="LiveBlocks">Blocks handed out.</param>
/// <param name="Rents">Blocks handed out since the start.</param>
/// <param name="Mapped">Blocks taken from the system since the start.</param>
/// <param name="Collections">Garbage collections the pool has asked for.</param>
public readonly record struct BlockPoolStatistics(
    long Live, long Cached, long Peak, long Limit, int LiveBlocks, long Rents, long Mapped, long Collections);
