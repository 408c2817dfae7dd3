using System.Diagnostics;

namespace Facula.Kernels;

/// <summary>Collects the youngest generation when small blocks have filled the near caches, so that the next ones are among those.</summary>
/// <remarks>
/// A collection of a small young heap takes 30 to 80 µs. Where it takes longer, because much is alive or many threads wait, the attempts become rare.
/// See Note [Small tensors].
/// </remarks>
internal sealed class YoungCollections
{
    /// <summary>Bytes handed out between collections.</summary>
    internal const long Interval = 4L << 20;

    // After attempts that did not pay, at first and at most.
    private const long FirstPause = 16L << 20;
    private const long LongestPause = 1L << 30;

    // Nanoseconds that a collection may take: cold memory costs about one per eight bytes, and half of that may go into it.
    private const long Allowance = Interval / 16;

    // The first attempts after other work find cold caches and take twice as long as those that follow, so that one or two of them say little.
    private const long LargestDebt = 3 * Allowance, LargestExcess = 2 * Allowance;

    private long _handedOut;
    private long _due = Interval;
    private long _pause = FirstPause;
    private long _debt;

    /// <summary>Notes bytes handed out, and whether they suggest a collection.</summary>
    public bool AreDue(long bytes) => (_handedOut += bytes) >= _due;

    /// <summary>Collects the youngest generation.</summary>
    public void Collect()
    {
        long start = Stopwatch.GetTimestamp();
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        Judge((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
    }

    /// <summary>Draws the conclusions from what a collection cost, in nanoseconds.</summary>
    internal void Judge(long cost)
    {
        _debt = Math.Max(0, _debt + Math.Min(cost - Allowance, LargestExcess));
        _handedOut = 0;
        _due = Interval;
        if (_debt == 0)
            _pause = FirstPause;
        if (_debt < LargestDebt)
            return;
        _due = _pause;
        _pause = Math.Min(_pause * 4, LongestPause);
        _debt = 0;
    }
}
