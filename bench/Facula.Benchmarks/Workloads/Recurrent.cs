using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Recurrent networks over 50 steps.</summary>
internal static class Recurrent
{
    public static void AddTo(WorkloadList list)
    {
        const string steps = "training steps";
        list.Add(steps, "lstm_s50_b32_i100_h128_l2_adam_step", () => { LSTM m = nn.LSTM(100, 128, 2, batch_first: true); return Step(m, x => m.call(x).output); }, training: true);
        list.Add(steps, "gru_s50_b32_i100_h128_l2_adam_step", () => { GRU m = nn.GRU(100, 128, 2, batch_first: true); return Step(m, x => m.call(x).output); }, extra: true);
        list.Add(steps, "rnn_s50_b32_i100_h128_l2_adam_step", () => { RNN m = nn.RNN(100, 128, 2, batch_first: true); return Step(m, x => m.call(x).output); }, extra: true);
    }

    private static Action Step(nn.Module layer, Func<Tensor, Tensor> output)
    {
        Linear head = nn.Linear(128, 10);
        optim.Optimizer optimizer = optim.Adam(layer.parameters().Concat(head.parameters()), lr: 1e-3);
        return Training.ClassifierStep(x => head.call(output(x)[.., ^1]), optimizer, randn(32, 50, 100), randint(0, 10, [32]));
    }
}
