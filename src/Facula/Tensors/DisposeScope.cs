namespace Facula;

public static partial class torch
{
    /// <summary>A scope that disposes the tensors made on this thread within it; never needed, but it returns memory at once.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScope.Open();

    /// <summary>The innermost dispose scope of this thread, or null.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    /// <summary>Runs <paramref name="body"/> in a dispose scope and keeps only its result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> body)
    {
        using DisposeScope scope = NewDisposeScope();
        return body().MoveToOuterDisposeScope();
    }
}

/// <summary>Disposes the tensors that were made on its thread while it was open.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? s_current;

    private readonly DisposeScope? _outer;
    private readonly HashSet<Tensor> _tensors = new(ReferenceEqualityComparer.Instance);
    private bool _closed;

    private DisposeScope(DisposeScope? outer) => _outer = outer;

    internal static DisposeScope? Current => s_current;

    internal static DisposeScope Open() => Enter(new DisposeScope(s_current))!;

    private static DisposeScope? Enter(DisposeScope? scope)
    {
        ThreadState.Set(ThreadModes.InDisposeScope, scope is not null);
        return s_current = scope;
    }

    internal static void Enlist(Tensor tensor) => s_current?._tensors.Add(tensor);

    /// <summary>Number of live tensors that the scope will dispose.</summary>
    public int DisposablesCount => _tensors.Count(t => !t.IsInvalid);

    /// <summary>Whether the scope will dispose the tensor.</summary>
    public bool Contains(Tensor tensor) => _tensors.Contains(tensor);

    /// <summary>Puts the tensor under this scope.</summary>
    public Tensor Attach(Tensor tensor)
    {
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Takes the tensor out of this scope and those around it.</summary>
    public Tensor Detach(Tensor tensor)
    {
        for (DisposeScope? scope = this; scope is not null; scope = scope._outer) scope._tensors.Remove(tensor);
        return tensor;
    }

    /// <summary>Hands the tensor to the scope around this one.</summary>
    public Tensor MoveToOuter(Tensor tensor)
    {
        if (_tensors.Remove(tensor)) _outer?._tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Disposes all but the named tensors now.</summary>
    public void DisposeEverythingBut(params IEnumerable<Tensor> keep)
    {
        var kept = new HashSet<Tensor>(keep, ReferenceEqualityComparer.Instance);
        foreach (Tensor tensor in _tensors.Where(t => !kept.Contains(t)).ToArray())
        {
            tensor.Dispose();
            _tensors.Remove(tensor);
        }
    }

    /// <summary>Disposes all tensors of the scope now.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    public void Dispose()
    {
        if (_closed) return;
        if (s_current != this)
            throw new InvalidOperationException("a dispose scope must be closed on its thread, innermost first; was there an `await` inside it?");
        _closed = true;
        Enter(_outer);
        foreach (Tensor tensor in _tensors) tensor.Dispose();
    }
}
