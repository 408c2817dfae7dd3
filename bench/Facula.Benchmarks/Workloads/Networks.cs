using Facula.Modules;
using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Workloads;

/// <summary>Networks that people write after their first tutorials: not on the list, raced with <c>--extra</c>. The other side is <c>bench/peers/torch_networks.py</c>.</summary>
internal static class Networks
{
    private const string Group = "networks";

    public static void AddTo(WorkloadList list)
    {
        void Add(string name, Func<Action> open) => list.Add(Group, "net_" + name, open, extra: true);
        Add("vae_784_400_20_b128_adam_step", Vae);
        Add("dcgan_64x64_b16_adam_step", Gan);
        Add("unet_1x128x128_b2_adam_step", UNet);
        Add("cifar_vgg_b32_sgd_step", Vgg);
        Add("audio_m5_8000_b16_adam_step", Audio);
        Add("mobile_blocks_b1_infer", Mobile);
        Add("tabular_10_64_64_1_b32_adam_step", Tabular);
        Add("mlp_784_512_10_b1_infer", One);
        Add("factors_5000x3000x32_b1024_adam_step", Factors);
        Add("policy_4_128_2_act", Act);
        Add("dqn_4_128_128_2_b128_adamw_step", Dqn);
        LanguageNetworks.AddTo(Add);
        VisionNetworks.AddTo(Add);
    }

    /// <summary>A training step of a loss: forget the gradients, forward, backward, update.</summary>
    internal static Action Step(optim.Optimizer optimizer, Func<Tensor> loss) => () =>
    {
        optimizer.zero_grad(set_to_none: true);
        loss().backward();
        optimizer.step();
    };

    internal static IEnumerable<Parameter> All(params ReadOnlySpan<nn.Module> modules)
    {
        var all = new List<Parameter>();
        foreach (nn.Module module in modules) all.AddRange(module.parameters());
        return all;
    }

