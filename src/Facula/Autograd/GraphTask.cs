using System.Runtime.InteropServices;

namespace Facula;

/// <summary>One backward run: its marks on the nodes, the ready queue, and what it captures.</summary>
internal sealed class GraphTask
{
    [ThreadStatic] private static GraphTask? t_current;
    [ThreadStatic] private static GraphTask? t_spare;   // of the last run, with its lists

    private GraphTask? _outer;

    /// <summary>The innermost run of this thread.</summary>
    internal static GraphTask? Current => t_current;

    internal bool KeepGraph { get; private set; }
    internal bool CreateGraph { get; private set; }
    /// <summary>A node in a list: arrays of structs are written without a look at the type of what is written.</summary>
    internal readonly record struct Slot(BackwardNode Node);

    internal readonly List<Slot> Visited = [];
    internal Dictionary<(BackwardNode, int), int>? CaptureSlots;
    internal Tensor?[] Captured = [];

    /// <summary>Somebody tells runs apart by this object: it serves no other run.</summary>
    internal bool IsRemembered;

    // Nodes that another run is using keep this run's state here.
    private Dictionary<BackwardNode, NodeState>? _foreign;
    private readonly List<Slot> _ready = [];   // ordered by sequence, the last one runs next

    private GraphTask() { }

    /// <summary>A run that is the thread's current one; <see cref="Leave"/> ends it.</summary>
    internal static GraphTask Enter(bool keepGraph, bool createGraph)
    {
        GraphTask task = t_spare ?? new GraphTask();
        t_spare = null;
        (task.KeepGraph, task.CreateGraph, task._outer) = (keepGraph, createGraph, t_current);
        return t_current = task;
    }

    /// <summary>Whether a gradient will arrive at the node.</summary>
    internal bool Reaches(BackwardNode node)
    {
        ref NodeState state = ref State(node);
        return state.Visited && (Captured.Length == 0 || state.Needed);
    }

    /// <summary>This run's state at the node; the reference is valid until the next call.</summary>
    internal ref NodeState State(BackwardNode node)
    {
        if (ReferenceEquals(node.Owner, this)) return ref node.State;
        if (node.Owner is null && Interlocked.CompareExchange(ref node.Owner, this, null) is null)
        {
            if (_foreign is null || !_foreign.ContainsKey(node)) return ref node.State;
            node.Owner = null;
        }
        _foreign ??= [];
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_foreign, node, out _);
    }

    internal void Push(BackwardNode node)
    {
        int at = _ready.Count;
        while (at > 0 && _ready[at - 1].Node.Sequence > node.Sequence) at--;
        _ready.Insert(at, new(node));
    }

    internal bool TryPop(out BackwardNode node)
    {
        if (_ready.Count == 0)
        {
            node = null!;
            return false;
        }
        node = _ready[^1].Node;
        _ready.RemoveAt(_ready.Count - 1);
        return true;
    }

    private const int MostKept = 4096;  // nodes: the list of a larger graph is not kept

    /// <summary>Gives the nodes back.</summary>
    internal void Leave()
    {
        t_current = _outer;
        foreach (Slot slot in CollectionsMarshal.AsSpan(Visited))
        {
            BackwardNode node = slot.Node;
            if (!ReferenceEquals(node.Owner, this)) continue;
            node.State = default;
            Volatile.Write(ref node.Owner, null);
        }
        if (IsRemembered || Visited.Capacity > MostKept) return;
        (_outer, CaptureSlots, Captured, _foreign) = (null, null, [], null);
        Visited.Clear();
        _ready.Clear();
        t_spare = this;
    }
}
