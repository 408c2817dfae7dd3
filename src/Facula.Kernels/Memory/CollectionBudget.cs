namespace Facula.Kernels;

/// <summary>Keeps the collections a pool asks for to a twentieth of the time that passes: the process belongs to somebody else.</summary>
internal sealed class CollectionBudget(TimeProvider clock)
{
    private const int Share = 20;
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    // The savings of the two seconds before the pool became busy, so that a start is not held up by the rule.
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(100);

    private TimeSpan _credit = Most;
    private long _credited = clock.GetTimestamp();
    private TimeSpan _lastFullCost;
    private long _lastFull;
    private bool _anyFull;

    /// <summary>Collections made so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a collection of this generation may be made now.</summary>
    public bool Allows(int generation)
    {
        long now = clock.GetTimestamp();
        var credit = _credit + clock.GetElapsedTime(_credited, now) / Share;
        _credit = credit > Most ? Most : credit;
        _credited = now;
        if (_credit <= TimeSpan.Zero)
            return false;
        if (generation < 2 || !_anyFull)
            return true;
        // A full collection of up to 20 ms is bound by the share alone; a dearer one also by once a second.
        var wait = _lastFullCost * Share;
        if (_lastFullCost > Cheap && wait < Second)
            wait = Second;
        return clock.GetElapsedTime(_lastFull, now) >= wait;
    }

    /// <summary>Collects, blocking, and charges the time to the budget.</summary>
    public void Collect(int generation)
    {
        long start = clock.GetTimestamp();
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        Charge(generation, start);
    }

    /// <summary>Charges the time since <paramref name="start"/> to the budget.</summary>
    internal void Charge(int generation, long start)
    {
        long end = clock.GetTimestamp();
        var cost = clock.GetElapsedTime(start, end);
        _credit -= cost;
        Count++;
        if (generation == 2)
        {
            _anyFull = true;
            _lastFull = end;
            _lastFullCost = cost;
        }
    }
}
