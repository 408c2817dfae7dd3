using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>A fixed number of worker threads that serve one run after another.</summary>
/// <remarks>
/// Chunks are claimed one by one, and the caller waits only for claimed ones: a worker that the system has put aside delays nobody.
/// A late worker needs no generation number: it takes a chunk by lowering the number of unclaimed ones, whichever run that number
/// belongs to by then, and reads what to run only afterwards, when that run cannot end without it.
/// </remarks>
internal sealed unsafe class WorkerTeam
{
    // Waking a parked thread costs 20 µs and more; the gaps between the operations of a training step are mostly shorter than this.
    private static readonly long SpinTicks = Stopwatch.Frequency * 40 / 1_000_000;

    private readonly SemaphoreSlim _parking = new(0);
    private Counters _counters;
    private int _chunks;
    private delegate*<void*, int, void> _function;
    private void* _body;
    private ExceptionDispatchInfo? _error;
    private volatile bool _dismissed;

    /// <summary>Starts the threads.</summary>
    public WorkerTeam(int workers)
    {
        Workers = workers;
        for (int i = 1; i <= workers; i++)
            new Thread(Work) { IsBackground = true, Name = $"Facula worker {i}" }.UnsafeStart();
    }

    /// <summary>The number of threads beside the caller.</summary>
    public int Workers { get; }

    /// <summary>Lets the threads end when no chunk is left.</summary>
    public void Dismiss()
    {
        _dismissed = true;
        Interlocked.MemoryBarrier();
        Wake(Workers);
    }

    /// <summary>Runs all chunks; only one caller at a time may be here.</summary>
    public void Run(int chunks, delegate*<void*, int, void> function, void* body)
    {
        _chunks = chunks;
        _function = function;
        _body = body;
        _counters.Unfinished = chunks;
        // A full fence: either a worker about to park sees the chunks, or we see that it is parked.
        Interlocked.Exchange(ref _counters.Unclaimed, chunks);
        if (Volatile.Read(ref _counters.Parked) > 0)
            Wake(chunks - 1);

        while (TryRunChunk()) ;
        WaitForClaimedChunks();

        if (_error is { } error)
        {
            _error = null;
            error.Throw();
        }
    }

    private bool TryRunChunk()
    {
        int unclaimed;
        do
        {
            unclaimed = Volatile.Read(ref _counters.Unclaimed);
            if (unclaimed <= 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref _counters.Unclaimed, unclaimed - 1, unclaimed) != unclaimed);

        try
        {
            _function(_body, _chunks - unclaimed);
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(error), null);
            // Nobody needs the chunks that have not begun.
            int dropped = Interlocked.Exchange(ref _counters.Unclaimed, 0);
            Interlocked.Add(ref _counters.Unfinished, -dropped);
        }

        Interlocked.Decrement(ref _counters.Unfinished);
        return true;
    }

    private void WaitForClaimedChunks()
    {
        if (Volatile.Read(ref _counters.Unfinished) == 0)
            return;
        long end = Stopwatch.GetTimestamp() + SpinTicks;
        while (Volatile.Read(ref _counters.Unfinished) != 0)
        {
            // The worker may stand behind another process on its core; yielding lets the system sort that out.
            if (Stopwatch.GetTimestamp() > end)
                Thread.Yield();
            else
                Pause();
        }
    }

    private void Work()
    {
        long end = 0;
        while (true)
        {
            if (TryRunChunk())
            {
                end = Stopwatch.GetTimestamp() + SpinTicks;
                continue;
            }
            if (_dismissed)
                return;
            if (Stopwatch.GetTimestamp() < end)
            {
                for (int i = 0; i < 8 && Volatile.Read(ref _counters.Unclaimed) <= 0; i++)
                    Pause();
                continue;
            }
            Park();
            end = Stopwatch.GetTimestamp() + SpinTicks;
        }
    }

    private void Park()
    {
        Interlocked.Increment(ref _counters.Parked);
        // Whoever takes us off the count owes us a token, so having been taken off we must wait for it.
        if ((Volatile.Read(ref _counters.Unclaimed) > 0 || _dismissed) && TakeParked(1) == 1)
            return;
        _parking.Wait();
    }

    private void Wake(int wanted)
    {
        int count = TakeParked(wanted);
        if (count > 0)
            _parking.Release(count);
    }

    private int TakeParked(int wanted)
    {
        while (true)
        {
            int parked = Volatile.Read(ref _counters.Parked);
            int count = Math.Min(parked, wanted);
            if (count <= 0 || Interlocked.CompareExchange(ref _counters.Parked, parked - count, parked) == parked)
                return count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pause()
    {
        if (X86Base.IsSupported)
            X86Base.Pause();
        else if (ArmBase.IsSupported)
            ArmBase.Yield();
        else
            Thread.SpinWait(1);
    }

    /// <summary>What several threads write, each on cache lines of its own (two, since processors prefetch in pairs).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Counters
    {
        [FieldOffset(128)] public int Unclaimed;
        [FieldOffset(256)] public int Unfinished;
        [FieldOffset(384)] public int Parked;
    }
}
