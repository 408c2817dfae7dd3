namespace Facula.Kernels;

/// <summary>The blocks of a pool that nobody uses, by size; the last one given back is the first to go out, as it is warm.</summary>
internal sealed class FreeBlocks
{
    private readonly Dictionary<long, List<Block>> _bySize = [];

    /// <summary>The sum of the sizes.</summary>
    public long Bytes { get; private set; }

    public void Add(Block block)
    {
        if (!_bySize.TryGetValue(block.Size, out var blocks))
            _bySize.Add(block.Size, blocks = []);
        blocks.Add(block);
        Bytes += block.Size;
    }

    /// <summary>Whether there is a block of the class, or one slightly larger.</summary>
    public bool Has(long size) => Fitting(size) is not null;

    /// <summary>A block of the class, or one slightly larger.</summary>
    public Block? TryTake(long size)
    {
        if (Fitting(size) is not { } blocks)
            return null;
        var block = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        Bytes -= block.Size;
        return block;
    }

    private List<Block>? Fitting(long size)
    {
        for (long candidate = size; candidate <= SizeClass.LargestFor(size); candidate = SizeClass.Next(candidate))
            if (_bySize.TryGetValue(candidate, out var blocks) && blocks.Count > 0)
                return blocks;
        return null;
    }

    /// <summary>Gives at least this many bytes back to the system, if there are as many, longest unused blocks first.</summary>
    public long Release(long bytes)
    {
        if (bytes <= 0 || Bytes == 0)
            return 0;
        long released = 0;
        foreach (var block in _bySize.Values.SelectMany(blocks => blocks).OrderBy(block => block.FreedAt).ToArray())
        {
            if (released >= bytes)
                break;
            _bySize[block.Size].Remove(block);
            Bytes -= block.Size;
            released += block.Size;
            block.Free();
        }
        return released;
    }
}
