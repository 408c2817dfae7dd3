namespace Facula.Kernels;

/// <summary>In which order the chunks of a run along memory are done, so that the threads work far from one another: each goes through a part of its own, as long as all are equally fast.</summary>
/// <remarks>
/// Neighbouring chunks disturb each other: lines beyond a chunk's end are asked for, by the loops and by the processor itself, and are then lacking where they are written.
/// What a chunk does must not depend on the order.
/// </remarks>
internal readonly struct ChunkOrder
{
    private readonly int _chunks, _parts;

    /// <summary>The order of so many chunks; the number of threads is read once, since it may change meanwhile.</summary>
    public ChunkOrder(long chunks)
    {
        _chunks = checked((int)chunks);
        _parts = WorkerPool.Threads;
    }

    /// <summary>How many chunks there are.</summary>
    public int Count => _chunks;

    /// <summary>The chunk whose turn it is.</summary>
    public int this[int turn]
    {
        get
        {
            if (_parts == 1) return turn;
            (int index, int part) = Math.DivRem(turn, _parts);
            (int each, int more) = Math.DivRem(_chunks, _parts);
            return part * each + Math.Min(part, more) + index;
        }
    }
}
