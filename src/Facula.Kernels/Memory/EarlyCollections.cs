namespace Facula.Kernels;

/// <summary>Decides when to collect ahead of need, so that the next result goes to memory that is still in the cache.</summary>
/// <remarks>
/// A young collection of a small heap costs some 40 µs; writing 4 MiB to memory that is in no cache costs six times as much more than to memory
/// that is. Whether owners die young is the program's affair: attempts that free little, or cost too much, become rare at once, and the first
/// good one makes them frequent again. See Note [Block pool].
/// </remarks>
internal sealed class EarlyCollections(TimeProvider clock)
{
    /// <summary>Bytes handed out between attempts that pay: what a third-level cache holds beside the operands.</summary>
    public const long Interval = 8L << 20;

    // Bytes handed out after attempts that did not pay, at first and at most.
    private const long FirstSkip = 16L << 20;
    private const long LongestSkip = 1L << 30;

    // A nanosecond of collecting must free so many bytes, of those that a cache may hold.
    private const long BytesPerNanosecond = 32;
    private const long Cacheable = 16L << 20;

    // At most a quarter of the time goes into attempts, whatever they free.
    private const int Pause = 3;

    private long _firstRent;
    private long _skip;
    private long _nextSkip = FirstSkip;
    private long _notBefore = long.MinValue;

    /// <summary>The youngest generation that holds what dies: 0, or 1 if most owners live through one collection, as in chains of large results.</summary>
    public int Generation { get; private set; }

    /// <summary>Whether the last attempt paid, so that the next one probably will.</summary>
    public bool Pays { get; private set; }

    /// <summary>The bytes handed out since the last look at the owners, and not returned.</summary>
    public long HandedOutBytes { get; private set; }

    /// <summary>Whether those suggest another look.</summary>
    public bool IsDue => HandedOutBytes >= Interval && _skip <= 0 && clock.GetTimestamp() >= _notBefore;

    /// <summary>A block went out.</summary>
    public void HandedOut(Block block)
    {
        HandedOutBytes += block.Size;
        _skip -= block.Size;
    }

    /// <summary>A block was given back.</summary>
    public void Returned(Block block)
    {
        if (block.RentedAs >= _firstRent)
            HandedOutBytes -= block.Size;
    }

    /// <summary>The owners have been looked at, whatever the occasion; the next request will be number <paramref name="nextRent"/>.</summary>
    public void Swept(long nextRent)
    {
        HandedOutBytes = 0;
        _firstRent = nextRent;
    }

    /// <summary>Learns from a collection of that generation that freed so many of the bytes handed out since the look before.</summary>
    public void Judge(int generation, long freed, long handedOut, long start)
    {
        long end = clock.GetTimestamp();
        _notBefore = end + Pause * (end - start);
        double worth = Math.Min(freed, Cacheable) / BytesPerNanosecond;
        Pays = freed >= handedOut - handedOut / 4 && clock.GetElapsedTime(start, end).TotalNanoseconds <= worth;
        if (Pays)
        {
            _nextSkip = FirstSkip;
            return;
        }
        // What did not die in generation 0 is in generation 1 now; only if that does not help either, wait.
        if (generation == 0)
        {
            Generation = 1;
            return;
        }
        Generation = 0;
        _skip = _nextSkip;
        _nextSkip = Math.Min(_nextSkip * 4, LongestSkip);
    }
}
