using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Layers without products: softmax, norms, pooling, dropout.</summary>
internal static class Layers
{
    private static readonly (string name, string group, Func<Func<Tensor, Tensor>> make, int[] shape)[] Cases =
    [
        ("softmax_1024x1024", "softmax and losses", () => t => nn.functional.softmax(t, -1), [1024, 1024]),
        ("log_softmax_1024x1024", "softmax and losses", () => t => nn.functional.log_softmax(t, -1), [1024, 1024]),
        ("layernorm_2048x512", "norms", () => nn.LayerNorm(512).call, [2048, 512]),
        ("batchnorm2d_32x64x28x28", "norms", () => nn.BatchNorm2d(64).call, [32, 64, 28, 28]),
        ("maxpool2_32x64x28x28", "pooling", () => nn.MaxPool2d(2).call, [32, 64, 28, 28]),
        ("avgpool2_32x64x28x28", "pooling", () => nn.AvgPool2d(2).call, [32, 64, 28, 28]),
        ("gelu_1024x1024", "activations", () => t => nn.functional.gelu(t), [1024, 1024]),
        ("dropout_1024x1024", "random streams", () => nn.Dropout(0.5).call, [1024, 1024]),
    ];

    public static void AddTo(WorkloadList list)
    {
        foreach (var (name, group, make, shape) in Cases)
        {
            list.Add(group, name + "_fwd", () =>
            {
                Func<Tensor, Tensor> f = make();
                Tensor t = Input(shape);
                return () => { using (no_grad()) f(t); };
            });
            list.Add(group, name + "_fwdbwd", () =>
            {
                Func<Tensor, Tensor> f = make();
                Tensor t = Input(shape), g;
                using (no_grad()) g = randn_like(f(t));
                return () =>
                {
                    t.grad = null;
                    f(t).backward(g);
                };
            }, quick: name is "layernorm_2048x512" or "maxpool2_32x64x28x28" or "softmax_1024x1024");
        }
        list.Add("softmax and losses", "cross_entropy_1024x1000_fwdbwd", () =>
        {
            Tensor x = randn(1024, 1000, requires_grad: true), y = randint(0, 1000, [1024]);
            return () =>
            {
                x.grad = null;
                nn.functional.cross_entropy(x, y).backward();
            };
        }, extra: true);
    }

    private static Tensor Input(int[] shape) => randn([.. shape], requires_grad: true);
}
