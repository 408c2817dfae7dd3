// The arities of nn.Module<…>: one text, six times. Regenerate the pattern when one of them changes.
namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose forward pass takes 1 argument.</summary>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            private HookList<Func<Module<T, TResult>, T, T?>>? _preHooks;
            private HookList<Func<Module<T, TResult>, T, TResult, TResult?>>? _hooks;

            protected Module(string? name = null) : base(name) { }

            /// <summary>A module goes wherever a function goes; its hooks run.</summary>
            public static implicit operator Func<T, TResult>(Module<T, TResult> module) => module.call;

            /// <summary>The computation; call <see cref="call"/> so that hooks run.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs the hooks and the forward pass.</summary>
            public TResult call(T input) => Through(input);

            /// <summary>Whether a call does more than <see cref="forward"/>.</summary>
            internal bool IsWatched => HasPreHooks || HasHooks || HasBackwardHooks || _preHooks is { Count: > 0 } || _hooks is { Count: > 0 };

            /// <summary>Runs the hooks around the forward pass, or around a form of it that takes more arguments.</summary>
            private protected TResult Through(T input, Func<T, TResult>? body = null)
            {
                if (HasPreHooks && RunPreHooks([input]) is { } all) input = (T)all[0]!;
                if (_preHooks is { Count: > 0 } before)
                {
                    foreach (var hook in before.Snapshot())
                    {
                        if (hook(this, input) is { } replaced) input = replaced;
                    }
                }
                TResult result = HasBackwardHooks ? WithGradients(input, body) : body is null ? forward(input) : body(input);
                if (_hooks is { Count: > 0 } after)
                {
                    foreach (var hook in after.Snapshot())
                        if (hook(this, input, result) is { } replaced) result = replaced;
                }
                return HasHooks && RunHooks([input], result) is { } other ? (TResult)other : result;
            }

            internal override object? CallAny(object?[] a) => Through(a.Length > 0 ? (T)a[0]! : default!);

            private TResult WithGradients(T input, Func<T, TResult>? body) =>
                (TResult)WithBackwardHooks([input], a => body is null ? forward((T)a[0]!) : body((T)a[0]!))!;

            /// <summary>A hook before the forward pass; what it returns replaces the input.</summary>
            public HookHandle register_forward_pre_hook(Func<Module<T, TResult>, T, T?> hook, bool prepend = false) => (_preHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass; what it returns replaces the result.</summary>
            public HookHandle register_forward_hook(Func<Module<T, TResult>, T, TResult, TResult?> hook, bool prepend = false) => (_hooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module<T, TResult>, T, TResult> hook, bool prepend = false) =>
                (_hooks ??= new()).Add((module, input, result) =>
                {
                    hook(module, input, result);
                    return result;
                }, prepend);

            private protected override void OwnHooks()
            {
                _preHooks = _preHooks?.Copy();
                _hooks = _hooks?.Copy();
                base.OwnHooks();
            }
        }

        /// <summary>A module whose forward pass takes 2 arguments.</summary>
        public abstract class Module<T1, T2, TResult> : Module
        {
            private HookList<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>>? _preHooks;
            private HookList<Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult?>>? _hooks;

            protected Module(string? name = null) : base(name) { }

            /// <summary>A module goes wherever a function goes; its hooks run.</summary>
            public static implicit operator Func<T1, T2, TResult>(Module<T1, T2, TResult> module) => module.call;

            /// <summary>The computation; call <see cref="call"/> so that hooks run.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs the hooks and the forward pass.</summary>
            public TResult call(T1 input1, T2 input2) => Through(input1, input2);

            /// <summary>Runs the hooks around the forward pass, or around a form of it that takes more arguments.</summary>
            private protected TResult Through(T1 input1, T2 input2, Func<T1, T2, TResult>? body = null)
            {
                if (HasPreHooks && RunPreHooks([input1, input2]) is { } all) (input1, input2) = ((T1)all[0]!, (T2)all[1]!);
                if (_preHooks is { Count: > 0 } before)
                {
                    foreach (var hook in before.Snapshot())
                    {
                        if (hook(this, input1, input2) is { } replaced) (input1, input2) = replaced;
                    }
                }
                TResult result = HasBackwardHooks ? WithGradients(input1, input2, body) : body is null ? forward(input1, input2) : body(input1, input2);
                if (_hooks is { Count: > 0 } after)
                {
                    foreach (var hook in after.Snapshot())
                        if (hook(this, input1, input2, result) is { } replaced) result = replaced;
                }
                return HasHooks && RunHooks([input1, input2], result) is { } other ? (TResult)other : result;
            }

            internal override object? CallAny(object?[] a) => Through(a.Length > 0 ? (T1)a[0]! : default!, a.Length > 1 ? (T2)a[1]! : default!);

            private TResult WithGradients(T1 input1, T2 input2, Func<T1, T2, TResult>? body) =>
                (TResult)WithBackwardHooks([input1, input2], a => body is null ? forward((T1)a[0]!, (T2)a[1]!) : body((T1)a[0]!, (T2)a[1]!))!;

            /// <summary>A hook before the forward pass; what it returns replaces the inputs.</summary>
            public HookHandle register_forward_pre_hook(Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?> hook, bool prepend = false) => (_preHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass; what it returns replaces the result.</summary>
            public HookHandle register_forward_hook(Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult?> hook, bool prepend = false) => (_hooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module<T1, T2, TResult>, T1, T2, TResult> hook, bool prepend = false) =>
                (_hooks ??= new()).Add((module, input1, input2, result) =>
                {
                    hook(module, input1, input2, result);
                    return result;
                }, prepend);

            private protected override void OwnHooks()
            {
                _preHooks = _preHooks?.Copy();
                _hooks = _hooks?.Copy();
                base.OwnHooks();
            }
        }

        /// <summary>A module whose forward pass takes 3 arguments.</summary>
        public abstract class Module<T1, T2, T3, TResult> : Module
        {
            private HookList<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>>? _preHooks;
            private HookList<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult?>>? _hooks;

            protected Module(string? name = null) : base(name) { }

            /// <summary>The computation; call <see cref="call"/> so that hooks run.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs the hooks and the forward pass.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3) => Through(input1, input2, input3);

            /// <summary>Runs the hooks around the forward pass, or around a form of it that takes more arguments.</summary>
            private protected TResult Through(T1 input1, T2 input2, T3 input3, Func<T1, T2, T3, TResult>? body = null)
            {
                if (HasPreHooks && RunPreHooks([input1, input2, input3]) is { } all) (input1, input2, input3) = ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!);
                if (_preHooks is { Count: > 0 } before)
                {
                    foreach (var hook in before.Snapshot())
                    {
                        if (hook(this, input1, input2, input3) is { } replaced) (input1, input2, input3) = replaced;
                    }
                }
                TResult result = HasBackwardHooks ? WithGradients(input1, input2, input3, body) : body is null ? forward(input1, input2, input3) : body(input1, input2, input3);
                if (_hooks is { Count: > 0 } after)
                {
                    foreach (var hook in after.Snapshot())
                        if (hook(this, input1, input2, input3, result) is { } replaced) result = replaced;
                }
                return HasHooks && RunHooks([input1, input2, input3], result) is { } other ? (TResult)other : result;
            }

            internal override object? CallAny(object?[] a) => Through(a.Length > 0 ? (T1)a[0]! : default!, a.Length > 1 ? (T2)a[1]! : default!, a.Length > 2 ? (T3)a[2]! : default!);

            private TResult WithGradients(T1 input1, T2 input2, T3 input3, Func<T1, T2, T3, TResult>? body) =>
                (TResult)WithBackwardHooks([input1, input2, input3], a => body is null ? forward((T1)a[0]!, (T2)a[1]!, (T3)a[2]!) : body((T1)a[0]!, (T2)a[1]!, (T3)a[2]!))!;

            /// <summary>A hook before the forward pass; what it returns replaces the inputs.</summary>
            public HookHandle register_forward_pre_hook(Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?> hook, bool prepend = false) => (_preHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass; what it returns replaces the result.</summary>
            public HookHandle register_forward_hook(Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult?> hook, bool prepend = false) => (_hooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult> hook, bool prepend = false) =>
                (_hooks ??= new()).Add((module, input1, input2, input3, result) =>
                {
                    hook(module, input1, input2, input3, result);
                    return result;
                }, prepend);

            private protected override void OwnHooks()
            {
                _preHooks = _preHooks?.Copy();
                _hooks = _hooks?.Copy();
                base.OwnHooks();
            }
        }

        /// <summary>A module whose forward pass takes 4 arguments.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult> : Module
        {
            private HookList<Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>>? _preHooks;
            private HookList<Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult?>>? _hooks;

            protected Module(string? name = null) : base(name) { }

            /// <summary>The computation; call <see cref="call"/> so that hooks run.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <summary>Runs the hooks and the forward pass.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4) => Through(input1, input2, input3, input4);

            /// <summary>Runs the hooks around the forward pass, or around a form of it that takes more arguments.</summary>
            private protected TResult Through(T1 input1, T2 input2, T3 input3, T4 input4, Func<T1, T2, T3, T4, TResult>? body = null)
            {
                if (HasPreHooks && RunPreHooks([input1, input2, input3, input4]) is { } all) (input1, input2, input3, input4) = ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!);
                if (_preHooks is { Count: > 0 } before)
                {
                    foreach (var hook in before.Snapshot())
                    {
                        if (hook(this, input1, input2, input3, input4) is { } replaced) (input1, input2, input3, input4) = replaced;
                    }
                }
                TResult result = HasBackwardHooks ? WithGradients(input1, input2, input3, input4, body) : body is null ? forward(input1, input2, input3, input4) : body(input1, input2, input3, input4);
                if (_hooks is { Count: > 0 } after)
                {
                    foreach (var hook in after.Snapshot())
                        if (hook(this, input1, input2, input3, input4, result) is { } replaced) result = replaced;
                }
                return HasHooks && RunHooks([input1, input2, input3, input4], result) is { } other ? (TResult)other : result;
            }

            internal override object? CallAny(object?[] a) => Through(a.Length > 0 ? (T1)a[0]! : default!, a.Length > 1 ? (T2)a[1]! : default!, a.Length > 2 ? (T3)a[2]! : default!, a.Length > 3 ? (T4)a[3]! : default!);

            private TResult WithGradients(T1 input1, T2 input2, T3 input3, T4 input4, Func<T1, T2, T3, T4, TResult>? body) =>
                (TResult)WithBackwardHooks([input1, input2, input3, input4], a => body is null ? forward((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!) : body((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!))!;

            /// <summary>A hook before the forward pass; what it returns replaces the inputs.</summary>
            public HookHandle register_forward_pre_hook(Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?> hook, bool prepend = false) => (_preHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass; what it returns replaces the result.</summary>
            public HookHandle register_forward_hook(Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult?> hook, bool prepend = false) => (_hooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult> hook, bool prepend = false) =>
                (_hooks ??= new()).Add((module, input1, input2, input3, input4, result) =>
                {
                    hook(module, input1, input2, input3, input4, result);
                    return result;
                }, prepend);

            private protected override void OwnHooks()
            {
                _preHooks = _preHooks?.Copy();
                _hooks = _hooks?.Copy();
                base.OwnHooks();
            }
        }

        /// <summary>A module whose forward pass takes 5 arguments.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, TResult> : Module
        {
            private HookList<Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>>? _preHooks;
            private HookList<Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult?>>? _hooks;

            protected Module(string? name = null) : base(name) { }

            /// <summary>The computation; call <see cref="call"/> so that hooks run.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <summary>Runs the hooks and the forward pass.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5) => Through(input1, input2, input3, input4, input5);

            /// <summary>Runs the hooks around the forward pass, or around a form of it that takes more arguments.</summary>
            private protected TResult Through(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, Func<T1, T2, T3, T4, T5, TResult>? body = null)
            {
                if (HasPreHooks && RunPreHooks([input1, input2, input3, input4, input5]) is { } all) (input1, input2, input3, input4, input5) = ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!);
                if (_preHooks is { Count: > 0 } before)
                {
                    foreach (var hook in before.Snapshot())
                    {
                        if (hook(this, input1, input2, input3, input4, input5) is { } replaced) (input1, input2, input3, input4, input5) = replaced;
                    }
                }
                TResult result = HasBackwardHooks ? WithGradients(input1, input2, input3, input4, input5, body) : body is null ? forward(input1, input2, input3, input4, input5) : body(input1, input2, input3, input4, input5);
                if (_hooks is { Count: > 0 } after)
                {
                    foreach (var hook in after.Snapshot())
                        if (hook(this, input1, input2, input3, input4, input5, result) is { } replaced) result = replaced;
                }
                return HasHooks && RunHooks([input1, input2, input3, input4, input5], result) is { } other ? (TResult)other : result;
            }

            internal override object? CallAny(object?[] a) => Through(a.Length > 0 ? (T1)a[0]! : default!, a.Length > 1 ? (T2)a[1]! : default!, a.Length > 2 ? (T3)a[2]! : default!, a.Length > 3 ? (T4)a[3]! : default!, a.Length > 4 ? (T5)a[4]! : default!);

            private TResult WithGradients(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, Func<T1, T2, T3, T4, T5, TResult>? body) =>
                (TResult)WithBackwardHooks([input1, input2, input3, input4, input5], a => body is null ? forward((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!) : body((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!))!;

            /// <summary>A hook before the forward pass; what it returns replaces the inputs.</summary>
            public HookHandle register_forward_pre_hook(Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?> hook, bool prepend = false) => (_preHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass; what it returns replaces the result.</summary>
            public HookHandle register_forward_hook(Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult?> hook, bool prepend = false) => (_hooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult> hook, bool prepend = false) =>
                (_hooks ??= new()).Add((module, input1, input2, input3, input4, input5, result) =>
                {
                    hook(module, input1, input2, input3, input4, input5, result);
                    return result;
                }, prepend);

            private protected override void OwnHooks()
            {
                _preHooks = _preHooks?.Copy();
                _hooks = _hooks?.Copy();
                base.OwnHooks();
            }
        }

        /// <summary>A module whose forward pass takes 6 arguments.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult> : Module
        {
            private HookList<Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>>? _preHooks;
            private HookList<Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult?>>? _hooks;

            protected Module(string? name = null) : base(name) { }

            /// <summary>The computation; call <see cref="call"/> so that hooks run.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            /// <summary>Runs the hooks and the forward pass.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6) => Through(input1, input2, input3, input4, input5, input6);

            /// <summary>Runs the hooks around the forward pass, or around a form of it that takes more arguments.</summary>
            private protected TResult Through(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6, Func<T1, T2, T3, T4, T5, T6, TResult>? body = null)
            {
                if (HasPreHooks && RunPreHooks([input1, input2, input3, input4, input5, input6]) is { } all) (input1, input2, input3, input4, input5, input6) = ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!);
                if (_preHooks is { Count: > 0 } before)
                {
                    foreach (var hook in before.Snapshot())
                    {
                        if (hook(this, input1, input2, input3, input4, input5, input6) is { } replaced) (input1, input2, input3, input4, input5, input6) = replaced;
                    }
                }
                TResult result = HasBackwardHooks ? WithGradients(input1, input2, input3, input4, input5, input6, body) : body is null ? forward(input1, input2, input3, input4, input5, input6) : body(input1, input2, input3, input4, input5, input6);
                if (_hooks is { Count: > 0 } after)
                {
                    foreach (var hook in after.Snapshot())
                        if (hook(this, input1, input2, input3, input4, input5, input6, result) is { } replaced) result = replaced;
                }
                return HasHooks && RunHooks([input1, input2, input3, input4, input5, input6], result) is { } other ? (TResult)other : result;
            }

            internal override object? CallAny(object?[] a) => Through(a.Length > 0 ? (T1)a[0]! : default!, a.Length > 1 ? (T2)a[1]! : default!, a.Length > 2 ? (T3)a[2]! : default!, a.Length > 3 ? (T4)a[3]! : default!, a.Length > 4 ? (T5)a[4]! : default!, a.Length > 5 ? (T6)a[5]! : default!);

            private TResult WithGradients(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6, Func<T1, T2, T3, T4, T5, T6, TResult>? body) =>
                (TResult)WithBackwardHooks([input1, input2, input3, input4, input5, input6], a => body is null ? forward((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!, (T6)a[5]!) : body((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!, (T5)a[4]!, (T6)a[5]!))!;

            /// <summary>A hook before the forward pass; what it returns replaces the inputs.</summary>
            public HookHandle register_forward_pre_hook(Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?> hook, bool prepend = false) => (_preHooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass; what it returns replaces the result.</summary>
            public HookHandle register_forward_hook(Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult?> hook, bool prepend = false) => (_hooks ??= new()).Add(hook, prepend);

            /// <summary>A hook after the forward pass that only looks.</summary>
            public HookHandle register_forward_hook(Action<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult> hook, bool prepend = false) =>
                (_hooks ??= new()).Add((module, input1, input2, input3, input4, input5, input6, result) =>
                {
                    hook(module, input1, input2, input3, input4, input5, input6, result);
                    return result;
                }, prepend);

            private protected override void OwnHooks()
            {
                _preHooks = _preHooks?.Copy();
                _hooks = _hooks?.Copy();
                base.OwnHooks();
            }
        }
    }
}
