using System.Diagnostics;

namespace Facula.Kernels;

/// <summary>Collects the youngest generation when small arrays have filled the near caches, so that the next ones lie in warm memory again.</summary>
/// <remarks>
/// The runtime lets a young generation grow as large as the whole processor's last cache, and an array of 4,000 bytes there costs three times as much as
/// in memory that was used just before. A collection of a small young heap takes some 30 µs. Where it takes longer, because much is alive or many
/// threads wait, the attempts become rare. See Note [Small tensors].
/// </remarks>
public static class YoungArrays
{
    /// <summary>Smaller objects gain less than counting them costs.</summary>
    public const long Smallest = 1 << 10;

    /// <summary>Bytes of arrays between collections.</summary>
    internal const long Interval = 2L << 20;

    // After attempts that did not pay, at first and at most.
    private const long FirstPause = 16L << 20;
    private const long LongestPause = 1L << 30;

    // Cold memory costs about a nanosecond per eight bytes; half of that may go into the collection.
    private const long BytesPerNanosecond = 16;

    private static readonly Lock Gate = new();
    private static long _handedOut;
    private static long _due = Interval;
    private static long _pause = FirstPause;
    private static bool _failedBefore;

    /// <summary>Notes an array that was made just now; the count need not be exact, so threads do not wait for each other.</summary>
    public static void Made(long bytes)
    {
        if ((_handedOut += bytes) >= _due)
            Collect();
    }

    private static void Collect()
    {
        if (!Gate.TryEnter())
            return;
        try
        {
            long start = Stopwatch.GetTimestamp();
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            Judge(Stopwatch.GetElapsedTime(start));
            _handedOut = 0;
        }
        finally
        {
            Gate.Exit();
        }
    }

    // One attempt may have been held up by something else; only the second in a row tells.
    private static void Judge(TimeSpan cost)
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
