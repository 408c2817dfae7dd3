namespace Facula;

/// <summary>
/// The sum that the gradient of one input will be added to. A formula that can add its part there by itself (a product, a scatter) saves a temporary tensor
/// and a pass over both: what counts where a weight serves many steps, or where gradients are collected over several batches.
/// </summary>
internal readonly struct GradientSum(BackwardNode node, int input)
{
    /// <summary>The sum so far, shaped as the input: the formula adds to it in place and answers no gradient then. None while there is no sum, where somebody else may see it, and where an operand lies in its memory.</summary>
    internal Hold Open(Tensor operand, Tensor? other = null)
    {
        if (GradMode.Enabled || Engine.DetectAnomaly || node.Hooks is not null || GraphTask.Current is not { CreateGraph: false, CaptureSlots: null } task) return default;
        Edge edge = node.EdgeAt(input);
        if (Found(task, edge, operand, other) is { } direct) return new(direct, null);
        // A transposed weight hands its gradient on to the weight.
        bool turned = edge.Node is Ops.MatrixTranspose.Node { Hooks: null };
        if (turned)
        {
            if (task.State(edge.Node!).Grad0 is not null) return default;
            edge = edge.Node!.EdgeAt(0);
            if (Found(task, edge, operand, other) is { } sum) return new(Ops.MatrixTranspose.Call(sum), null);
        }
        if (edge.Node is not AccumulateGrad { Hooks: null } leaf || task.State(leaf).Grad0 is not null) return default;
        // A leaf that was frozen since gets nothing.
        if (leaf.Variable.AutogradOrNull is not { RequiresGrad: true, GradFn: null, Grad: { } grad } || !Fits(grad, leaf.Output(0).Sizes, operand, other)) return default;
        Monitor.Enter(leaf);    // other threads' runs add to the same gradient
        return new(turned ? Ops.MatrixTranspose.Call(grad) : grad, leaf);
    }

    /// <summary>As <see cref="Open"/>, but zeros where there is no sum: for formulas that add to a few places; they answer <see cref="Hold.Result"/>.</summary>
    internal Hold OpenOrZeros(in TensorSpec spec, Tensor operand)
    {
        Hold hold = Open(operand);
        return hold.Sum is null ? new(spec.Zeros(), null, isNew: true) : hold;
    }

    private static Tensor? Found(GraphTask task, Edge edge, Tensor operand, Tensor? other)
    {
        if (edge.Node is null || edge.Index != 0) return null;
        ref NodeState state = ref task.State(edge.Node);
        return state.Owned0 && Fits(state.Grad0, edge.Node.Output(0).Sizes, operand, other) ? state.Grad0 : null;
    }

    private static bool Fits(Tensor? sum, in torch.Size sizes, Tensor operand, Tensor? other) =>
        sum is not null and not SparseTensor && sum.SizesRef == sizes && !sum.requires_grad && sum.DType == operand.DType && sum.DType.is_floating_point
        && (sum.IsContiguous || (sum.Rank == 2 && sum.Strides[0] == 1 && sum.Strides[1] == sum.Sizes[0])) && !Ops.Forms.SharesMemory(sum, operand) && !Ops.Forms.SharesMemory(sum, other);

    /// <summary>A sum held for adding: a leaf's own gradient is locked until the end.</summary>
    internal readonly ref struct Hold(Tensor? sum, AccumulateGrad? locked, bool isNew = false)
    {
        internal Tensor? Sum => sum;

        /// <summary>What the formula answers: nothing where it added to a sum that was there.</summary>
        internal Tensor? Result => isNew ? sum : null;

        public void Dispose()
        {
            if (locked is not null) Monitor.Exit(locked);
        }
    }
}
