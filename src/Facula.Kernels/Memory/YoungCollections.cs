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

    // Cold memory costs about a nanosecond per eight bytes; half of that may go into the collection.
    private const long BytesPerNanosecond = 16;

    private long _handedOut;
    private long _due = Interval;
    private long _pause = FirstPause;
    private bool _failedBefore;

    /// <summary>Notes bytes handed out, and whether they suggest a collection.</summary>
    public bool AreDue(long bytes) => (_handedOut += bytes) >= _due;

    /// <summary>Collects the youngest generation.</summary>
    public void Collect()
    {
        long start = Stopwatch.GetTimestamp();
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        Judge(Stopwatch.GetElapsedTime(start));
        _handedOut = 0;
    }

    // One attempt may have been held up by something else; only the second in a row tells.
    private void Judge(TimeSpan cost)
    {
        bool pays = cost.TotalNanoseconds * BytesPerNanosecond <= Interval;
        if (pays)
            _pause = FirstPause;
        _due = Interval;
        if (!pays && _failedBefore)
        {
            _due = _pause;
            _pause = Math.Min(_pause * 4, LongestPause);
        }
        _failedBefore = !pays;
    }
}
