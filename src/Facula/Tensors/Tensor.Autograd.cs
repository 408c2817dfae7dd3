using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        private AutogradMeta? _autograd;

        internal AutogradMeta? AutogradOrNull => _autograd;
        internal AutogradMeta Autograd => _autograd ??= new AutogradMeta();

        /// <summary>Whether the tensor is in a graph, or is a leaf that wants a gradient, or a view of such a tensor.</summary>
        internal bool NeedsGrad
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => _autograd is not null && (_autograd.GradFn is not null || _autograd.RequiresGrad) || _base is not null && _base.NeedsGradItself;
        }

        private bool NeedsGradItself => _autograd is not null && (_autograd.GradFn is not null || _autograd.RequiresGrad);

        internal BackwardNode? GradFnOrNull => _autograd?.GradFn;
        internal int OutputIndex => _autograd?.OutputIndex ?? 0;
        internal Tensor? ViewBase => _base;
        internal bool IsInferenceTensor => (_flags & TensorFlags.Inference) != 0;

        /// <summary>Whether operations on the tensor are recorded; can be set on leaves.</summary>
        public bool requires_grad
        {
            get => NeedsGrad;
            set => SetRequiresGrad(value, "only Tensors of floating point and complex dtype can require gradients");
        }

        /// <summary>Says whether the leaf wants a gradient, and returns the tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true) => SetRequiresGrad(requires_grad, "only Tensors of floating point dtype can require gradients");

        /// <summary>What <c>requires_grad: true</c> does in factories; PyTorch words its error in a third way there.</summary>
        internal Tensor MadeToRequireGrad() => SetRequiresGrad(true, "Only Tensors of floating point and complex dtype can require gradients");

        private Tensor SetRequiresGrad(bool requires_grad, string refusal)
        {
            if (GradFnOrNull is not null)
            {
                if (!requires_grad)
                    throw new TorchException("you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().");
                return this;
            }
            if (requires_grad && !DType.IsDifferentiable)
                throw new TorchException(refusal);
            if (requires_grad && IsInferenceTensor && !GradMode.IsInference)
                throw new TorchException("Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.");
            if (requires_grad || _autograd is not null) Autograd.RequiresGrad = requires_grad;
            return this;
        }

        /// <summary>The accumulated gradient, or null.</summary>
        [AllowNull]
        public Tensor grad
        {
            get
            {
                if (_autograd?.Grad is null && GradFnOrNull is not null && !_autograd!.RetainsGrad)
                    torch.warnings.warn("The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more informations.");
                return _autograd?.Grad!;
            }
            set
            {
                if (value is null)
                {
                    if (_autograd is not null) _autograd.Grad = null;
                    return;
                }
                if (ReferenceEquals(value, this)) throw new TorchException("can't assign Variable as its own grad");
                if (value.DType != DType)
                    throw new TorchException($"assigned grad has data of a different type: expected torch.{DType.LegacyName}Tensor, got torch.{value.DType.LegacyName}Tensor");
                if (value._sizes != _sizes) throw new TorchException($"assigned grad has data of a different size: expected {_sizes.Brackets()}, got {value._sizes.Brackets()}");
                Autograd.Grad = value;
            }
        }

        /// <summary>The node that made this tensor, or null for a leaf.</summary>
        public BackwardNode? grad_fn
        {
            get
            {
                RefreshViewHistory();
                return GradFnOrNull;
            }
        }

        /// <summary>Whether the tensor was not made by a recorded operation.</summary>
        public bool is_leaf => grad_fn is null;

        /// <summary>Index of this tensor among the outputs of its <see cref="grad_fn"/>.</summary>
        public int output_nr => OutputIndex;

        /// <summary>Whether <see cref="retain_grad"/> was called on a non-leaf.</summary>
        public bool retains_grad => _autograd is { RetainsGrad: true, GradFn: not null };

        /// <summary>Whether the tensor was made in inference mode.</summary>
        public bool is_inference() => IsInferenceTensor;

        /// <summary>Whether the tensor is a view of another's memory.</summary>
        public bool _is_view() => _base is not null;

        /// <summary>Number of in-place writes to the memory so far.</summary>
        public int _version_ => IsInferenceTensor ? throw new TorchException("Inference tensors do not track version counter.") : Version;

        /// <summary>Keeps the gradient of this non-leaf tensor during backward.</summary>
        public void retain_grad()
        {
            if (!NeedsGrad) throw new TorchException("can't retain_grad on Tensor that has requires_grad=False");
            if (grad_fn is not { } fn || _autograd!.RetainsGrad) return;
            _autograd.RetainsGrad = true;
            AutogradMeta meta = _autograd;
            (fn.Hooks ??= new()).Before.Add(new(_autograd.OutputIndex, g =>
            {
                meta.Grad = meta.Grad is null ? g.clone(contiguous_format) : meta.Grad + g;
                return null;
            }, RetainToken));
        }

        internal static readonly object RetainToken = new();

        /// <summary>A hook that sees, and may replace, the gradient of this tensor; the handle removes it.</summary>
        public HookHandle register_hook(Func<Tensor, Tensor?> hook)
        {
            if (!NeedsGrad) throw new TorchException("cannot register a hook on a tensor that doesn't require gradient");
            Edge edge = GradientEdge();
            var entry = new BackwardNode.Hook(edge.Index, hook, new object());
            List<BackwardNode.Hook> hooks = (edge.Node!.Hooks ??= new()).Before;
            // retain_grad sees the gradient after the hooks.
            int at = hooks.FindIndex(h => h.Token == RetainToken && h.Output == edge.Index);
            hooks.Insert(at < 0 ? hooks.Count : at, entry);
            return new HookHandle(() => hooks.Remove(entry));
        }

        /// <summary>A hook that only looks at the gradient of this tensor.</summary>
        public HookHandle register_hook(Action<Tensor> hook) => register_hook(g =>
        {
            hook(g);
            return null;
        });

        /// <summary>Computes the gradients of the leaves that this tensor depends on, and adds them to their <c>grad</c>.</summary>
        public void backward(Tensor? gradient = null, bool? retain_graph = null, bool create_graph = false, IEnumerable<Tensor>? inputs = null)
        {
            Tensor root = this, room = this;
            autograd.Backward(new(ref root), gradient is null ? default : new(ref gradient), new(ref room), retain_graph, create_graph, inputs?.ToArray());
        }

        /// <summary>The slot of the graph that takes this tensor's gradient.</summary>
        internal Edge GradientEdge()
        {
            RefreshViewHistory();
            AutogradMeta meta = Autograd;
            if (meta.GradFn is { } fn) return new Edge(fn, meta.OutputIndex);
            if (!meta.RequiresGrad) return default;
            if (meta.Accumulator is null) Interlocked.CompareExchange(ref meta.Accumulator, new AccumulateGrad(this), null);
            return new Edge(meta.Accumulator, 0);
        }

        internal void SetHistory(BackwardNode node)
        {
            AutogradMeta meta = Autograd;
            meta.OutputIndex = node.AddOutput(this);
            meta.GradFn = node;
            _viewVersion = Version;
        }

        internal void CopyAutogradFrom(Tensor other) => _autograd = other._autograd;

        /// <summary>Turns the engine's own gradient into a plain tensor.</summary>
        internal Tensor DetachedInPlace()
        {
            _autograd = null;
            return this;
        }

        /// <summary>Whether this gradient lies in memory as the variable does, or row by row where the variable leaves gaps: PyTorch's rule for gradients.</summary>
        internal bool HasLayoutOf(Tensor variable)
        {
            if (variable.IsContiguous || !variable.IsDense) return IsContiguous;
            for (int i = 0; i < Rank; i++)
                if (Sizes[i] != 1 && Strides[i] != variable.Strides[i]) return false;
            return true;
        }

        /// <summary>A copy in the layout of the variable.</summary>
        internal Tensor CloneLike(Tensor variable)
        {
            Tensor copy = variable.IsDense ? Allocate(SizesRef, variable.StridesRef, DType, device) : Allocate(SizesRef, DType, device);
            // A gradient with a history is copied with it, and prints CopyBackwards.
            if (GradMode.Enabled && NeedsGrad) return copy.copy_(this);
            copy.CopyRaw(this);
            return copy;
        }
    }
}

/// <summary>Removes the hook it stands for.</summary>
public sealed class HookHandle : IDisposable
{
    private Action? _remove;

    internal HookHandle(Action remove) => _remove = remove;

    /// <summary>Removes the hook.</summary>
    public void remove() => Interlocked.Exchange(ref _remove, null)?.Invoke();

    public void Dispose() => remove();
}
