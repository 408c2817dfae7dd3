namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            internal HookList<Func<Module, Tensor?[], Tensor?[], Tensor?[]?>>? BackwardHooks;
            internal HookList<Func<Module, Tensor?[], Tensor?[]?>>? BackwardPreHooks;

            /// <summary>A hook that sees the gradients of the module's inputs and outputs, and may replace those of the inputs.</summary>
            public HookHandle register_full_backward_hook(Func<Module, Tensor?[], Tensor?[], Tensor?[]?> hook, bool prepend = false) => (BackwardHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook that sees the gradients of the module's inputs and outputs.</summary>
            public HookHandle register_full_backward_hook(Action<Module, Tensor?[], Tensor?[]> hook, bool prepend = false) =>
                register_full_backward_hook((module, inputs, outputs) =>
                {
                    hook(module, inputs, outputs);
                    return null;
                }, prepend);

            /// <summary>A hook that sees the gradients of the module's outputs before its backward pass, and may replace them.</summary>
            public HookHandle register_full_backward_pre_hook(Func<Module, Tensor?[], Tensor?[]?> hook, bool prepend = false) => (BackwardPreHooks ??= new()).Add(hook, prepend);

            /// <summary>The older hook on the last node of the forward pass: sees that node's gradients, which are the module's only where it is one operation.</summary>
            public HookHandle register_backward_hook(Func<Module, Tensor?[], Tensor?[], Tensor?[]?> hook)
            {
                if (BackwardHooks is { Count: > 0 })
                    throw new TorchException("Cannot use both regular backward hooks and full backward hooks on a single Module. Please use only one of them.");
                return register_forward_hook((module, inputs, result) =>
                {
                    Tensor? output = result as Tensor ?? (result as System.Runtime.CompilerServices.ITuple)?[0] as Tensor;
                    if (output?.grad_fn is { } node) (node.Hooks ??= new()).After.Add((inputGrads, outputGrads) => hook(module, inputGrads, outputGrads));
                    return null;
                });
            }

            private protected bool HasBackwardHooks =>
                BackwardHooks is { Count: > 0 } || BackwardPreHooks is { Count: > 0 } || nn.modules.module.BackwardHooks.Count > 0;

            /// <summary>Runs a forward pass between the two identities that backward hooks hang on.</summary>
            private protected object? WithBackwardHooks(object?[] inputs, Func<object?[], object?> forward)
            {
                if (!GradMode.Enabled) return forward(inputs);
                var link = new BackwardHookLink(this, [.. nn.modules.module.BackwardHooks.Snapshot(), .. BackwardHooks?.Snapshot() ?? []], BackwardPreHooks?.Snapshot() ?? []);
                return link.WrapOutput(forward(link.WrapInputs(inputs)));
            }
        }

        /// <summary>Two identity nodes around a module: the outer sees the gradients of outputs, the inner those of inputs.</summary>
        private sealed class BackwardHookLink(Module module, Func<Module, Tensor?[], Tensor?[], Tensor?[]?>[] hooks, Func<Module, Tensor?[], Tensor?[]?>[] preHooks)
        {
            private Tensor?[] _outputGrads = [];
            private bool _anyInput;

            internal object?[] WrapInputs(object?[] inputs)
            {
                Tensor[] tensors = [.. inputs.OfType<Tensor>().Where(t => t.NeedsGrad)];
                if (tensors.Length == 0) return inputs;
                _anyInput = true;
                // The hooks see a place for each tensor among the inputs, empty where it needs no gradient.
                int[] places = [.. inputs.OfType<Tensor>().Index().Where(t => t.Item.NeedsGrad).Select(t => t.Index)];
                int count = inputs.OfType<Tensor>().Count();
                var node = new BackwardHookFunction(tensors, grads =>
                {
                    var seen = new Tensor?[count];
                    for (int i = 0; i < places.Length; i++) seen[places[i]] = grads[i];
                    Tensor?[] passed = Fire(seen);
                    return [.. places.Select(p => passed[p])];
                });
                var wrapped = (object?[])inputs.Clone();
                for (int i = 0; i < wrapped.Length; i++)
                    if (wrapped[i] is Tensor { NeedsGrad: true } tensor) wrapped[i] = node.Identity(tensor);
                return wrapped;
            }

            internal object? WrapOutput(object? output)
            {
                switch (output)
                {
                    case Tensor single: return WrapAll([single])[0];
                    case Tensor[] several: return WrapAll(several);
                    case (Tensor first, Tensor second):
                        Tensor[] pair = WrapAll([first, second]);
                        return (pair[0], pair[1]);
                    case (Tensor first, Tensor second, Tensor third):
                        Tensor[] triple = WrapAll([first, second, third]);
                        return (triple[0], triple[1], triple[2]);
                    case Modules.LSTMResult<Tensor> state:
                        Tensor[] wrapped = WrapAll([state.output, state.h_n, state.c_n]);
                        return new Modules.LSTMResult<Tensor>(wrapped[0], wrapped[1], wrapped[2]);
                    default: return output;
                }
            }

            private Tensor[] WrapAll(Tensor[] outputs)
            {
                Tensor[] tensors = [.. outputs.Where(t => t.NeedsGrad)];
                if (tensors.Length == 0) return outputs;
                int[] places = [.. outputs.Index().Where(t => t.Item.NeedsGrad).Select(t => t.Index)];
                var node = new BackwardHookFunction(tensors, grads =>
                {
                    var seen = new Tensor?[outputs.Length];
                    for (int i = 0; i < places.Length; i++) seen[places[i]] = grads[i];
                    foreach (var hook in preHooks)
                        if (hook(module, seen) is { } replaced) seen = replaced;
                    _outputGrads = seen;
                    if (!_anyInput) Fire([null]);
                    return [.. places.Select(p => seen[p])];
                });
                var result = (Tensor[])outputs.Clone();
                foreach (int place in places) result[place] = node.Identity(outputs[place]);
                return result;
            }

            private Tensor?[] Fire(Tensor?[] inputGrads)
            {
                foreach (var hook in hooks)
                {
                    if (hook(module, inputGrads, _outputGrads) is not { } replaced) continue;
                    if (replaced.Length != inputGrads.Length) throw new TorchException($"Backward hook returned an invalid number of grad_input, got {replaced.Length}, but expected {inputGrads.Length}");
                    inputGrads = replaced;
                }
                return inputGrads;
            }
        }

        private sealed class BackwardHookFunction : BackwardNode
        {
            private readonly Func<Tensor?[], Tensor?[]> _run;

            internal BackwardHookFunction(Tensor[] inputs, Func<Tensor?[], Tensor?[]> run)
            {
                _run = run;
                SetEdgeCount(inputs.Length);
                for (int i = 0; i < inputs.Length; i++) SetEdge(i, inputs[i]);
            }

            public override string Name => "BackwardHookFunctionBackward";

            internal override bool MakesFreshGradients => false;

            internal Tensor Identity(Tensor tensor)
            {
                Tensor same = tensor.View(new ViewSpec(tensor.SizesRef, tensor.StridesRef, tensor.Offset));
                same.SetHistory(this);
                return same;
            }

            internal override void Backward(ReadOnlySpan<Tensor?> grads, Span<Tensor?> inputGrads) => _run(grads.ToArray()).CopyTo(inputGrads);
        }
    }
}
