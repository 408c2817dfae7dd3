namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that answers <see cref="call"/>.</summary>
        public interface IModule<in T, out TResult>
        {
            /// <summary>Runs hooks and the forward pass.</summary>
            TResult call(T input);
        }

        /// <summary>Ordered callbacks with removal.</summary>
        internal sealed class HookList<THook> where THook : Delegate
        {
            private readonly List<THook> _hooks = [];

            internal int Count => _hooks.Count;
            internal THook[] Snapshot() => _hooks.ToArray();

            internal HookHandle Add(THook hook, bool prepend = false)
            {
                _hooks.Insert(prepend ? 0 : _hooks.Count, hook);
                return new HookHandle(() => _hooks.Remove(hook));
            }
        }

        public abstract partial class Module
        {
            internal HookList<Func<Module, Tensor?[], Tensor?[], Tensor?[]?>>? BackwardHooks;

            /// <summary>A hook that sees the gradients of the module's inputs and outputs, and may replace those of the inputs.</summary>
            public HookHandle register_full_backward_hook(Func<Module, Tensor?[], Tensor?[], Tensor?[]?> hook) => (BackwardHooks ??= new()).Add(hook);

            /// <summary>A hook that sees the gradients of the module's inputs and outputs.</summary>
            public HookHandle register_full_backward_hook(Action<Module, Tensor?[], Tensor?[]> hook) =>
                register_full_backward_hook((module, inputs, outputs) =>
                {
                    hook(module, inputs, outputs);
                    return null;
                });

            /// <summary>Runs a forward pass between the two identities that backward hooks hang on.</summary>
            private protected object? WithBackwardHooks(object?[] inputs, Func<object?[], object?> forward)
            {
                if (BackwardHooks is not { Count: > 0 } hooks || !GradMode.Enabled) return forward(inputs);
                var link = new BackwardHookLink(this, hooks.Snapshot());
                return link.WrapOutput(forward(link.WrapInputs(inputs)));
            }
        }

        /// <summary>Two identity nodes around a module: the outer sees the gradients of outputs, the inner those of inputs.</summary>
        private sealed class BackwardHookLink(Module module, Func<Module, Tensor?[], Tensor?[], Tensor?[]?>[] hooks)
        {
            private Tensor?[] _outputGrads = [];
            private bool _anyInput;

            internal object?[] WrapInputs(object?[] inputs)
            {
                var tensors = inputs.OfType<Tensor>().Where(t => t.NeedsGrad).ToArray();
                if (tensors.Length == 0) return inputs;
                _anyInput = true;
                var node = new BackwardHookFunction(tensors, grads => Fire(grads));
                var wrapped = (object?[])inputs.Clone();
                for (int i = 0; i < wrapped.Length; i++)
                    if (wrapped[i] is Tensor { NeedsGrad: true } tensor) wrapped[i] = node.Identity(tensor);
                return wrapped;
            }

            internal object? WrapOutput(object? output)
            {
                if (output is not Tensor { NeedsGrad: true } tensor) return output;
                var node = new BackwardHookFunction([tensor], grads =>
                {
                    _outputGrads = grads;
                    return _anyInput ? grads : Fire([null], grads);
                });
                return node.Identity(tensor);
            }

            private Tensor?[] Fire(Tensor?[] inputGrads) => Fire(inputGrads, inputGrads);

            private Tensor?[] Fire(Tensor?[] seen, Tensor?[] passed)
            {
                foreach (var hook in hooks)
                    if (hook(module, seen, _outputGrads) is { } replaced && seen == passed) seen = passed = replaced;
                return passed;
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
