namespace Facula.Kernels;

/// <summary>A pool of native blocks that are free again as soon as nobody can reach their owners.</summary>
/// <remarks>
/// There are no finalizers. When no free block fits and the limit is reached, the pool collects and looks through its weak handles itself,
/// youngest generation first; only when that has not helped does it take more memory from the system. See Note [Block pool].
/// </remarks>
internal sealed class BlockCache : IDisposable
{
    // A few blocks that go round stay in a third-level cache; with many, every result would be written to cold memory.
    private const long FirstLimit = 16L << 20;

    // Up to here the limit leaves as much room as is alive: with less, every request collects.
    private const long Roomy = 64L << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly CollectionBudget _budget;
    private readonly EarlyCollections _early;
    private readonly FreeBlocks _free = new();
    private readonly List<Block> _live = [];
    private readonly List<Block> _dead = [];
    private readonly Dictionary<nint, Block> _byAddress = [];
    private readonly ITimer _idleTimer;
    private bool _idleTimerRuns;
    private long _floor;
    private long _limit;
    private long _liveBytes;
    private long _peak;
    private long _rents;
    private long _mapped;
    private long _lastRent;
    private int _sweptAtCollection = -1;

    public BlockCache(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _budget = new CollectionBudget(_clock);
        _early = new EarlyCollections(_clock);
        _floor = _limit = Math.Min(FirstLimit, Available / 4);
        _idleTimer = _clock.CreateTimer(static state => ((BlockCache)state!).TrimIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Collect and sweep at every request, and fill every free block with NaN.</summary>
    public bool Torture { get; set; }

    public BlockPoolStatistics Statistics
    {
        get
        {
            lock (_gate)
                return new(_liveBytes, _free.Bytes, _peak, _limit, _live.Count, _rents, _mapped, _budget.Count);
        }
    }

    public long Limit
    {
        get
        {
            lock (_gate)
                return _limit;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (_gate)
            {
                _floor = _limit = value;
                _free.Release(_liveBytes + _free.Bytes - value);
            }
        }
    }

    private long Total => _liveBytes + _free.Bytes;

    /// <summary>Whether more seems alive than the limit allows: what outlived young collections may be dead all the same, and only a full one finds it.</summary>
    private bool IsOvergrown => _liveBytes > _limit;

    /// <summary>The memory of the machine or the container.</summary>
    private static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public nint Rent(long bytes, object owner)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentNullException.ThrowIfNull(owner);
        long size = SizeClass.RoundUp(bytes);
        lock (_gate)
        {
            var block = Torture ? TakeTortured(size) : Take(size);
            block ??= Map(size, bytes);
            block.Owner = owner;
            block.LiveIndex = _live.Count;
            _live.Add(block);
            _byAddress.Add(block.Address, block);
            _liveBytes += block.Size;
            _peak = Math.Max(_peak, Total);
            block.RentedAs = _rents++;
            _early.HandedOut(block);
            _lastRent = _clock.GetTimestamp();
            return block.Address;
        }
    }

    public void Assign(nint address, object owner)
    {
        lock (_gate)
            InUse(address).Owner = owner;
    }

    public void Return(nint address)
    {
        lock (_gate)
        {
            var block = InUse(address);
            _early.Returned(block);
            Retire(block);
        }
    }

    public long EmptyCache()
    {
        lock (_gate)
        {
            Sweep();
            return _free.Release(long.MaxValue);
        }
    }

    public void Dispose()
    {
        _idleTimer.Dispose();
        EmptyCache();
    }

    private Block InUse(nint address) =>
        _byAddress.TryGetValue(address, out var block) ? block : throw new ArgumentException("the address is not that of a block in use; was it returned twice?");

    private Block? TakeTortured(long size)
    {
        GC.Collect();
        Sweep();
        return _free.TryTake(size);
    }

    /// <summary>Looks for a free block, then for one whose owner has died, collecting if the limit or the cache asks for it.</summary>
    private Block? Take(long size)
    {
        if (!_early.IsDue)
            return _free.TryTake(size) ?? Find(size, firstGeneration: 1);
        // One collection must do for both reasons, unless the youngest generation has served well.
        bool full = !_early.Pays && !_free.Has(size) && Total + size > _limit;
        int generation = full ? 1 : _early.Generation;
        CollectEarly(generation);
        return _free.TryTake(size) ?? Find(size, generation + 1);
    }

    /// <summary>Frees the blocks of owners that died young, while they still are in the cache.</summary>
    private void CollectEarly(int generation)
    {
        long start = _clock.GetTimestamp(), live = _liveBytes, handedOut = _early.HandedOutBytes;
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        Sweep();
        _early.Judge(generation, live - _liveBytes, handedOut, start);
    }

    /// <summary>Looks for a block among those whose owners have died, collecting if the limit asks for it.</summary>
    private Block? Find(long size, int firstGeneration)
    {
        // Collections that others made may have left dead owners; looking is cheaper than fresh pages.
        if (_sweptAtCollection != GC.CollectionCount(0))
        {
            Sweep();
            if (_free.TryTake(size) is { } dead)
                return dead;
        }
        // Small requests at the limit must not collect for one block each: there is room for a few beyond it.
        if (Total + size <= _limit || !IsOvergrown && _early.HandedOutBytes + size <= Math.Min(EarlyCollections.Interval, _limit / 8))
            return null;

        bool scarce = Total + size > Available / 10 * 9;
        // Not generation 0 first: two collections in a row would carry what is alive straight to the dear generation.
        for (int generation = firstGeneration; generation <= 2; generation++)
        {
            if (!_budget.Allows(generation) && !(scarce && generation == 2))
                continue;
            _budget.Collect(generation);
            Sweep();
            _limit = Math.Max(_limit, Math.Min(2 * _liveBytes + size, Math.Min(Roomy, Available / 4)));
            // How much is really alive can be told only now; without a full collection the pool stays over its limit.
            if (generation == 2)
                _limit = Math.Max(_limit, _liveBytes + _liveBytes / 10 * 3 + size);
            else if (IsOvergrown)
                continue;
            if (_free.TryTake(size) is { } block)
                return block;
            if (Total + size <= _limit)
                return null;
        }
        if (_free.TryTake(size) is { } young)
            return young;

        // Free blocks of other sizes stay for the next step, but not more of them than there are live ones.
        _free.Release(Total + size - (scarce ? 0 : Math.Max(_limit, 2 * _liveBytes + size)));
        return null;
    }

    private Block Map(long size, long bytes)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                var block = new Block(size);
                _mapped++;
                return block;
            }
            catch (OutOfMemoryException error)
            {
                if (attempt > 0)
                    throw new OutOfMemoryException($"DefaultCPUAllocator: can't allocate memory: you tried to allocate {bytes} bytes. Error code 12 (Cannot allocate memory)", error);
                _budget.Collect(2);
                Sweep();
                _free.Release(long.MaxValue);
            }
        }
    }

    /// <summary>Frees every block whose owner is unreachable.</summary>
    private void Sweep()
    {
        _sweptAtCollection = GC.CollectionCount(0);
        foreach (var block in _live)
            if (block.Owner is null)
                _dead.Add(block);
        // The youngest comes last and thus goes out first: it was written last.
        _dead.Sort(static (a, b) => a.RentedAs.CompareTo(b.RentedAs));
        foreach (var block in _dead)
            Retire(block);
        _dead.Clear();
        _early.Swept(_rents);
    }

    private void Retire(Block block)
    {
        var last = _live[^1];
        last.LiveIndex = block.LiveIndex;
        _live[block.LiveIndex] = last;
        _live.RemoveAt(_live.Count - 1);
        _byAddress.Remove(block.Address);
        _liveBytes -= block.Size;

        block.Owner = null;
        block.FreedAt = _clock.GetTimestamp();
        if (Torture)
            block.Poison();
        _free.Add(block);
        if (!_idleTimerRuns)
        {
            _idleTimerRuns = true;
            _idleTimer.Change(Idle, Idle);
        }
    }

    /// <summary>Gives everything back when nobody has asked for a block for a while.</summary>
    private void TrimIdle()
    {
        lock (_gate)
        {
            if (_clock.GetElapsedTime(_lastRent) < Idle)
                return;
            Sweep();
            _free.Release(long.MaxValue);
            _limit = Math.Max(_floor, _liveBytes + _liveBytes / 10 * 3);
            if (_live.Count == 0)
            {
                _idleTimerRuns = false;
                _idleTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
