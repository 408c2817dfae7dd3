using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>Whole training steps and inference of small networks.</summary>
internal static class Training
{
    public static void AddTo(WorkloadList list)
    {
        const string steps = "training steps", resnet = "ResNet-18";
        list.Add(steps, "mlp_784_512_256_10_b128_adam_step", Mlp, quick: true, training: true);
        list.Add(steps, "lenet_28x28_b64_sgd_step", LeNet, quick: true, training: true);
        list.Add("losses", "embedding_20000x128_linear1000_ce_fwdbwd", EmbeddingClassifier, training: true);
        list.Add(resnet, "resnet18_infer_b1_224", () => ResNetInference(1));
        list.Add(resnet, "resnet18_infer_b8_224", () => ResNetInference(8));
        list.Add(resnet, "resnet18_train_step_b8_224", () =>
        {
            var model = new ResNet18(10);
            return ClassifierStep(model.call, optim.SGD(model.parameters(), lr: 1e-3, momentum: 0.9), randn(8, 3, 224, 224), randint(0, 10, [8]));
        }, training: true);
    }

    /// <summary>Forget the gradients, forward, cross-entropy, backward, update.</summary>
    internal static Action ClassifierStep(Func<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor x, Tensor y) => () =>
    {
        optimizer.zero_grad(set_to_none: true);
        nn.functional.cross_entropy(model(x), y).backward();
        optimizer.step();
    };

    private static Action Mlp()
    {
        Sequential model = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10));
        return ClassifierStep(model.call, optim.Adam(model.parameters(), lr: 1e-3), randn(128, 784), randint(0, 10, [128]));
    }

    private static Action LeNet()
    {
        Sequential model = nn.Sequential(nn.Conv2d(1, 6, 5, padding: 2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10));
        return ClassifierStep(model.call, optim.SGD(model.parameters(), lr: 1e-2, momentum: 0.9), randn(64, 1, 28, 28), randint(0, 10, [64]));
    }

    private static Action EmbeddingClassifier()
    {
        Embedding table = nn.Embedding(20000, 128);
        Linear head = nn.Linear(128, 1000);
        Tensor i = randint(0, 20000, new Size(32, 32)), t = randint(0, 1000, [32 * 32]);
        return () =>
        {
            table.zero_grad(set_to_none: true);
            head.zero_grad(set_to_none: true);
            nn.functional.cross_entropy(head.call(table.call(i).view(-1, 128)), t).backward();
        };
    }

    private static Action ResNetInference(int batch)
    {
        var model = new ResNet18(1000);
        model.eval();
        Tensor x = randn(batch, 3, 224, 224);
        return () => { using (no_grad()) model.call(x); };
    }
}
