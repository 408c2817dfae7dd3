using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>One layer of a transformer's encoder.</summary>
internal static class Attention
{
    public static void AddTo(WorkloadList list)
    {
        const string steps = "training steps";
        list.Add(steps, "transformer_layer_b16_s128_d256_h8_fwdbwd", () =>
        {
            TransformerEncoderLayer layer = Layer();
            Tensor x = randn(16, 128, 256, requires_grad: true), g = randn(16, 128, 256);
            return () =>
            {
                x.grad = null;
                layer.zero_grad(set_to_none: true);
                layer.call(x).backward(g);
            };
        }, training: true);
        list.Add(steps, "transformer_layer_b16_s128_d256_h8_infer", () =>
        {
            TransformerEncoderLayer layer = Layer();
            layer.eval();
            Tensor x = randn(16, 128, 256, requires_grad: true);
            return () => { using (no_grad()) layer.call(x); };
        });
    }

    private static TransformerEncoderLayer Layer() => nn.TransformerEncoderLayer(256, 8, 1024, dropout: 0.0, batch_first: true);
}
