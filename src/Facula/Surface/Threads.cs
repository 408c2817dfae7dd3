using Facula.Kernels;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    /// <summary>How many threads, the caller's included, work on one operation; results do not depend on it.</summary>
    public static void set_num_threads(int @int)
    {
        Check.That(@int > 0, $"Expected positive number of threads");
        WorkerPool.Threads = @int;
    }

    /// <summary>How many threads work on one operation.</summary>
    public static int get_num_threads() => WorkerPool.Threads;
}
