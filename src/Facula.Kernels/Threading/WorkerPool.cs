using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Runs the chunks of a kernel on the calling thread and on a few threads of our own.</summary>
/// <remarks>
/// The chunk grid belongs to the caller and must depend on the shape only, so that no result depends on <see cref="Threads"/>.
/// One run at a time uses the workers; a nested call, or a second caller, does its chunks itself.
/// </remarks>
public static unsafe class WorkerPool
{
    private static readonly Lock Gate = new();
    private static int _threads = Environment.ProcessorCount;
    private static int _busy;
    private static volatile WorkerTeam? _team;

    /// <summary>How many threads, the caller's included, work on one run.</summary>
    public static int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            lock (Gate)
            {
                if (value == _threads)
                    return;
                Volatile.Write(ref _threads, value);
                // A run under way keeps the old team until its chunks are done; the next run hires a new one.
                _team?.Dismiss();
                _team = null;
            }
        }
    }

    /// <summary>How many worker threads exist; zero until a run needs one.</summary>
    internal static int StartedWorkers => _team?.Workers ?? 0;

    /// <summary>Runs chunks 0 … <paramref name="chunks"/> − 1 and returns when all are done; an exception in one of them comes out here.</summary>
    public static void Run<TBody>(int chunks, ref TBody body) where TBody : struct, IParallelBody
    {
        if (chunks <= 1 || _threads == 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body.Run(chunk);
            return;
        }

        try
        {
            // The copy lies on this stack, where no collection moves it; its references stay reported because its address is taken.
            TBody shared = body;
            (_team ?? Hire()).Run(chunks, &RunChunk<TBody>, Unsafe.AsPointer(ref shared));
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static void RunChunk<TBody>(void* body, int chunk) where TBody : struct, IParallelBody =>
        Unsafe.AsRef<TBody>(body).Run(chunk);

    private static WorkerTeam Hire()
    {
        lock (Gate)
            return _team ??= new WorkerTeam(_threads - 1);
    }
}
