namespace Facula;

/// <summary>In-place writes and views: keeps the graph true when memory that others see is written. See docs/notes/views-and-inplace.md.</summary>
internal static class InPlace
{
    /// <summary>PyTorch's checks before an in-place operation that would be recorded.</summary>
    internal static void Check(Tensor input)
    {
        if (input.IsInferenceTensor && !GradMode.IsInference)
            throw new TorchException("Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details.");
        if (!GradMode.Enabled) return;
        bool view = input.ViewBase is not null;
        if (view && (input.NeedsGrad || input.ViewBase!.NeedsGrad))
        {
            if (input.IsOfMultiView)
                throw new TorchException($"Output {input.OutputIndex} of {input.grad_fn?.Name ?? "UnbindBackward0"} is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.");
            if (input.IsViewMadeInNoGrad)
                throw new TorchException("A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).");
            if (input.ViewBase!.NeedsGrad && input.ViewBase.GradFnOrNull is null)
                throw new TorchException("a view of a leaf Variable that requires grad is being used in an in-place operation.");
        }
        if (input.NeedsGrad && input.GradFnOrNull is null)
            throw new TorchException("a leaf Variable that requires grad is being used in an in-place operation.");
    }

    /// <summary>Refuses to write where several elements share a memory location.</summary>
    internal static void CheckOverlap(Tensor input)
    {
        if (input.IsContiguous) return;
        for (int i = 0; i < input.Rank; i++)
            if (input.Sizes[i] > 1 && input.Strides[i] == 0)
                throw new TorchException("unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.");
    }

    /// <summary>Refuses to read memory that is written to, where both tensors lie dense in the same storage.</summary>
    internal static void RefuseMeeting(Tensor written, Tensor read)
    {
        if (written.Numel == 0 || read.Numel == 0 || !written.IsDense || !read.IsDense) return;
        long begin = written.Offset * written.itemsize, other = read.Offset * read.itemsize;
        if (begin < other + read.Numel * read.itemsize && other < begin + written.Numel * written.itemsize)
            throw new TorchException("unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation.");
    }

    /// <summary>Makes <paramref name="node"/> the history of the tensor that was just overwritten, and of the base it is a view of.</summary>
    internal static void Rebase(Tensor written, BackwardNode node)
    {
        if (written.ViewBase is not { } root)
        {
            written.SetHistory(node);
            return;
        }
        node.AddOutput(written);
        var slices = new CopySlices(root, written, node);
        root.SetHistory(slices);
        written.FollowBase();
    }

    /// <summary>Notes that a write happened and, when it was not recorded, nothing else.</summary>
    internal static void Written(Tensor input) => input.BumpVersion();
}

/// <summary>The history of a tensor part of which was overwritten through a view.</summary>
internal sealed class CopySlices : BackwardNode
{
    private readonly Size _baseSizes, _baseStrides, _sizes, _strides;
    private readonly long _offset;
    private readonly BackwardNode _write;
    private readonly ScalarType _dtype;
    private readonly bool _conjugate;

    internal CopySlices(Tensor root, Tensor view, BackwardNode write)
    {
        _baseSizes = root.SizesRef;
        _baseStrides = root.StridesRef;
        _sizes = view.SizesRef;
        _strides = view.StridesRef;
        _offset = view.Offset - root.Offset;
        _dtype = root.DType;
        _conjugate = root.IsConjugated != view.IsConjugated;
        _write = write;
        SetEdgeCount(Math.Max(1, write.EdgeCount));
        if (root.NeedsGrad) SetEdge(0, root.GradientEdge());
        for (int i = 1; i < write.EdgeCount; i++) SetEdge(i, write.EdgeAt(i));
        // The write differentiates with respect to the old content exactly when the base wants it.
        if (write.EdgeCount > 0) write.SetEdge(0, EdgeAt(0));
    }

    public override string Name => "CopySlices";

    internal override void Release() => _write.Release();

