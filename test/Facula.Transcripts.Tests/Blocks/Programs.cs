namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: its programs, and a module and optimizer of one's own.</summary>
internal sealed class Programs : Tutorial
{
    [Block(9)]
    public void FirstLinearFit()
    {
        Tensor x = let(torch.unsqueeze(torch.linspace(-100, 100, 1000), dim: 1));
        Tensor y = let(2 * x + 1);
        Linear matrix = let(torch.nn.Linear(1, 1));
        var optimizer = let(torch.optim.Adam(matrix.parameters(), lr: 0.1));
        run(() =>
        {
            for (int _ = 0; _ < 100; _++)
            {
                Tensor value = matrix.call(x);
                Tensor score = torch.mean((value - y).pow(2));
                matrix.zero_grad();
                score.backward();
                optimizer.step();
                var weight = (float[,])matrix.weight.data.numpy();
                if (_ % 9 == 0) Console.WriteLine($"{_} [[{weight[0, 0]}]] {score}");
            }
        });
        say(matrix.weight);
        say(matrix.bias);
    }

    [Block(10)]
    public void NoisyLine()
    {
        int w = let(2);
        int b = let(1);
        Tensor noise = let(torch.rand(100, 1));
        Tensor x = let(torch.unsqueeze(torch.linspace(-1, 1, 100), dim: 1));
        Tensor y = let(w * x + b + noise);
        Sequential model = let(torch.nn.Sequential(torch.nn.Linear(1, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1)));
        var loss_fun = let(torch.nn.MSELoss());
        var optimizer = let(torch.optim.Adam(model.parameters(), lr: 0.001));
        run(() =>
        {
            for (int _ = 0; _ < 1000; _++)
            {
                Tensor output = model.call(x);
                Tensor loss = loss_fun.call(output, y);
                model.zero_grad();
                loss.backward();
                optimizer.step();
                if (_ % 100 == 0) Console.WriteLine($"Loss={loss.data:F4}");
            }
        });
    }

    [Block(11)]
    public void NextNumber()
    {
        int data_length = let(30);
        int seq_length = let(3);
        int[] number = let(Enumerable.Range(0, data_length).ToArray());
        List<int[]> li_x = let(new List<int[]>());
        List<long> li_y = let(new List<long>());
        run(() =>
        {
            for (int i = 0; i < data_length - seq_length; i++)
            {
                li_x.Add(number[i..(i + seq_length)]);
                li_y.Add(number[i + seq_length]);
            }
        });
        double[,,] windows = let(new double[li_x.Count, 1, seq_length]);
        for (int i = 0; i < li_x.Count; i++)
            for (int j = 0; j < seq_length; j++) windows[i, 0, j] = li_x[i][j] / (double)data_length;
        Tensor data_x = let(torch.from_numpy(windows).@float());
        Tensor data_y = let(torch.zeros(li_y.Count, data_length).scatter_(1, torch.tensor(li_y).unsqueeze_(dim: 1), 1).@float());
        done();
        net model = let(new net(seq_length, 32, data_length, 4));
        say(model);
        var loss_fun = let(nn.MSELoss());
        var optimizer = let(torch.optim.Adam(model.parameters(), lr: 0.01));
        run(() =>
        {
            for (int _ = 0; _ < 500; _++)
            {
                Tensor output = model.call(data_x);
                Tensor loss = loss_fun.call(data_y, output);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                if ((_ + 1) % 50 == 0) Console.WriteLine($"Epoch: {_}, Loss: {loss.data}");
            }
        });
        Tensor result = let(model.call(data_x));
        say(data_y.unbind().Zip(result.unbind(), (t, p) => (int)(t.argmax() == p.argmax())).Sum());
    }

    private sealed class net(long input_size, long hidden_size, long output_size, long num_layer) : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM layer1 = nn.LSTM(input_size, hidden_size, num_layer);
        private readonly Linear layer2 = nn.Linear(hidden_size, output_size);
        private readonly Softmax layer3 = nn.Softmax();

        public override Tensor forward(Tensor x)
        {
            (x, _, _) = layer1.call(x);
            var (sample, batch, hidden) = x.size();
            x = x.reshape(-1, hidden);
            x = layer2.call(x);
            x = layer3.call(x);
            return x;
        }
    }

    [Block(12)]
    public void OptimizerAndModuleOfOnesOwn()
    {
        done();
        Dense layer = let(new Dense(10, 1));
        say(layer);
        Tensor x = let(torch.rand(2, 10));
        say(layer.call(x));
        say(layer.named_parameters().Select(p => p.name).ToList());
        var optim = let(torch.optim.Adam(layer.parameters(), lr: 0.01));
        say(optim);
        run(() => optim.param_groups[0]["lr"] = 0.5);
        say(optim);
        say(torch.optim.SGD([new ParamGroup(layer.w), new ParamGroup(layer.b) { ["lr"] = 1e-3 }], lr: 1e-2, momentum: 0.9));
    }

    private sealed class Dense(long input_shape, long output_shape) : nn.Module<Tensor, Tensor>
    {
        public readonly Parameter w = nn.Parameter(torch.randn(output_shape, input_shape));
        public readonly Parameter b = nn.Parameter(torch.rand(output_shape));
        private readonly ReLU relu = nn.ReLU();

        public override Tensor forward(Tensor x)
        {
            x = x.matmul(w.t()) + b;
            x = relu.call(x);
            return x;
        }
    }
}
