using System.Runtime.CompilerServices;

namespace Facula;

/// <summary>
/// The backward pass: counts how many gradients each node will receive, then runs nodes whose gradients are complete, later ones first.
/// No recursion, no per-node dictionaries: marks live in the nodes and belong to the run that claimed them.
/// </summary>
internal static class Engine
{
    internal static bool DetectAnomaly;
    internal static bool AnomalyChecksNaN = true;

    /// <summary>Runs from the roots; with <paramref name="inputs"/>, answers their gradients (or accumulates into just these leaves).</summary>
    internal static Tensor?[] Run(ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor> rootGrads, bool keepGraph, bool createGraph, Tensor[]? inputs, bool accumulate)
    {
        bool gradMode = GradMode.Enabled;
        GraphTask task = GraphTask.Enter(keepGraph, createGraph);
        try
        {
            Edge only = default;
            Span<Edge> rootEdges = roots.Length == 1 ? new Span<Edge>(ref only) : new Edge[roots.Length];
            for (int i = 0; i < roots.Length; i++) rootEdges[i] = roots[i].GradientEdge();
            CountDependencies(task, rootEdges);
            if (inputs is not null) MarkNeeded(task, inputs, accumulate);
            GradMode.Enabled = createGraph;
            for (int i = 0; i < roots.Length; i++) Deliver(task, rootEdges[i], rootGrads[i], owned: false);
            for (int i = 0; i < roots.Length; i++)
            {
                ref NodeState state = ref task.State(rootEdges[i].Node!);
                if (state.Dependencies != 0) continue;
                state.Dependencies = -1;        // pushed once, though several roots may share the node
                task.Push(rootEdges[i].Node!);
            }
            while (task.TryPop(out BackwardNode node)) Step(task, node, inputs is not null, accumulate);
            return task.Captured;
        }
        finally
        {
            GradMode.Enabled = gradMode;
            task.Leave();
        }
    }

    private static void CountDependencies(GraphTask task, ReadOnlySpan<Edge> roots)
    {
        List<GraphTask.Slot> visited = task.Visited;
        foreach (Edge root in roots)
        {
            ref NodeState state = ref task.State(root.Node!);
            if (state.Visited) continue;
            state.Visited = true;
            visited.Add(new(root.Node!));
        }
        // The list itself is the queue: what lies behind `next` is still to be expanded.
        for (int next = 0; next < visited.Count; next++)
        {
            BackwardNode node = visited[next].Node;
            for (int i = 0; i < node.EdgeCount; i++)
            {
                if (node.EdgeAt(i).Node is not { } target) continue;
                ref NodeState state = ref task.State(target);
                state.Dependencies++;
                if (state.Visited) continue;
                state.Visited = true;
                visited.Add(new(target));
            }
        }
    }