    private static Action Vae()
    {
        Linear encode = nn.Linear(784, 400), mean = nn.Linear(400, 20), spread = nn.Linear(400, 20);
        Sequential decode = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Sigmoid());
        Tensor x = rand(128, 784);
        return Step(optim.Adam(All(encode, mean, spread, decode), lr: 1e-3), () =>
        {
            Tensor h = F.relu(encode.call(x)), mu = mean.call(h), logvar = spread.call(h);
            Tensor z = mu + exp(0.5 * logvar) * randn_like(mu);
            return F.binary_cross_entropy(decode.call(z), x, reduction: "sum") - 0.5 * sum(1 + logvar - mu.pow(2) - logvar.exp());
        });
    }

    private static Action Gan()
    {
        static nn.Module[] Up(int i, int o, int stride, int padding) => [nn.ConvTranspose2d(i, o, 4, stride, padding, bias: false), nn.BatchNorm2d(o), nn.ReLU(true)];
        static nn.Module[] Down(int i, int o) => [nn.Conv2d(i, o, 4, 2, 1, bias: false), nn.BatchNorm2d(o), nn.LeakyReLU(0.2, true)];
        Sequential g = nn.Sequential([.. Up(100, 256, 1, 0), .. Up(256, 128, 2, 1), .. Up(128, 64, 2, 1), .. Up(64, 32, 2, 1), nn.ConvTranspose2d(32, 3, 4, 2, 1, bias: false), nn.Tanh()]);
        Sequential d = nn.Sequential([nn.Conv2d(3, 32, 4, 2, 1, bias: false), nn.LeakyReLU(0.2, true), .. Down(32, 64), .. Down(64, 128), .. Down(128, 256), nn.Conv2d(256, 1, 4, 1, 0, bias: false), nn.Sigmoid()]);
        var og = optim.Adam(g.parameters(), lr: 2e-4, betas: (0.5, 0.999));
        var od = optim.Adam(d.parameters(), lr: 2e-4, betas: (0.5, 0.999));
        Tensor real = randn(16, 3, 64, 64), ones = torch.ones(16), zeros = torch.zeros(16);
        return () =>
        {
            od.zero_grad(set_to_none: true);
            Tensor fake = g.call(randn(16, 100, 1, 1));
            (F.binary_cross_entropy(d.call(real).view(-1), ones) + F.binary_cross_entropy(d.call(fake.detach()).view(-1), zeros)).backward();
            od.step();
            og.zero_grad(set_to_none: true);
            F.binary_cross_entropy(d.call(fake).view(-1), ones).backward();
            og.step();
        };
    }

    private static Action UNet()
    {
        static Sequential Double(int i, int o) => nn.Sequential(nn.Conv2d(i, o, 3, padding: 1), nn.ReLU(), nn.Conv2d(o, o, 3, padding: 1), nn.ReLU());
        Sequential d1 = Double(1, 16), d2 = Double(16, 32), d3 = Double(32, 64), c2 = Double(64, 32), c1 = Double(32, 16);
        ConvTranspose2d u2 = nn.ConvTranspose2d(64, 32, 2, 2), u1 = nn.ConvTranspose2d(32, 16, 2, 2);
        Conv2d last = nn.Conv2d(16, 1, 1);
        Tensor x = randn(2, 1, 128, 128), y = randint(0, 2, [2, 1, 128, 128]).@float();
        return Step(optim.Adam(All(d1, d2, d3, u2, c2, u1, c1, last), lr: 1e-3), () =>
        {
            Tensor a = d1.call(x), b = d2.call(F.max_pool2d(a, 2));
            Tensor h = u2.call(d3.call(F.max_pool2d(b, 2)));
            h = u1.call(c2.call(cat([h, b], 1)));
            return F.binary_cross_entropy_with_logits(last.call(c1.call(cat([h, a], 1))), y);
        });
    }

    private static Action Vgg()
    {
        var layers = new List<nn.Module>();
        int channels = 3;
        foreach (int width in (int[])[32, 32, 0, 64, 64, 0, 128, 128, 0])
        {
            if (width == 0)
            {
                layers.Add(nn.MaxPool2d(2));
                continue;
            }
            layers.AddRange([nn.Conv2d(channels, width, 3, padding: 1), nn.BatchNorm2d(width), nn.ReLU(true)]);
            channels = width;
        }
        Sequential m = nn.Sequential([.. layers, nn.Flatten(), nn.Dropout(0.5), nn.Linear(128 * 16, 10)]);
        return Training.ClassifierStep(m.call, optim.SGD(m.parameters(), lr: 0.01, momentum: 0.9, weight_decay: 5e-4), randn(32, 3, 32, 32), randint(0, 10, [32]));
    }

    private static Action Audio()
    {
        Sequential m = nn.Sequential(nn.Conv1d(1, 32, 80, stride: 16), nn.BatchNorm1d(32), nn.ReLU(), nn.MaxPool1d(4), nn.Conv1d(32, 32, 3), nn.BatchNorm1d(32), nn.ReLU(), nn.MaxPool1d(4),
            nn.Conv1d(32, 64, 3), nn.BatchNorm1d(64), nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(64, 35));
        return Training.ClassifierStep(m.call, optim.Adam(m.parameters(), lr: 0.01, weight_decay: 1e-4), randn(16, 1, 8000), randint(0, 35, [16]));
    }

    private static Action Mobile()
    {
        static Sequential Block(int c, int e) => nn.Sequential(nn.Conv2d(c, e, 1, bias: false), nn.BatchNorm2d(e), nn.ReLU6(true),
            nn.Conv2d(e, e, 3, 1, 1, groups: e, bias: false), nn.BatchNorm2d(e), nn.ReLU6(true), nn.Conv2d(e, c, 1, bias: false), nn.BatchNorm2d(c));
        Sequential a = Block(32, 192), b = Block(96, 576);
        a.eval();
        b.eval();
        Tensor x = randn(1, 32, 28, 28), y = randn(1, 96, 14, 14);
        return () =>
        {
            using (no_grad())
            {
                _ = x + a.call(x);
                _ = y + b.call(y);
            }
        };
    }

    private static Action Tabular()
    {
        Sequential m = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1));
        var optimizer = optim.Adam(m.parameters(), lr: 1e-3);
        Tensor x = randn(32, 10), y = randn(32, 1);
        return () =>
        {
            optimizer.zero_grad(set_to_none: true);
            Tensor loss = F.mse_loss(m.call(x), y);
            loss.backward();
            optimizer.step();
            loss.item();
        };
    }

    private static Action One()
    {
        Sequential m = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10));
        m.eval();
        Tensor x = randn(1, 784);
        return () => { using (no_grad()) m.call(x).argmax(1).item(); };
    }

    private static Action Factors()
    {
        Embedding users = nn.Embedding(5000, 32), items = nn.Embedding(3000, 32);
        Tensor u = randint(0, 5000, [1024]), i = randint(0, 3000, [1024]), r = randn(1024);
        return Step(optim.Adam(All(users, items), lr: 1e-3), () => F.mse_loss((users.call(u) * items.call(i)).sum(1), r));
    }

    private static Action Act()
    {
        Sequential m = nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 2));
        Tensor x = randn(1, 4);
        return () =>
        {
            var distribution = distributions.Categorical(logits: m.call(x));
            Tensor action = distribution.sample();
            action.item();
            distribution.log_prob(action);
        };
    }

    private static Action Dqn()
    {
        static Sequential Network() => nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 2));
        Sequential policy = Network(), target = Network();
        var optimizer = optim.AdamW(policy.parameters(), lr: 1e-4, amsgrad: true);
        Tensor state = randn(128, 4), following = randn(128, 4), action = randint(0, 2, [128, 1]), reward = randn(128);
        return () =>
        {
            Tensor value = policy.call(state).gather(1, action), expected;
            using (no_grad()) expected = target.call(following).max(1).values * 0.99 + reward;
            Tensor loss = F.smooth_l1_loss(value, expected.unsqueeze(1));
            optimizer.zero_grad(set_to_none: true);
            loss.backward();
            nn.utils.clip_grad_value_(policy.parameters(), 100);
            optimizer.step();
            foreach (var (t, p) in target.parameters().Zip(policy.parameters())) t.data.copy_(p.data * 0.005 + t.data * 0.995);
        };
    }
}
