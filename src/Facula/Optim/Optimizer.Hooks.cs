namespace Facula;

public static partial class torch
{
    public static partial class optim
    {
        public abstract partial class Optimizer
        {
            private nn.HookList<Action<Optimizer>>? _preHooks, _postHooks;

            /// <summary>How many steps were made since a scheduler began to look; null for optimizers that do not count.</summary>
            internal virtual long? StepCount
            {
                get => null;
                set { }
            }

            /// <summary>A hook that runs before every step.</summary>
            public HookHandle register_step_pre_hook(Action<Optimizer> hook) => (_preHooks ??= new()).Add(hook);

            /// <summary>A hook that runs after every step.</summary>
            public HookHandle register_step_post_hook(Action<Optimizer> hook) => (_postHooks ??= new()).Add(hook);

            /// <summary>Runs the hooks before a step; for optimizers of your own.</summary>
            protected void RunStepPreHooks()
            {
                if (_preHooks is not { Count: > 0 } hooks) return;
                foreach (Action<Optimizer> hook in hooks.Snapshot()) hook(this);
            }

            /// <summary>Runs the hooks after a step; for optimizers of your own.</summary>
            protected void RunStepPostHooks()
            {
                if (_postHooks is not { Count: > 0 } hooks) return;
                foreach (Action<Optimizer> hook in hooks.Snapshot()) hook(this);
            }
        }
    }
}