    /// <summary>Only nodes on a path to the wanted inputs run.</summary>
    private static void MarkNeeded(GraphTask task, Tensor[] inputs, bool accumulate)
    {
        task.Captured = new Tensor?[inputs.Length];
        task.CaptureSlots = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            Edge edge = inputs[i].GradientEdge();
            if (edge.Node is null) continue;
            ref NodeState state = ref task.State(edge.Node);
            if (!state.Visited) continue;
            state.Needed = true;
            if (!accumulate || edge.Node is not AccumulateGrad) task.CaptureSlots.TryAdd((edge.Node, edge.Index), i);
        }
        // Breadth-first order does not promise that a node follows all nodes that lead to it: repeat until nothing changes.
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int n = task.Visited.Count - 1; n >= 0; n--)
            {
                BackwardNode node = task.Visited[n].Node;
                if (task.State(node).Needed) continue;
                for (int i = 0; i < node.EdgeCount; i++)
                {
                    if (node.EdgeAt(i).Node is not { } target || !task.State(target).Needed) continue;
                    task.State(node).Needed = true;
                    changed = true;
                    break;
                }
            }
        }
    }

    /// <summary>The gradients that a step handles are few mostly: no array then.</summary>
    [InlineArray(Length)]
    private struct Few
    {
        internal const int Length = 4;
        private Tensor? _first;
    }

    private static void Step(GraphTask task, BackwardNode node, bool restricted, bool accumulate)
    {
        ref NodeState state = ref task.State(node);
        int outputs = Math.Max(1, node.OutputCount);
        NodeHooks? hooks = node.Hooks;
        Few gradRoom = default, resultRoom = default;
        Tensor?[]? array = hooks is not null || outputs > Few.Length ? new Tensor?[outputs] : null;     // what hooks are given
        scoped Span<Tensor?> grads = array is null ? gradRoom[..outputs] : array;
        bool owned = state.Owned0;
        grads[0] = state.Grad0;
        if (state.MoreGrads is { } more) more.CopyTo(grads[1..]);
        bool needed = !restricted || state.Needed;
        state.Grad0 = null;
        state.MoreGrads = null;

        if (needed && hooks is not null && (hooks.Before.Count > 0 || hooks.BeforeAll.Count > 0))
        {
            owned = false;
            foreach (BackwardNode.Hook hook in hooks.Before.ToArray())
                if (array![hook.Output] is { } grad && hook.Run(grad) is { } replaced) array[hook.Output] = Checked(node, hook.Output, replaced);
            foreach (var hook in hooks.BeforeAll.ToArray())
                if (hook(array!) is { } replaced) grads = array = replaced;
        }
        if (task.CaptureSlots is { } slots)
        {
            for (int i = 0; i < outputs; i++)
                if (slots.TryGetValue((node, i), out int slot))
                {
                    task.Captured[slot] = grads[i];
                    owned = false;
                }
        }
        if (node is AccumulateGrad leaf)
        {
            if (grads[0] is { } grad && (!restricted || (accumulate && needed)))
            {
                leaf.Accumulate(grad, owned);
                RunPostHooks(leaf, default, grads);
                if (owned && hooks is null && !task.CreateGraph) GiveBack(grad, [leaf.Variable.grad]);
            }
            return;
        }
        if (!needed || !HasWork(task, node, restricted))
        {
            Release(task, node);
            Propagate(task, node, default, false);
            return;
        }
        scoped Span<Tensor?> results = node.EdgeCount <= Few.Length ? resultRoom[..node.EdgeCount] : new Tensor?[node.EdgeCount];
        int births = ThreadState.Births;
        if (DetectAnomaly) BackwardInAnomalyMode(node, grads, results);
        else node.Backward(grads, results);
        for (int i = 0; i < results.Length; i++)
        {
            if (node.EdgeAt(i) is not { Node: { } target } edge) results[i] = null;
            else if (results[i] is { } result) results[i] = Checked(target, edge.Index, result, node);
        }
        if (RunPostHooks(node, results, grads) is { } others) results = others;
        Release(task, node);
        bool fresh = node.MakesFreshGradients && node.Hooks is not { After.Count: > 0 };
        Storage? own = fresh && owned ? grads[0]!.Storage : null;
        Propagate(task, node, results, fresh, births, own);
        // A gradient of the run's own that has served its only node gives its memory to the next one, which the cache still holds.
        if (own is not null && !task.CreateGraph) GiveBack(grads[0]!, results);
    }

    /// <summary>Gives up a gradient of the run's own, unless its memory lives on in one of these.</summary>
    private static void GiveBack(Tensor grad, ReadOnlySpan<Tensor?> heirs)
    {
        if (!grad.Storage.IsPooled) return;
        foreach (Tensor? heir in heirs)
            if (ReferenceEquals(heir?.Storage, grad.Storage)) return;
        grad.Dispose();
    }

    private static void BackwardInAnomalyMode(BackwardNode node, ReadOnlySpan<Tensor?> grads, Span<Tensor?> results)
    {
        try
        {
            node.Backward(grads, results);
        }
        catch (TorchException error) when (node.ForwardTrace is not null)
        {
            throw Anomaly(node, error);
        }
        if (AnomalyChecksNaN) CheckNaN(node, results);
    }

    /// <summary>What the hooks after a node make of its results; null where there are none.</summary>
    private static Tensor?[]? RunPostHooks(BackwardNode node, ReadOnlySpan<Tensor?> results, ReadOnlySpan<Tensor?> grads)
    {
        if (node.Hooks is not { After: { Count: > 0 } after }) return null;
        Tensor?[] given = results.ToArray(), gradients = grads.ToArray();
        foreach (var hook in after.ToArray())
            if (hook(given, gradients) is { } replaced) given = replaced;
        return given;
    }

    private static bool HasWork(GraphTask task, BackwardNode node, bool restricted)
    {
        if (!restricted) return true;
        for (int i = 0; i < node.EdgeCount; i++)
            if (node.EdgeAt(i).Node is { } target && task.State(target).Needed) return true;
        return false;
    }

    private static void Release(GraphTask task, BackwardNode node)
    {
        if (!task.KeepGraph) node.Release();
    }

    private static void Propagate(GraphTask task, BackwardNode node, ReadOnlySpan<Tensor?> results, bool fresh, int births = 0, Storage? handedOn = null)
    {
        for (int i = 0; i < node.EdgeCount; i++)
        {
            Edge edge = node.EdgeAt(i);
            if (edge.Node is null) continue;
            if (i < results.Length && results[i] is { } result)
            {
                // Made by the node, or the run's own gradient that the node (a view's, say) has handed on.
                bool owned = fresh && (result.Storage.IsYoungerThan(births) && result.ViewBase is null || ReferenceEquals(result.Storage, handedOn) && CoversStorage(result)) && !AppearsAgain(results, i);
                Deliver(task, edge, result, owned);
            }
            ref NodeState state = ref task.State(edge.Node);
            if (--state.Dependencies == 0) task.Push(edge.Node);
        }
    }

    // Every element of the storage once, as a transposed gradient has; not so an expanded one or a part.
    private static bool CoversStorage(Tensor tensor) =>
        tensor.Numel * tensor.DType.itemsize == tensor.Storage.Bytes && tensor.Rank <= 2 && (tensor.IsContiguous || (tensor.Rank == 2 && tensor.Strides[0] == 1 && tensor.Strides[1] == tensor.Sizes[0]));

    private static bool AppearsAgain(ReadOnlySpan<Tensor?> results, int index)
    {
        for (int i = 0; i < results.Length; i++)
            if (i != index && results[i] is { } other && ReferenceEquals(other.Storage, results[index]!.Storage)) return true;
        return false;
    }

    /// <summary>Adds a gradient to the slot of a node.</summary>
    private static void Deliver(GraphTask task, Edge edge, Tensor grad, bool owned)
    {
        ref NodeState state = ref task.State(edge.Node!);
        if (edge.Index == 0)
        {
            if (state.Grad0 is null) (state.Grad0, state.Owned0) = (grad, owned);
            else if (grad.is_sparse || state.Grad0.is_sparse) (state.Grad0, state.Owned0) = (SparseTensor.Sum(state.Grad0, grad), true);
            else if (state.Owned0 && !task.CreateGraph && state.Grad0.DType == grad.DType)
            {
                state.Grad0.add_(grad);
                if (owned) GiveBack(grad, [state.Grad0]);
            }
            else
            {
                Tensor sum = state.Grad0 + grad;
                state = ref task.State(edge.Node!);
                (state.Grad0, state.Owned0) = (sum, !task.CreateGraph);
            }
            return;
        }
        Tensor?[] more = state.MoreGrads ??= new Tensor?[edge.Node!.OutputCount - 1];
        ref Tensor? slot = ref more[edge.Index - 1];
        slot = slot is null ? grad : slot.is_sparse || grad.is_sparse ? SparseTensor.Sum(slot, grad) : slot + grad;
    }

    /// <summary>A gradient has the shape and type of what it differentiates: broadcasting is summed away here, once for all formulas.</summary>
    private static Tensor Checked(BackwardNode target, int output, Tensor grad, BackwardNode? source = null)
    {
        ref readonly BackwardNode.OutputMeta meta = ref target.Output(output);
        if (grad.SizesRef != meta.Sizes)
        {
            if (!Ops.SumToSize.IsExpandable(meta.Sizes, grad.SizesRef))
                throw new TorchException($"Function {source?.Name ?? target.Name} returned an invalid gradient at index {output} - got {grad.SizesRef.Brackets()} but expected shape compatible with {meta.Sizes.Brackets()}");
            grad = Ops.SumToSize.Call(grad, meta.Sizes);
        }
        if (grad.DType != meta.DType)
        {
            if (grad.DType.is_complex && !meta.DType.is_complex) grad = torch.real(grad);
            grad = grad.to(meta.DType);
        }
        return grad;
    }

    private static void CheckNaN(BackwardNode node, ReadOnlySpan<Tensor?> results)
    {
        for (int i = 0; i < results.Length; i++)
            if (results[i] is { } result && result.DType.IsDifferentiable && torch.isnan(result).any().item().ToBoolean())
                throw Anomaly(node, new TorchException($"Function '{node.Name}' returned nan values in its {i}th output."));
    }

    private static TorchException Anomaly(BackwardNode node, TorchException error)
    {
        torch.warnings.warn($"Error detected in {node.Name}. Traceback of forward call that caused the error:\n{node.ForwardTrace}", always: true);
        return new TorchException(error.Message + $"\nThe forward call of {node.Name}:\n{node.ForwardTrace}", error);
    }
}
