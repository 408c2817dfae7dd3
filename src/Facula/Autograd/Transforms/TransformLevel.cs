namespace Facula;

/// <summary>
/// One call of a transform of <c>torch.func</c>: makes the arguments that it differentiates by, and cuts its results off from them, so that
/// what the caller gets depends on the caller's tensors only. Levels nest because every level differentiates by tensors of its own.
/// </summary>
internal sealed class TransformLevel
{
    private readonly bool _recordedOutside = GradMode.Enabled;
    private readonly HashSet<Tensor> _own = new(ReferenceEqualityComparer.Instance);

    /// <summary>The arguments, those of the numbers replaced by fresh ones; and these alone.</summary>
    internal (Tensor[] All, Tensor[] Wrapped) Wrap(Tensor[] arguments, int[] numbers)
    {
        var all = (Tensor[])arguments.Clone();
        return (all, Array.ConvertAll(numbers, n => all[n] = Wrap(arguments[n])));
    }

    private Tensor Wrap(Tensor argument)
    {
        if (_recordedOutside && argument.NeedsGrad) return Differentiation.Alias(argument);
        return Own(argument.detach().requires_grad_());
    }

    /// <summary>Counts a leaf as the level's own.</summary>
    internal Tensor Own(Tensor leaf)
    {
        _own.Add(leaf);
        return leaf;
    }

    /// <summary>The results without the graph that only leads to this level.</summary>
    internal Tensor[] Release(Tensor[] results)
    {
        bool keep = _recordedOutside && LeadsElsewhere(results);
        return Differentiation.Detached(results, keep);
    }

    internal Tensor Release(Tensor result) => Release([result])[0];

    /// <summary>Further results of a user's function: the tensors in them are released as well.</summary>
    internal TAux Release<TAux>(TAux aux) => aux switch
    {
        Tensor tensor => (TAux)(object)Release(tensor),
        Tensor[] tensors => (TAux)(object)Release(tensors),
        _ => aux,
    };

    private bool LeadsElsewhere(Tensor[] results)
    {
        var seen = new HashSet<BackwardNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<BackwardNode>();
        foreach (Tensor result in results)
            if (result.NeedsGrad && result.GradientEdge().Node is { } root && seen.Add(root)) open.Push(root);
        while (open.TryPop(out BackwardNode? node))
        {
            if (node is AccumulateGrad leaf && !_own.Contains(leaf.Variable)) return true;
            for (int i = 0; i < node.EdgeCount; i++)
                if (node.EdgeAt(i).Node is { } next && seen.Add(next)) open.Push(next);
        }
        return false;
    }

    /// <summary>The positions that <c>argnums</c> means.</summary>
    internal static int[] Positions(Dims argnums, int count)
    {
        if (argnums.Count == 0) throw new TorchException("argnums must be non-empty");
        int[] positions = [.. argnums.Select(n => n >= -count && n < count ? (int)(n < 0 ? n + count : n)
            : throw new TorchException($"Got argnum={n}, but only {count} positional inputs"))];
        if (positions.Distinct().Count() != positions.Length) throw new TorchException($"argnums elements must be unique, got {argnums}");
        return positions;
    }
}
