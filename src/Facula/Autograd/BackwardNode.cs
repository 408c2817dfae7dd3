namespace Facula;

/// <summary>Where a gradient flows: an input slot of a node (an output of the operation it differentiates).</summary>
internal readonly struct Edge(BackwardNode? node, int index)
{
    internal readonly BackwardNode? Node = node;
    internal readonly int Index = index;
}

/// <summary>A node of the graph of derivatives: turns the gradients of an operation's outputs into those of its inputs.</summary>
public abstract partial class BackwardNode
{
    private Edge _edge0;
    private Edge _edge1;
    private Edge[]? _moreEdges;
    private OutputMeta _output0;
    private OutputMeta[]? _moreOutputs;

    /// <summary>Order of recording on its thread; the engine runs later nodes first.</summary>
    internal long Sequence = ThreadState.Nodes++;

    internal NodeState State;           // of the backward run that owns the node
    internal GraphTask? Owner;
    internal NodeHooks? Hooks;
    internal string? ForwardTrace;      // only in anomaly mode

    internal readonly record struct Hook(int Output, Func<Tensor, Tensor?> Run, object Token);

    /// <summary>Shape and dtype of one output of the forward operation.</summary>
    internal readonly struct OutputMeta(Size sizes, ScalarType dtype, Device? device)
    {
        internal readonly Size Sizes = sizes;
        internal readonly ScalarType DType = dtype;
        internal readonly Device? Device = device;
    }

    protected BackwardNode()
    {
        if (Engine.DetectAnomaly) ForwardTrace = Environment.StackTrace;
    }

    /// <summary>PyTorch's name of the node, such as <c>MulBackward0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>PyTorch's name of the node.</summary>
    public string name() => Name;

    /// <summary>The nodes that receive this node's gradients, with their slot; null where an input needs none.</summary>
    public (BackwardNode? node, int index)[] next_functions
    {
        get
        {
            var edges = new (BackwardNode?, int)[EdgeCount];
            for (int i = 0; i < edges.Length; i++) edges[i] = (EdgeAt(i).Node, EdgeAt(i).Index);
            return edges;
        }
    }

    internal int EdgeCount { get; private set; }
    internal int OutputCount { get; private set; }

    /// <summary>Computes the gradients of the inputs that need one.</summary>
    internal abstract void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads);

    /// <summary>Frees saved tensors; a later backward pass through the node throws.</summary>
    internal virtual void Release() { }

    /// <summary>Whether the gradients made by <see cref="Backward"/> are the node's own, so that the engine may reuse them.</summary>
    internal virtual bool MakesFreshGradients => true;

    internal Edge EdgeAt(int i) => i switch { 0 => _edge0, 1 => _edge1, _ => _moreEdges![i - 2] };

    internal bool Needs(int i) => EdgeAt(i).Node is not null;

    internal void SetEdgeCount(int count)
    {
        EdgeCount = count;
        if (count > 2) _moreEdges = new Edge[count - 2];
    }

    internal void SetEdge(int i, Tensor? input)
    {
        if (input is not null && input.NeedsGrad) SetEdge(i, input.GradientEdge());
    }

    internal void SetEdge(int i, Edge edge)
    {
        switch (i)
        {
            case 0: _edge0 = edge; break;
            case 1: _edge1 = edge; break;
            default: _moreEdges![i - 2] = edge; break;
        }
    }

    /// <summary>Makes the tensor the next output of this node.</summary>
    internal int AddOutput(Tensor output) => AddOutput(new OutputMeta(output.SizesRef, output.DType, output.Storage.DeviceOrNull));

    internal int AddOutput(in OutputMeta meta)
    {
        int index = OutputCount++;
        if (index == 0) _output0 = meta;
        else
        {
            Array.Resize(ref _moreOutputs, index);
            _moreOutputs[index - 1] = meta;
        }
        return index;
    }

    internal ref readonly OutputMeta Output(int i)
    {
        if (i == 0) return ref _output0;
        return ref _moreOutputs![i - 1];
    }

    /// <summary>The gradient of an output, or zeros where none arrived.</summary>
    internal Tensor GradOrZeros(Tensor? grad, int output)
    {
        if (grad is not null) return grad;
        ref readonly OutputMeta meta = ref Output(output);
        return new TensorSpec(meta.Sizes, meta.DType, meta.Device).Zeros();
    }

    public override string ToString() => $"<{Name}>";
}

/// <summary>What one backward run notes at a node.</summary>
internal struct NodeState
{
    internal int Dependencies;
    internal bool Visited;
    internal bool Needed;
    internal Tensor? Grad0;
    internal bool Owned0;               // Grad0 is the run's own: it may be added to in place
    internal Tensor?[]? MoreGrads;
}

/// <summary>The sink of a leaf: adds what arrives to the leaf's <c>grad</c>.</summary>
internal sealed class AccumulateGrad : BackwardNode
{
    private readonly Tensor _variable;

    internal AccumulateGrad(Tensor variable)
    {
        _variable = variable;
        Sequence = long.MaxValue;       // first among the ready ones, so that gradients do not linger
        AddOutput(variable);
    }

    internal Tensor Variable => _variable;

    public override Tensor? variable => _variable;

    public override string Name => "AccumulateGrad";

    /// <summary>The sink of the same leaf after it got other memory: same hooks, the shape that it has now.</summary>
    internal AccumulateGrad Renewed(Tensor variable) => new(variable) { Hooks = Hooks };

    internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads) => throw new InvalidOperationException("the engine accumulates leaves itself");

    /// <summary>Adds the gradient; takes it over when it is the run's own.</summary>
    internal void Accumulate(Tensor grad, bool owned)
    {
        AutogradMeta meta = _variable.AutogradOrNull!;
        // The leaf was frozen after the graph was made.
        if (!meta.RequiresGrad && meta.GradFn is null) return;
        grad = grad.resolve_conj();
        lock (this)
        {
            Tensor? current = meta.Grad;
            if (grad is SparseTensor || current is SparseTensor) meta.Grad = Sparse(current, grad, owned);
            else if (current is null)
            {
                // A view is taken over when it is all of its storage; as the gradient it is a view no longer.
                if (owned && !GradMode.Enabled && grad.ViewBase is not null && grad.Numel * grad.DType.itemsize == grad.Storage.Bytes)
                    grad = grad.Alias(grad.SizesRef, grad.StridesRef, grad.Offset);
                bool keep = !GradMode.Enabled && owned && grad.ViewBase is null && grad.HasLayoutOf(_variable) && !grad.IsInvalid;
                meta.Grad = keep ? grad.DetachedInPlace() : grad.CloneLike(_variable);
            }
            else if (GradMode.Enabled) meta.Grad = current + grad;
            else current.add_(grad);
            // A gradient lives as long as its parameter, not as the scope in which it was computed.
            if (ReferenceEquals(current, meta.Grad)) return;
            meta.Grad?.DetachFromDisposeScope();
            if (meta.Grad is not SparseTensor parts) return;
            parts.Indices.DetachFromDisposeScope();
            parts.Values.DetachFromDisposeScope();
        }
    }

    // A dense gradient stays the same tensor when a sparse one joins it.
    private static Tensor Sparse(Tensor? current, Tensor grad, bool owned)
    {
        if (current is null) return owned ? grad.DetachedInPlace() : ((SparseTensor)grad).Copy();
        if (current is SparseTensor || grad is not SparseTensor sparse || !current.IsContiguous) return SparseTensor.Sum(current, grad);
        sparse.AddTo(current);
        current.BumpVersion();
        return current;
    }
}
