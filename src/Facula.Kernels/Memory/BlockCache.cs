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
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly CollectionBudget _budget;
    private readonly FreeBlocks _free = new();
    private readonly List<Block> _live = [];
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

    /// <summary>The memory of the machine or the container.</summary>
    private static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public nint Rent(long bytes, object owner)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentNullException.ThrowIfNull(owner);
        long size = SizeClass.RoundUp(bytes);
        lock (_gate)
        {
            if (Torture)
            {
                GC.Collect();
                Sweep();
            }
            var block = _free.TryTake(size) ?? Find(size) ?? Map(size, bytes);
            block.Owner = owner;
            block.LiveIndex = _live.Count;
            _live.Add(block);
            _byAddress.Add(block.Address, block);
            _liveBytes += block.Size;
            _peak = Math.Max(_peak, Total);
            _rents++;
            _lastRent = _clock.GetTimestamp();
            return block.Address;
        }
    }

    public void Return(nint address)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(address, out var block))
                throw new ArgumentException("the address is not that of a block in use; was it returned twice?");
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

    /// <summary>Looks for a block among those whose owners have died, collecting if the limit asks for it.</summary>
    private Block? Find(long size)
    {
        // Collections that others made may have left dead owners; looking is cheaper than fresh pages.
        if (_sweptAtCollection != GC.CollectionCount(0))
        {
            Sweep();
            if (_free.TryTake(size) is { } dead)
                return dead;
        }
        if (Total + size <= _limit)
            return null;

        bool scarce = Total + size > Available / 10 * 9;
        // Not generation 0 first: two collections in a row would carry what is alive straight to the dear generation.
        for (int generation = 1; generation <= 2; generation++)
        {
            if (!_budget.Allows(generation) && !(scarce && generation == 2))
                continue;
            _budget.Collect(generation);
            Sweep();
            if (_free.TryTake(size) is { } block)
                return block;
            // How much is really alive can be told only now; without a full collection the pool stays over its limit.
            if (generation == 2)
                _limit = Math.Max(_limit, _liveBytes + _liveBytes / 10 * 3 + size);
        }

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
        // Downwards, because retiring puts the last block in the place of the retired one.
        for (int i = _live.Count - 1; i >= 0; i--)
            if (_live[i].Owner is null)
                Retire(_live[i]);
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
