namespace Facula;

/// <summary>The node of a custom function: runs its <c>forward</c> unrecorded and is the derivative by its <c>backward</c>.</summary>
internal sealed class FunctionNode : BackwardNode
{
    private readonly string _function;
    private readonly Func<torch.autograd.Function.Context, Tensor?[], Tensor?[]> _backward;
    private readonly torch.autograd.Function.Context _context;
    private int[] _edges = [];          // per argument: the edge of a tensor, else -1
    private bool[] _wanted = [];        // per argument, before the edges are set
    private SavedTensor[] _saved = [];

    internal FunctionNode(string function, Func<torch.autograd.Function.Context, Tensor?[], Tensor?[]> backward)
    {
        _function = function;
        _backward = backward;
        _context = new torch.autograd.Function.Context(this);
    }

    public override string Name => _function + "Backward";

    internal bool IsRecorded { get; private set; }

    // What a user's backward answers may be kept by the context or be the incoming gradient itself.
    internal override bool MakesFreshGradients => false;

    internal Tensor?[] Saved() => Array.ConvertAll(_saved, s => s.GetOrNull(this));

    internal override void Release()
    {
        for (int i = 0; i < _saved.Length; i++) _saved[i].Clear();
    }

    internal bool[] NeedsInputGrad() => IsRecorded ? Array.ConvertAll(_edges, e => e >= 0 && Needs(e)) : _wanted;

    /// <summary>Runs the function on the arguments; answers its outputs with their history.</summary>
    internal Tensor?[] Run(object?[] arguments, Func<torch.autograd.Function.Context, Tensor?[]> forward)
    {
        _wanted = Array.ConvertAll(arguments, a => a is Tensor { NeedsGrad: true });
        bool records = GradMode.Enabled && _wanted.Contains(true);
        Tensor?[] outputs;
        using (torch.no_grad())
        {
            outputs = forward(_context);
            CheckDirty(outputs);
            for (int i = 0; i < outputs.Length; i++)
                if (outputs[i] is { } output && arguments.Contains(output, ReferenceEqualityComparer.Instance) && !IsIn(_context.Dirty, output))
                    outputs[i] = output.View(new ViewSpec(output.SizesRef, output.StridesRef, output.Offset));
        }
        if (!records) return outputs;
        SetEdges(arguments);
        foreach (Tensor? output in outputs) Record(output, outputs.Length);
        _saved = Array.ConvertAll(_context.ToSave, t => SavedTensor.Save(t, t is not null && IsIn(outputs, t)));
        IsRecorded = true;
        return outputs;
    }

    private void CheckDirty(Tensor?[] outputs)
    {
        foreach (Tensor dirty in _context.Dirty)
            if (!IsIn(outputs, dirty))
                throw new TorchException("Some elements marked as dirty during the forward method were not returned as output. The inputs that are modified inplace must all be outputs of the Function.");
    }

    private void SetEdges(object?[] arguments)
    {
        _edges = new int[arguments.Length];
        int count = 0;
        for (int i = 0; i < arguments.Length; i++) _edges[i] = arguments[i] is Tensor ? count++ : -1;
        SetEdgeCount(count);
        for (int i = 0; i < arguments.Length; i++)
            if (arguments[i] is Tensor tensor) SetEdge(_edges[i], tensor);
    }

    private void Record(Tensor? output, int outputs)
    {
        if (output is null)
        {
            AddOutput(new OutputMeta(default, torch.get_default_dtype(), torch.CPU));
            return;
        }
        if (!output.DType.IsDifferentiable || IsIn(_context.NonDifferentiable, output))
        {
            AddOutput(output);
            return;
        }
        if (!IsIn(_context.Dirty, output))
        {
            output.SetHistory(this);
            return;
        }
        if (output.NeedsGrad && output.GradFnOrNull is null && output.ViewBase is null)
            throw new TorchException("a leaf Variable that requires grad has been used in an in-place operation.");
        if (output.ViewBase is not null && outputs > 1)
            throw new TorchException("If your Function modifies inplace an input that is a view of another Variable, your Function cannot return more than one Variable. This is not supported by the current autograd engine. You should either make sure the input is not a view (using .clone() for example) or make your Function only return one Variable (potentially splitting it into two Functions: one doing the inplace that returns a single Variable and a second one that does the other operations). You can ask on the forum https://discuss.pytorch.org/ if you need help to do this change.");
        InPlace.Rebase(output, this);
    }

    internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads)
    {
        var incoming = new Tensor?[Math.Max(1, OutputCount)];
        bool any = false;
        for (int i = 0; i < incoming.Length; i++)
        {
            Tensor? grad = i < grads.Length ? grads[i] : null;
            any |= grad is not null;
            incoming[i] = grad is null && _context.MaterializesGrads ? GradOrZeros(null, i) : grad;
        }
        if (!any) return;
        Tensor?[] results = _backward(_context, incoming);
        int given = results.Length;
        // PyTorch lets a backward answer more than was asked, as long as the rest is None.
        while (given > _edges.Length && results[given - 1] is null) given--;
        if (given != _edges.Length)
            throw new TorchException($"function {Name} returned an incorrect number of gradients (expected {_edges.Length}, got {results.Length})");
        for (int i = 0; i < given; i++)
        {
            if (_edges[i] >= 0) inputGrads[_edges[i]] = results[i];
            else if (results[i] is not null)
                throw new TorchException($"function {Name} returned a gradient different from None at position {i + 1}, but the corresponding forward input was not a Variable");
        }
    }

    private static bool IsIn(IReadOnlyList<Tensor?> list, Tensor tensor)
    {
        for (int i = 0; i < list.Count; i++)
            if (ReferenceEquals(list[i], tensor)) return true;
        return false;
    }
}

/// <summary>Stands behind gradients that must not be differentiated again.</summary>
internal sealed class NotTwiceNode : BackwardNode
{
    internal NotTwiceNode(Tensor?[] grads)
    {
        SetEdgeCount(grads.Length);
        for (int i = 0; i < grads.Length; i++) SetEdge(i, grads[i]);
    }

    public override string Name => "DelayedErrorBackward";

    internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads) =>
        throw new TorchException("trying to differentiate twice a function that was marked with @once_differentiable");
}
