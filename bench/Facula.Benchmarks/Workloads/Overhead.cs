using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>What an operation costs beside its arithmetic.</summary>
internal static class Overhead
{
    public static void AddTo(WorkloadList list)
    {
        const string tiny = "tiny operations", loops = "tutorial training loops";
        list.Add(tiny, "tiny_add_4", () => { Tensor a = ones(4), b = ones(4); return () => add(a, b); }, quick: true);
        list.Add(tiny, "tiny_add_4_grad", () => { Tensor a = ones(4, requires_grad: true), b = ones(4); return () => add(a, b); }, quick: true);
        list.Add(tiny, "tiny_mul_sum_backward_4", () => { Tensor a = ones(4, requires_grad: true), b = ones(4); return () => (a * b).sum().backward(); }, quick: true);
        list.Add(tiny, "tiny_mm_4x4", () => { Tensor a = ones(4, 4); return () => mm(a, a); });
        list.Add(tiny, "tiny_view", () => { Tensor a = ones(4); return () => a.view(2, 2); });
        list.Add(tiny, "tiny_slice", () => { Tensor a = ones(4); return () => _ = a[1..3]; });
        list.Add(tiny, "tiny_empty_4", () => () => empty(4));
        list.Add(tiny, "tiny_item", () => { Tensor a = ones(4); return () => a[0].item(); });
        list.Add(loops, "linreg_tutorial_adam_100it", () => LinearRegression(true), quick: true, training: true);
        list.Add(loops, "linreg_tutorial_sgd_100it", () => LinearRegression(false), training: true);
    }

    private static Action LinearRegression(bool adam)
    {
        Linear model = nn.Linear(1, 1);
        MSELoss criterion = nn.MSELoss();
        optim.Optimizer optimizer = adam ? optim.Adam(model.parameters(), lr: 0.01) : optim.SGD(model.parameters(), lr: 0.01);
        Tensor x = linspace(0, 1, 40).unsqueeze(1), y = 0.7 * x + 0.3;
        return () =>
        {
            for (int i = 0; i < 100; i++)
            {
                if (adam) model.train();
                Tensor loss = criterion.call(model.call(x), y);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }
        };
    }
}