    internal override bool MakesFreshGradients => false;

    internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads)
    {
        if (grads[0] is not { } grad) return;
        Tensor whole = Tensor.Allocate(_baseSizes, _baseStrides, grad.DType, grad.device);
        whole.copy_(grad);
        Tensor slice = torch.as_strided(whole, _sizes, _strides, _offset);
        var results = new Tensor?[_write.EdgeCount];
        // Through a conjugate view, gradients are conjugated on the way in and out.
        if (_conjugate) slice = slice.conj();
        _write.Backward([slice.clone()], results);
        if (Needs(0))
        {
            if (results.Length > 0 && results[0] is { } inner) slice.copy_(inner);
            else slice.zero_();
            inputGrads[0] = whole;
        }
        for (int i = 1; i < results.Length; i++) inputGrads[i] = results[i];
    }
}

public static partial class torch
{
    public partial class Tensor
    {
        internal bool IsViewMadeInNoGrad => (_flags & TensorFlags.CreatedInNoGrad) != 0;
        internal bool IsOfMultiView => (_flags & TensorFlags.OfMultiView) != 0;

        /// <summary>A view of this tensor's memory, tracked as such.</summary>
        internal Tensor View(in ViewSpec spec, bool ofMultiView = false)
        {
            Tensor view = Alias(spec.Sizes, spec.Strides, spec.Offset, spec.DType, _base ?? this);
            if (spec.Conjugate) view.MarkConjugated(!IsConjugated);
            // A view is what the memory is, wherever it was made, and a view of a view stays under the same restrictions.
            view._viewVersion = view.Version;
            view._flags = (view._flags & ~TensorFlags.Inference) | (_flags & TensorFlags.Inference);
            if (_base is not null) view._flags |= _flags & (TensorFlags.CreatedInNoGrad | TensorFlags.OfMultiView);
            if (!GradMode.Enabled) view._flags |= TensorFlags.CreatedInNoGrad;
            if (ofMultiView) view._flags |= TensorFlags.OfMultiView;
            return view;
        }

        /// <summary>After a write elsewhere to the base, this view's history is a strided piece of the base's.</summary>
        internal void RefreshViewHistory()
        {
            if (_base is null || _viewVersion == Version || (GradFnOrNull is null && !_base.NeedsGrad)) return;
            if (IsOfMultiView)
                throw new TorchException($"Output {OutputIndex} of {GradFnOrNull?.Name ?? "UnbindBackward0"} is a view and its base or another view of its base has been modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.");
            if (IsViewMadeInNoGrad)
                throw new TorchException("A view was created in no_grad mode and its base or another view of its base has been modified inplace with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).");
            FollowBase();
        }

        internal void FollowBase()
        {
            var node = new AsStridedBackward0(_base!, this);
            AutogradMeta meta = Autograd;
            meta.OutputIndex = node.AddOutput(this);
            meta.GradFn = node;
            _viewVersion = Version;
        }
    }

    private sealed class AsStridedBackward0 : BackwardNode
    {
        private readonly Size _baseSizes, _baseStrides, _sizes, _strides;
        private readonly long _offset;
        private readonly bool _conjugate;

        internal AsStridedBackward0(Tensor root, Tensor view)
        {
            _baseSizes = root.SizesRef;
            _baseStrides = root.StridesRef;
            _sizes = view.SizesRef;
            _strides = view.StridesRef;
            _offset = view.Offset - root.Offset;
            _conjugate = root.IsConjugated != view.IsConjugated;
            SetEdgeCount(1);
            SetEdge(0, root.GradientEdge());
        }

        public override string Name => "AsStridedBackward0";

        internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads)
        {
            if (grads[0] is { } grad) inputGrads[0] = Ops.AsStrided.Scatter(_conjugate ? grad.conj() : grad, _baseSizes, _baseStrides, _sizes, _strides, _offset);
        }
    }
}
