namespace Facula;

/// <summary>Whether this thread records operations, and whether it runs in inference mode.</summary>
internal static class GradMode
{
    internal static bool Enabled
    {
        get => (ThreadState.Modes & ThreadModes.NoGrad) == 0;
        set => ThreadState.Set(ThreadModes.NoGrad, !value);
    }

    internal static bool IsInference
    {
        get => (ThreadState.Modes & ThreadModes.Inference) != 0;
        set => ThreadState.Set(ThreadModes.Inference, value);
    }
}

/// <summary>A grad-mode scope of one thread; disposing it restores what was before.</summary>
public sealed class GradModeScope : IDisposable
{
    private readonly bool _enabledBefore = GradMode.Enabled;
    private readonly bool _inferenceBefore = GradMode.IsInference;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly string _name;
    private bool _closed;

    internal GradModeScope(string name, bool enabled, bool? inference = null)
    {
        _name = name;
        GradMode.Enabled = enabled;
        if (inference is { } mode) GradMode.IsInference = mode;
    }

    public void Dispose()
    {
        if (_closed) return;
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException(
                $"a torch.{_name}() scope was opened on thread {_thread} and disposed on thread {Environment.CurrentManagedThreadId}: grad mode belongs to a thread. "
                + "The likely cause is an `await` inside the scope; open the scope after the await, or run the work synchronously.");
        _closed = true;
        GradMode.Enabled = _enabledBefore;
        GradMode.IsInference = _inferenceBefore;
    }
}

public static partial class torch
{
    /// <summary>Stops recording on this thread until the scope is disposed.</summary>
    public static GradModeScope no_grad() => new("no_grad", false);

    /// <summary>Records again on this thread, also inside <see cref="no_grad"/>.</summary>
    public static GradModeScope enable_grad() => new("enable_grad", true);

    /// <summary>Stops recording; tensors made inside never enter a graph.</summary>
    public static GradModeScope inference_mode(bool mode = true) => new("inference_mode", !mode, mode);

    /// <summary>Records or not, as <paramref name="mode"/> says; without a scope the setting stays.</summary>
    public static GradModeScope set_grad_enabled(bool mode) => new("set_grad_enabled", mode);

    /// <summary>Whether this thread records operations.</summary>
    public static bool is_grad_enabled() => GradMode.Enabled;

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => GradMode.IsInference;
}
