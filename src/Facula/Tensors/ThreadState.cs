namespace Facula;

/// <summary>What every operation asks of its thread, side by side: thread-local memory is cheap to read when it is found once.</summary>
internal static class ThreadState
{
    /// <summary>The modes that are on; none on a new thread.</summary>
    [ThreadStatic] internal static ThreadModes Modes;

    /// <summary>How many storages the thread has made.</summary>
    [ThreadStatic] internal static int Births;

    /// <summary>How many nodes of graphs the thread has made.</summary>
    [ThreadStatic] internal static long Nodes;

    internal static void Set(ThreadModes mode, bool on) => Modes = on ? Modes | mode : Modes & ~mode;
}

/// <summary>Modes of a thread, as bits.</summary>
[Flags]
internal enum ThreadModes
{
    None = 0,
    NoGrad = 1,
    Inference = 2,
    InDisposeScope = 4,

    /// <summary>Those that mark or list each new tensor.</summary>
    OfNewTensors = Inference | InDisposeScope,
}
