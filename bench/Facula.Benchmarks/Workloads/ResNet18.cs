using Facula.Modules;
using static Facula.torch;

namespace Facula.Benchmarks.Workloads;

/// <summary>The residual network of 18 layers (He and others, 2015) with the names and the order of torchvision's.</summary>
internal sealed class ResNet18 : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm2d bn1 = nn.BatchNorm2d(64);
    private readonly ReLU relu = nn.ReLU();
    private readonly MaxPool2d maxpool = nn.MaxPool2d(3, stride: 2, padding: 1);
    private readonly Sequential layer1 = Stage(64, 64, 1), layer2 = Stage(64, 128, 2), layer3 = Stage(128, 256, 2), layer4 = Stage(256, 512, 2);
    private readonly AdaptiveAvgPool2d avgpool = nn.AdaptiveAvgPool2d((1, 1));
    private readonly Linear fc;

    public ResNet18(int num_classes) => fc = nn.Linear(512, num_classes);

    public override Tensor forward(Tensor x)
    {
        x = maxpool.call(relu.call(bn1.call(conv1.call(x))));
        x = layer4.call(layer3.call(layer2.call(layer1.call(x))));
        return fc.call(flatten(avgpool.call(x), 1));
    }

    private static Sequential Stage(int channels, int filters, int stride) => nn.Sequential(new Block(channels, filters, stride), new Block(filters, filters, 1));

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1, conv2;
        private readonly BatchNorm2d bn1, bn2;
        private readonly ReLU relu = nn.ReLU();
        private readonly Sequential? downsample;

        public Block(int channels, int filters, int stride)
        {
            conv1 = nn.Conv2d(channels, filters, 3, stride: stride, padding: 1, bias: false);
            bn1 = nn.BatchNorm2d(filters);
            conv2 = nn.Conv2d(filters, filters, 3, padding: 1, bias: false);
            bn2 = nn.BatchNorm2d(filters);
            if (stride != 1) downsample = nn.Sequential(nn.Conv2d(channels, filters, 1, stride: stride, bias: false), nn.BatchNorm2d(filters));
        }

        public override Tensor forward(Tensor x)
        {
            Tensor y = bn2.call(conv2.call(relu.call(bn1.call(conv1.call(x)))));
            y += downsample is null ? x : downsample.call(x);
            return relu.call(y);
        }
    }
}
