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

            internal void Remove(Predicate<THook> which) => _hooks.RemoveAll(which);

            internal HookList<THook> Copy()
            {
                var copy = new HookList<THook>();
                copy._hooks.AddRange(_hooks);
                return copy;
            }
        }

        public abstract partial class Module
        {
            private HookList<Func<Module, object?[], object?[]?>>? _anyPreHooks;
            private HookList<Func<Module, object?[], object?, object?>>? _anyHooks;
            private HookList<Action<Module, OrderedDict<string, Tensor>, string>>? _stateHooks, _statePreHooks;
            private HookList<Action<Module, OrderedDict<string, Tensor>, string>>? _loadPreHooks;
            private HookList<Action<Module, IncompatibleKeys>>? _loadHooks;

            /// <summary>A hook before the forward pass of a module of any kind: sees the arguments, and may answer others.</summary>
            public HookHandle register_forward_pre_hook(Func<Module, object?[], object?[]?> hook, bool prepend = false) => (_anyPreHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook before the forward pass of a module of any kind that only looks.</summary>
            public HookHandle register_forward_pre_hook(Action<Module, object?[]> hook, bool prepend = false) => register_forward_pre_hook((module, inputs) =>
            {
                hook(module, inputs);
                return null;
            }, prepend);

            /// <summary>A hook after the forward pass of a module of any kind: sees arguments and result, and may answer another result.</summary>
            public HookHandle register_forward_hook(Func<Module, object?[], object?, object?> hook, bool prepend = false) => (_anyHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass of a module of any kind that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module, object?[], object?> hook, bool prepend = false) => register_forward_hook((module, inputs, result) =>
            {
                hook(module, inputs, result);
                return null;
            }, prepend);

            /// <summary>A hook after <see cref="state_dict"/> of this module: sees the dictionary and the module's prefix in it.</summary>
            public HookHandle register_state_dict_post_hook(Action<Module, OrderedDict<string, Tensor>, string> hook) => (_stateHooks ??= new()).Add(hook);

            /// <summary>A hook before this module's part of <see cref="state_dict"/> is written.</summary>
            public HookHandle register_state_dict_pre_hook(Action<Module, OrderedDict<string, Tensor>, string> hook) => (_statePreHooks ??= new()).Add(hook);

            /// <summary>A hook before this module's part of a state dict is loaded: may change the dictionary.</summary>
            public HookHandle register_load_state_dict_pre_hook(Action<Module, OrderedDict<string, Tensor>, string> hook) => (_loadPreHooks ??= new()).Add(hook);

            /// <summary>A hook after loading: sees the keys that are missing or too many, and may change the lists.</summary>
            public HookHandle register_load_state_dict_post_hook(Action<Module, IncompatibleKeys> hook) => (_loadHooks ??= new()).Add(hook);

            /// <summary>Calls the module with arguments of any number; those left out are null, or false.</summary>
            internal virtual object? CallAny(object?[] arguments) => throw new NotSupportedException($"Module [{GetName()}] is missing the required \"forward\" function");

            private protected bool HasPreHooks => _anyPreHooks is { Count: > 0 } || nn.modules.module.PreHooks.Count > 0;

            private protected bool HasHooks => _anyHooks is { Count: > 0 } || nn.modules.module.Hooks.Count > 0;

            private protected object?[]? RunPreHooks(object?[] inputs)
            {
                object?[]? replaced = null;
                foreach (var hook in nn.modules.module.PreHooks.Snapshot().Concat(_anyPreHooks?.Snapshot() ?? []))
                {
                    if (hook(this, inputs) is not { } others) continue;
                    if (others.Length != inputs.Length) throw new ArgumentException($"a forward pre-hook must answer {inputs.Length} arguments, but it answered {others.Length}");
                    inputs = replaced = others;
                }
                return replaced;
            }

            private protected object? RunHooks(object?[] inputs, object? result)
            {
                foreach (var hook in nn.modules.module.Hooks.Snapshot().Concat(_anyHooks?.Snapshot() ?? []))
                    if (hook(this, inputs, result) is { } other) result = other;
                return result;
            }

            private static void RunStateHooks(HookList<Action<Module, OrderedDict<string, Tensor>, string>>? hooks, Module module, OrderedDict<string, Tensor> state, string prefix)
            {
                if (hooks is not { Count: > 0 }) return;
                foreach (var hook in hooks.Snapshot()) hook(module, state, prefix);
            }

            /// <summary>After a copy of the fields: lists of hooks of the copy's own.</summary>
            private protected virtual void OwnHooks()
            {
                _anyPreHooks = _anyPreHooks?.Copy();
                _anyHooks = _anyHooks?.Copy();
                _stateHooks = _stateHooks?.Copy();
                _statePreHooks = _statePreHooks?.Copy();
                _loadPreHooks = _loadPreHooks?.Copy();
                _loadHooks = _loadHooks?.Copy();
                BackwardHooks = BackwardHooks?.Copy();
                BackwardPreHooks = BackwardPreHooks?.Copy();
            }
        }

        /// <summary><c>torch.nn.modules</c>.</summary>
        public static class modules
        {
            /// <summary><c>torch.nn.modules.module</c>: hooks of all modules.</summary>
            public static class module
            {
                internal static readonly HookList<Func<Module, object?[], object?[]?>> PreHooks = new();
                internal static readonly HookList<Func<Module, object?[], object?, object?>> Hooks = new();
                internal static readonly HookList<Func<Module, Tensor?[], Tensor?[], Tensor?[]?>> BackwardHooks = new();

                /// <summary>A hook before the forward pass of every module.</summary>
                public static HookHandle register_module_forward_pre_hook(Func<Module, object?[], object?[]?> hook) => PreHooks.Add(hook);

                /// <summary>A hook after the forward pass of every module.</summary>
                public static HookHandle register_module_forward_hook(Func<Module, object?[], object?, object?> hook) => Hooks.Add(hook);

                /// <summary>A hook on the gradients of every module's inputs and outputs.</summary>
                public static HookHandle register_module_full_backward_hook(Func<Module, Tensor?[], Tensor?[], Tensor?[]?> hook) => BackwardHooks.Add(hook);
            }
        }
    }
}
