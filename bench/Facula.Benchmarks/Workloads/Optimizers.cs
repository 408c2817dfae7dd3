using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Optimizer steps over a million parameters in 20 tensors.</summary>
internal static class Optimizers
{
    public static void AddTo(WorkloadList list)
    {
        const string group = "fused optimizers";
        list.Add(group, "optim_sgd_momentum_20x50000", () => Step(p => optim.SGD(p, lr: 1e-3, momentum: 0.9)));
        list.Add(group, "optim_adam_20x50000", () => Step(p => optim.Adam(p, lr: 1e-3)), quick: true);
        list.Add(group, "optim_adamw_foreach_20x50000", () => Step(p => optim.AdamW(p, lr: 1e-3, @foreach: true)));
        list.Add(group, "optim_rmsprop_20x50000", () => Step(p => optim.RMSprop(p, lr: 1e-3)), extra: true);
        list.Add(group, "optim_adagrad_20x50000", () => Step(p => optim.Adagrad(p, lr: 1e-3)), extra: true);
    }

    private static Action Step(Func<Modules.Parameter[], optim.Optimizer> make)
    {
        var parameters = new Modules.Parameter[20];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new Modules.Parameter(randn(50000));
            parameters[i].grad = randn(50000);
        }
        optim.Optimizer optimizer = make(parameters);
        return () => optimizer.step();
    }
}
