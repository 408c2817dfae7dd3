using Facula.Modules;
using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Workloads;

/// <summary>The networks of images among <see cref="Networks"/>: well-known classifiers at their usual size and the first projects after them. The other side is <c>bench/peers/torch_vision_networks.py</c>.</summary>
internal static class VisionNetworks
{
    public static void AddTo(Action<string, Func<Action>> add)
    {
        add("mnist_example_b64_adadelta_step", Digits);
        add("autoencoder_1x28x28_b64_adam_step", Autoencoder);
        add("espcn_b4_adam_step", SuperResolution);
        add("style_3x128x128_b1_adam_step", Style);
        add("diffusion_blocks_b4_adamw_step", Diffusion);
        add("alexnet_b4_infer_224", () => Inference(Alex(), randn(4, 3, 224, 224)));
        add("resnet50_b1_infer_224", () => Inference(Bottlenecks(), randn(1, 3, 224, 224)));
        add("resnet50_b4_sgd_step_128", () => Step(Bottlenecks(), randn(4, 3, 128, 128)));
        add("mobilenet_v2_b1_infer_224", () => Inference(MobileV2(), randn(1, 3, 224, 224)));
        add("mobilenet_v2_b8_sgd_step_96", () => Step(MobileV2(), randn(8, 3, 96, 96)));
        add("densenet_k12_b16_sgd_step_32", () => Step(Dense(), randn(16, 3, 32, 32)));
        add("convnext_blocks_b1_infer_224", () => Inference(Next(), randn(1, 3, 224, 224)));
        add("convnext_blocks_b4_sgd_step_64", () => Step(Next(), randn(4, 3, 64, 64)));
        add("vit_l4_d192_h3_b1_infer_224", () => Inference(new Patches(), randn(1, 3, 224, 224)));
        add("vit_l4_d192_h3_b4_sgd_step_224", () => Step(new Patches(), randn(4, 3, 224, 224)));
    }

    private static Action Inference(nn.Module<Tensor, Tensor> model, Tensor x)
    {
        model.eval();
        return () => { using (no_grad()) model.call(x); };
    }

    private static Action Step(nn.Module<Tensor, Tensor> model, Tensor x) =>
        Training.ClassifierStep(model.call, optim.SGD(model.parameters(), lr: 1e-3, momentum: 0.9), x, randint(0, 10, [x.shape[0]]));

    /// <summary>x + f(x), where f may end in a choice of its own.</summary>
    private sealed class Residual(nn.Module<Tensor, Tensor> body, nn.Module<Tensor, Tensor>? shortcut = null, bool rectify = false) : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> body = body;
        private readonly nn.Module<Tensor, Tensor>? shortcut = shortcut;

