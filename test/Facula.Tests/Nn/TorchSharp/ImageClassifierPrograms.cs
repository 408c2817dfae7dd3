using System.Diagnostics;
using Facula;
using static Facula.torch;
using static Facula.torch.nn;
using static Facula.torch.nn.functional;
using static Facula.TensorExtensionMethods;

namespace Programs.InTorchSharpsManner;

/// <summary>Programs as TorchSharp's users write them: they show that the spelling compiles and runs.</summary>
public class ImageClassifierPrograms
{
    private const int BatchSize = 8;

    [Fact]
    public void A_digit_classifier_trains_and_saves()
    {
        torch.random.manual_seed(1);
        var device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        Assert.Equal("cpu", device.type.ToString());
        using var model = new DigitNet("model", device);
        var data = Batches([1, 14, 14], 10, 4);
        var optimizer = optim.Adam(model.parameters(), lr: 0.005);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, 1, 0.9);
        var clock = new Stopwatch();
        clock.Start();
        double first = Train(model, optimizer, NLLLoss(reduction: Reduction.Mean), data);
        scheduler.step();
        double last = first;
        for (int epoch = 2; epoch <= 8; epoch++)
        {
            last = Train(model, optimizer, NLLLoss(reduction: nn.Reduction.Mean), data);
            scheduler.step();
        }
        clock.Stop();
        Assert.True(last < first, $"{last} after {first}");
        Assert.Equal(0.005 * Math.Pow(0.9, 8), optimizer.ParamGroups.First().LearningRate, 10);
        (double loss, int correct) = Test(model, NLLLoss(reduction: nn.Reduction.Sum), data);
        Assert.True(double.IsFinite(loss) && correct >= 0);

        string path = Path.GetTempFileName();
        try
        {
            model.save(path);
            using var other = new DigitNet("other");
            other.load(path);
            Assert.True(other.state_dict()["conv1.weight"].equal(model.state_dict()["conv1.weight"]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_small_AlexNet_trains_on_colour_images()
    {
        torch.random.manual_seed(2);
        using var model = new AlexNet("alexnet", 10);
        Assert.Equal("features.c1.weight", model.named_parameters().First().name);
        var data = Batches([3, 32, 32], 10, 1);
        using var optimizer = torch.optim.Adam(model.parameters(), 0.001);
        Assert.True(double.IsFinite(Train(model, optimizer, NLLLoss(), data)));
    }

    private static List<(Tensor, Tensor)> Batches(long[] shape, int classes, int count)
    {
        var batches = new List<(Tensor, Tensor)>();
        for (int i = 0; i < count; i++)
        {
            var labels = torch.randint(0, classes, [BatchSize], dtype: ScalarType.Int64);
            var images = torch.rand([BatchSize, .. shape]);
            // The row of the label is bright.
            for (int j = 0; j < BatchSize; j++) images[j, TensorIndex.Colon, labels[j].ToInt64()] += 2;
            batches.Add((images, labels));
        }
        return batches;
    }

    private static double Train(Module<Tensor, Tensor> model, optim.Optimizer optimizer, Loss<Tensor, Tensor, Tensor> loss, IEnumerable<(Tensor, Tensor)> dataLoader)
    {
        model.train();
        double sum = 0;
        using (var d = torch.NewDisposeScope())
        {
            foreach (var (data, target) in dataLoader)
            {
                optimizer.zero_grad();
                var prediction = model.call(data);
                var output = loss.call(prediction, target);
                output.backward();
                optimizer.step();
                sum += output.ToSingle();
                d.DisposeEverything();
            }
        }
        return sum;
    }

    private static (double, int) Test(Module<Tensor, Tensor> model, Loss<Tensor, Tensor, Tensor> loss, IEnumerable<(Tensor, Tensor)> dataLoader)
    {
        model.eval();
        double total = 0;
        int correct = 0;
        using (torch.no_grad())
        {
            foreach (var (data, target) in dataLoader)
            {
                using var scope = torch.NewDisposeScope();
                var prediction = model.call(data);
                total += loss.call(prediction, target).ToDouble();
                var pred = prediction.argmax(1);
                correct += pred.eq(target).sum().ToInt32();
            }
        }
        return (total, correct);
    }

    private sealed class DigitNet : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> conv1 = Conv2d(1, 8, 3);
        private readonly Module<Tensor, Tensor> conv2 = Conv2d(8, 16, 3);
        private readonly Module<Tensor, Tensor> fc1 = Linear(400, 32);
        private readonly Module<Tensor, Tensor> fc2 = Linear(32, 10);
        private readonly Module<Tensor, Tensor> pool1 = MaxPool2d(kernelSize: new long[] { 2, 2 });
        private readonly Module<Tensor, Tensor> relu1 = ReLU();
        private readonly Module<Tensor, Tensor> relu2 = ReLU();
        private readonly Module<Tensor, Tensor> relu3 = ReLU();
        private readonly Module<Tensor, Tensor> dropout1 = Dropout(0.25);
        private readonly Module<Tensor, Tensor> dropout2 = Dropout(0.5);
        private readonly Module<Tensor, Tensor> flatten = Flatten();
        private readonly Module<Tensor, Tensor> logsm = LogSoftmax(1);

        public DigitNet(string name, Device device = null!) : base(name)
        {
            RegisterComponents();
            if (device is { } place && place.type != DeviceType.CPU) this.to(place);
        }

        public override Tensor forward(Tensor input)
        {
            var l11 = conv1.call(input);
            var l12 = relu1.call(l11);
            var l21 = conv2.call(l12);
            var l22 = relu2.call(l21);
            var l23 = pool1.call(l22);
            var l24 = dropout1.call(l23);
            var x = flatten.call(l24);
            var l31 = fc1.call(x);
            var l32 = relu3.call(l31);
            var l33 = dropout2.call(l32);
            var l41 = fc2.call(l33);
            return logsm.call(l41);
        }
    }

    private sealed class AlexNet : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> features;
        private readonly Module<Tensor, Tensor> avgPool;
        private readonly Module<Tensor, Tensor> classifier;

        public AlexNet(string name, int numClasses, Device device = null!) : base(name)
        {
            features = Sequential(
                ("c1", Conv2d(3, 16, kernelSize: 3, stride: 2, padding: 1)),
                ("r1", ReLU(inplace: true)),
                ("mp1", MaxPool2d(kernelSize: new long[] { 2, 2 })),
                ("c2", Conv2d(16, 24, kernel_size: 3, padding: 1)),
                ("r2", ReLU(inplace: true)),
                ("mp2", MaxPool2d(kernel_size: new long[] { 2, 2 })),
                ("c3", Conv2d(24, 32, kernelSize: 3, padding: 1)),
                ("r3", ReLU(inplace: true)),
                ("mp5", MaxPool2d(kernel_size: (2, 2))));
            avgPool = AdaptiveAvgPool2d(new long[] { 2, 2 });
            classifier = Sequential(
                ("d1", Dropout()),
                ("l1", Linear(32 * 2 * 2, 64)),
                ("r6", ReLU(inplace: true)),
                ("d2", Dropout(probability: 0.5)),
                ("l3", Linear(inputSize: 64, outputSize: numClasses)),
                ("logsm", LogSoftmax(dim: 1)));
            RegisterComponents();
            if (device is { } place && place.type == DeviceType.CUDA) this.to(place);
        }

        public override Tensor forward(Tensor input)
        {
            var f = features.call(input);
            var avg = avgPool.call(f);
            using (var x = avg.reshape(new long[] { avg.shape[0], 32 * 2 * 2 }))
                return classifier.call(x);
        }
    }
}
