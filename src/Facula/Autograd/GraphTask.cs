using System.Runtime.InteropServices;

namespace Facula;

/// <summary>One backward run: its marks on the nodes, the ready queue, and what it captures.</summary>
internal sealed class GraphTask(bool keepGraph, bool createGraph)
{
    [ThreadStatic] private static GraphTask? t_current;

    private readonly GraphTask? _outer = t_current;

    /// <summary>The innermost run of this thread.</summary>
    internal static GraphTask? Current => t_current;

    internal readonly bool KeepGraph = keepGraph;
    internal readonly bool CreateGraph = createGraph;
    internal readonly List<BackwardNode> Visited = [];
    internal Dictionary<(BackwardNode, int), int>? CaptureSlots;
    internal Tensor?[] Captured = [];

    // Nodes that another run is using keep this run's state here.
    private Dictionary<BackwardNode, NodeState>? _foreign;
    private readonly List<BackwardNode> _ready = [];   // ordered by sequence, the last one runs next

    /// <summary>Makes the run the thread's current one; <see cref="Leave"/> ends it.</summary>
    internal void Enter() => t_current = this;

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
        while (at > 0 && _ready[at - 1].Sequence > node.Sequence) at--;
        _ready.Insert(at, node);
    }

    internal bool TryPop(out BackwardNode node)
    {
        if (_ready.Count == 0)
        {
            node = null!;
            return false;
        }
        node = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        return true;
    }

    /// <summary>Gives the nodes back.</summary>
    internal void Leave()
    {
        t_current = _outer;
        foreach (BackwardNode node in Visited)
        {
            if (!ReferenceEquals(node.Owner, this)) continue;
            node.State = default;
            Volatile.Write(ref node.Owner, null);
        }
    }
}