        public override Tensor forward(Tensor x)
        {
            Tensor y = body.call(x) + (shortcut is null ? x : shortcut.call(x));
            return rectify ? F.relu_(y) : y;
        }
    }

    /// <summary>A function of the tutorials' own among modules.</summary>
    private sealed class Lambda(Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>
    {
        public override Tensor forward(Tensor x) => function(x);
    }

    private static Action Digits()
    {
        Sequential m = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10));
        return Training.ClassifierStep(m.call, optim.Adadelta(m.parameters(), lr: 1.0), randn(64, 1, 28, 28), randint(0, 10, [64]));
    }

    private static Action Autoencoder()
    {
        Sequential m = nn.Sequential(nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 7), nn.ReLU(), nn.ConvTranspose2d(64, 32, 7), nn.ReLU(),
            nn.ConvTranspose2d(32, 16, 3, 2, 1, output_padding: 1), nn.ReLU(), nn.ConvTranspose2d(16, 1, 3, 2, 1, output_padding: 1), nn.Sigmoid());
        Tensor x = rand(64, 1, 28, 28);
        return Networks.Step(optim.Adam(m.parameters(), lr: 1e-3), () => F.mse_loss(m.call(x), x));
    }

    private static Action SuperResolution()
    {
        Sequential m = nn.Sequential(nn.Conv2d(1, 64, 5, 1, 2), nn.ReLU(), nn.Conv2d(64, 64, 3, 1, 1), nn.ReLU(), nn.Conv2d(64, 32, 3, 1, 1), nn.ReLU(), nn.Conv2d(32, 9, 3, 1, 1), nn.PixelShuffle(3));
        Tensor x = rand(4, 1, 64, 64), y = rand(4, 1, 192, 192);
        return Networks.Step(optim.Adam(m.parameters(), lr: 1e-3), () => F.mse_loss(m.call(x), y));
    }

    private static Action Style()
    {
        static nn.Module[] Layer(int i, int o, int kernel, int stride) => [nn.ReflectionPad2d(kernel / 2), nn.Conv2d(i, o, kernel, stride), nn.InstanceNorm2d(o, affine: true)];
        static Residual Block(int c) => new(nn.Sequential([.. Layer(c, c, 3, 1), nn.ReLU(), .. Layer(c, c, 3, 1)]));
        Sequential m = nn.Sequential([.. Layer(3, 32, 9, 1), nn.ReLU(), .. Layer(32, 64, 3, 2), nn.ReLU(), .. Layer(64, 128, 3, 2), nn.ReLU(), Block(128), Block(128),
            nn.Upsample(scale_factor: 2.0), .. Layer(128, 64, 3, 1), nn.ReLU(), nn.Upsample(scale_factor: 2.0), .. Layer(64, 32, 3, 1), nn.ReLU(), nn.ReflectionPad2d(4), nn.Conv2d(32, 3, 9)]);
        Tensor x = rand(1, 3, 128, 128);
        return Networks.Step(optim.Adam(m.parameters(), lr: 1e-3), () => F.mse_loss(m.call(x), x));
    }

    private static Action Diffusion()
    {
        static Sequential Half(int i, int o) => nn.Sequential(nn.GroupNorm(8, i), nn.SiLU(), nn.Conv2d(i, o, 3, padding: 1));
        Sequential a = Half(64, 64), b = Half(64, 64), c = Half(64, 128), d = Half(128, 128);
        Linear time1 = nn.Linear(64, 64), time2 = nn.Linear(64, 128);
        Conv2d open = nn.Conv2d(3, 64, 3, padding: 1), down = nn.Conv2d(64, 64, 3, 2, 1), wide = nn.Conv2d(64, 128, 1), close = nn.Conv2d(128, 3, 1);
        GroupNorm norm = nn.GroupNorm(8, 128);
        MultiheadAttention attention = nn.MultiheadAttention(128, 4, batch_first: true);
        Tensor x = randn(4, 3, 32, 32), noise = randn(4, 3, 16, 16), t = randn(4, 64);
        return Networks.Step(optim.AdamW(Networks.All(a, b, c, d, time1, time2, open, down, wide, close, norm, attention), lr: 1e-4), () =>
        {
            Tensor h = open.call(x), e = F.silu(t);
            h = h + b.call(a.call(h) + time1.call(e)[.., .., TensorIndex.None, TensorIndex.None]);
            h = down.call(h);
            h = wide.call(h) + d.call(c.call(h) + time2.call(e)[.., .., TensorIndex.None, TensorIndex.None]);
            Tensor s = norm.call(h).flatten(2).transpose(1, 2);
            h = h + attention.call(s, s, s, need_weights: false).attn_output.transpose(1, 2).reshape(4, 128, 16, 16);
            return F.mse_loss(close.call(h), noise);
        });
    }

    private static Sequential Alex() => nn.Sequential(nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(true), nn.MaxPool2d(3, 2), nn.Conv2d(64, 192, 5, padding: 2), nn.ReLU(true), nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding: 1), nn.ReLU(true), nn.Conv2d(384, 256, 3, padding: 1), nn.ReLU(true), nn.Conv2d(256, 256, 3, padding: 1), nn.ReLU(true), nn.MaxPool2d(3, 2),
        nn.Flatten(), nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(true), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(true), nn.Linear(4096, 1000));

    private static nn.Module[] ConvNorm(int i, int o, int kernel, int stride = 1, int groups = 1) => [nn.Conv2d(i, o, kernel, stride, kernel / 2, groups: groups, bias: false), nn.BatchNorm2d(o)];

    private static Sequential Bottlenecks()
    {
        var layers = new List<nn.Module>([.. ConvNorm(3, 64, 7, 2), nn.ReLU(true), nn.MaxPool2d(3, 2, 1)]);
        int channels = 64;
        foreach (var (width, count, first) in ((int, int, int)[])[(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)])
        {
            for (int k = 0; k < count; k++)
            {
                int stride = k == 0 ? first : 1;
                Sequential body = nn.Sequential([.. ConvNorm(channels, width, 1), nn.ReLU(true), .. ConvNorm(width, width, 3, stride), nn.ReLU(true), .. ConvNorm(width, 4 * width, 1)]);
                layers.Add(new Residual(body, k > 0 ? null : nn.Sequential(ConvNorm(channels, 4 * width, 1, stride)), rectify: true));
                channels = 4 * width;
            }
        }
        return nn.Sequential([.. layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000)]);
    }

    private static Sequential MobileV2()
    {
        var layers = new List<nn.Module>([.. ConvNorm(3, 32, 3, 2), nn.ReLU6(true)]);
        int channels = 32;
        foreach (var (widen, width, count, first) in ((int, int, int, int)[])[(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)])
        {
            for (int k = 0; k < count; k++)
            {
                int stride = k == 0 ? first : 1, inner = channels * widen;
                nn.Module[] start = widen == 1 ? [] : [.. ConvNorm(channels, inner, 1), nn.ReLU6(true)];
                Sequential body = nn.Sequential([.. start, .. ConvNorm(inner, inner, 3, stride, inner), nn.ReLU6(true), .. ConvNorm(inner, width, 1)]);
                layers.Add(stride == 1 && channels == width ? new Residual(body) : body);
                channels = width;
            }
        }
        return nn.Sequential([.. layers, .. ConvNorm(channels, 1280, 1), nn.ReLU6(true), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(1280, 1000)]);
    }

    private static Sequential Dense()
    {
        var layers = new List<nn.Module>([nn.Conv2d(3, 24, 3, padding: 1, bias: false)]);
        int channels = 24;
        for (int block = 0; block < 3; block++)
        {
            for (int k = 0; k < 6; k++, channels += 12)
            {
                Sequential body = nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(true), nn.Conv2d(channels, 12, 3, padding: 1, bias: false));
                layers.Add(new Joined(body));
            }
            layers.AddRange([nn.BatchNorm2d(channels), nn.ReLU(true)]);
            if (block == 2) break;
            layers.AddRange([nn.Conv2d(channels, channels / 2, 1, bias: false), nn.AvgPool2d(2)]);
            channels /= 2;
        }
        return nn.Sequential([.. layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10)]);
    }

    private sealed class Joined(Sequential body) : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential body = body;

        public override Tensor forward(Tensor x) => cat([x, body.call(x)], 1);
    }

    private static Sequential Next()
    {
        static Lambda Move(params long[] order) => new(x => x.permute(order));
        static Residual Block(int c) => new(nn.Sequential(nn.Conv2d(c, c, 7, padding: 3, groups: c), Move(0, 2, 3, 1), nn.LayerNorm(c, eps: 1e-6), nn.Linear(c, 4 * c), nn.GELU(), nn.Linear(4 * c, c), Move(0, 3, 1, 2)));
        static nn.Module[] Down(int i, int o, int size) => [nn.Conv2d(i, o, size, size), Move(0, 2, 3, 1), nn.LayerNorm(o, eps: 1e-6), Move(0, 3, 1, 2)];
        return nn.Sequential([.. Down(3, 96, 4), Block(96), Block(96), .. Down(96, 192, 2), Block(192), Block(192), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(192, 10)]);
    }

    /// <summary>A vision transformer with patches of 16×16.</summary>
    private sealed class Patches : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d patch = nn.Conv2d(3, 192, 16, 16);
        private readonly Parameter token = nn.Parameter(zeros(1, 1, 192)), place = nn.Parameter(randn(1, 197, 192) * 0.02);
        private readonly TransformerEncoder encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(192, 3, 768, dropout: 0.0, activation: "gelu", batch_first: true, norm_first: true), 4);
        private readonly LayerNorm norm = nn.LayerNorm(192);
        private readonly Linear head = nn.Linear(192, 1000);

        public override Tensor forward(Tensor x)
        {
            Tensor h = patch.call(x).flatten(2).transpose(1, 2);
            h = cat([token.expand(h.shape[0], -1, -1), h], 1) + place;
            return head.call(norm.call(encoder.call(h))[.., 0]);
        }
    }
}
