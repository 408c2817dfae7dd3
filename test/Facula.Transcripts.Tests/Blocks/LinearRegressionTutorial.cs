namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 002: derivatives of first and second order, and a linear regression.</summary>
internal sealed class LinearRegressionTutorial : Tutorial
{
    [Block(2)]
    public void FirstAndSecondDerivatives()
    {
        Tensor x = let(torch.tensor(1.0, requires_grad: true));
        Tensor b = let(torch.tensor(2.0, requires_grad: true));
        Tensor w = let(torch.tensor(3.0, requires_grad: true));
        Tensor z = let(w * x + b);
        say(z);
        say((z.is_leaf, x.is_leaf, z.requires_grad));
        run(() => z.backward());
        run(() => print(x.grad));
        run(() => print(w.grad));
        run(() => print(b.grad));
        fails(() => torch.tensor(1, requires_grad: true));
        x = let(torch.tensor(2.0).requires_grad_());
        Tensor y = let(torch.tensor(3.0).requires_grad_());
        z = let(x * x * y);
        run(() => z.backward(create_graph: true));
        run(() => print(x.grad));
        say(x.grad.data.zero_());
        run(() => x.grad.backward());
        run(() => print(x.grad));

        Tensor X = let(torch.tensor([1.5, 2.5, 3.5], requires_grad: false));
        Tensor W = let(torch.tensor([0.2, 0.4, 0.6], requires_grad: true));
        b = let(torch.tensor(0.1, requires_grad: true));
        Tensor Y = let(torch.add(torch.dot(X, W), b));
        say(Y);
        run(() => Y.backward());
        run(() => print(W.grad));
        run(() => print(b.grad));

        x = let(torch.ones(3, requires_grad: true));
        Tensor h = let(x * 2);
        run(() => h.retain_grad());
        run(() => h.sum().backward());
        say(h.grad);
        say(x.grad);
        fails(() => (x * 2).backward());
        y = let((x * 2).sum());
        run(() => y.backward());
        fails(() => y.backward());
        run(() => (x * x).sum().backward(retain_graph: true));
        say(x.grad);
        fails(() => x.add_(1));
    }

    [Block(3)]
    public void LinearRegressionProgram()
    {
        done();
        int[] x_values = let(Enumerable.Range(0, 11).ToArray());
        float[,] x_train = let(Column(x_values, i => i));
        float[,] y_train = let(Column(x_values, i => 2 * i + 1));
        done();
        Device device = let(torch.device("cpu"));
        LinearRegression model = let(new LinearRegression());
        say(model.to(device));
        var optimizer = let(torch.optim.SGD(model.parameters(), lr: 0.01));
        var criterion = let(torch.nn.MSELoss());
        Tensor targets = torch.empty(0);
        run(() =>
        {
            for (int epoch = 0; epoch < 100; epoch++)
            {
                Tensor inputs = torch.from_numpy(x_train).to(device);
                targets = torch.from_numpy(y_train).to(device);
                Tensor outputs = model.call(inputs);
                Tensor loss = criterion.call(outputs, targets);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                if (epoch % 10 == 0) Console.WriteLine($"epoch {epoch}, loss {loss.item()}");
            }
        });
        Tensor predicted = let(model.call(torch.from_numpy(x_train).to(device)));
        run(() => print(predicted));
        run(() => print(targets));
    }

    private static float[,] Column(int[] values, Func<int, float> f)
    {
        var column = new float[values.Length, 1];
        for (int i = 0; i < values.Length; i++) column[i, 0] = f(values[i]);
        return column;
    }

    private sealed class LinearRegression : nn.Module<Tensor, Tensor>
    {
        private readonly Linear linear = nn.Linear(1, 1);

        public override Tensor forward(Tensor x) => linear.call(x);
    }
}
