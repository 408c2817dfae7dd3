namespace Facula;

/// <summary>A hook on several tensors: runs once per backward pass, when the last of their gradients has come.</summary>
internal sealed class MultiGradHook(Tensor[] tensors, Action<Tensor?[]> run)
{
    private GraphTask? _task;
    private Tensor?[] _grads = [];
    private int _missing;

    internal HookHandle Register()
    {
        HookHandle[] handles = [.. tensors.Select((t, i) => t.register_hook(g => Receive(i, g)))];
        return new HookHandle(() => Array.ForEach(handles, h => h.remove()));
    }

    private void Receive(int index, Tensor grad)
    {
        lock (this)
        {
            GraphTask task = GraphTask.Current!;
            if (!ReferenceEquals(_task, task))
            {
                _task = task;
                task.IsRemembered = true;
                _grads = new Tensor?[tensors.Length];
                _missing = tensors.Count(t => task.Reaches(t.GradientEdge().Node!));
            }
            _grads[index] = grad;
            if (--_missing > 0) return;
            _task = null;
        }
        run(_grads);
    }
}

/// <summary>The hooks of one node, in lists that its leaf keeps when it gets other memory.</summary>
internal sealed class NodeHooks
{
    internal readonly List<BackwardNode.Hook> Before = [];
    internal readonly List<Func<Tensor?[], Tensor?[]?>> BeforeAll = [];
    internal readonly List<Func<Tensor?[], Tensor?[], Tensor?[]?>> After = [];
}

/// <summary>Hooks on nodes of the graph.</summary>
public abstract partial class BackwardNode
{
    /// <summary>The leaf that an <c>AccumulateGrad</c> node adds to; null for other nodes.</summary>
    public virtual Tensor? variable => null;

    /// <summary>A hook after the node has run; it gets the gradients of its inputs and of its outputs, and may replace the former.</summary>
    public HookHandle register_hook(Func<Tensor?[], Tensor?[], Tensor?[]?> fn)
    {
        List<Func<Tensor?[], Tensor?[], Tensor?[]?>> hooks = (Hooks ??= new()).After;
        hooks.Add(fn);
        return new HookHandle(() => hooks.Remove(fn));
    }

    /// <summary>A hook after the node has run that only looks.</summary>
    public HookHandle register_hook(Action<Tensor?[], Tensor?[]> fn) => register_hook((inputs, outputs) =>
    {
        fn(inputs, outputs);
        return null;
    });

    /// <summary>A hook before the node runs; it gets the gradients of its outputs, and may replace them.</summary>
    public HookHandle register_prehook(Func<Tensor?[], Tensor?[]?> fn)
    {
        List<Func<Tensor?[], Tensor?[]?>> hooks = (Hooks ??= new()).BeforeAll;
        hooks.Add(fn);
        return new HookHandle(() => hooks.Remove(fn));
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        public static partial class graph
        {
            /// <summary>A hook that runs once the gradients of all the tensors are known; null stands for a tensor that got none.</summary>
            public static HookHandle register_multi_grad_hook(TensorList tensors, Action<Tensor?[]> fn) => new MultiGradHook(tensors.ToArray(), fn).Register();
        }
    }

    public partial class Tensor
    {
        /// <summary>A hook on a leaf that runs after its <c>grad</c> was added to.</summary>
        public HookHandle register_post_accumulate_grad_hook(Action<Tensor> hook)
        {
            if (GradientEdge().Node is not AccumulateGrad accumulator)
                throw new TorchException(NeedsGrad ? "post accumulate grad hooks cannot be registered on non-leaf tensors" : "cannot register a hook on a tensor that doesn't require gradient");
            return accumulator.register_hook((_, _) =>
            {
                hook(this);
                return null;
            });
        }
    }
}
