namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 003: a tour in four minutes, and a simple linear regression.</summary>
internal sealed class FourMinutes : Tutorial
{
    [Block(4)]
    public void Tour()
    {
        Tensor x = let(torch.FloatTensor([[1, 2, 3], [4, 5, 6]]));
        run(() => print(x.size(), "\n", x));
        say(x.add_(torch.ones([2, 3]) + torch.ones([2, 3])));
        say(x.sub_(torch.ones([2, 3]) * 2));
        var shorts = let(new short[,] { { 2, 2 }, { 2, 2 }, { 2, 2 } });
        say(x.@short().matmul(torch.from_numpy(shorts)));
        say(x.view(1, 6));
        Tensor y = let(torch.from_numpy(new float[,] { { 2, 2, 2 }, { 2, 2, 2 } }));
        Tensor z = let(x + y);
        run(() => print(z));
        Tensor v1 = let(torch.autograd.Variable(torch.tensor([1.0, 2.0, 3.0]), requires_grad: false));
        Tensor v2 = let(torch.autograd.Variable(torch.tensor([4.0, 5.0, 6.0]), requires_grad: true));
        Tensor v3 = let(v1 * v2);
        say(v3.data.numpy());
        say(v3.grad_fn!.name());
        double[] turns = [0.0, 1.0, 1.5, 2.0];
        x = let(torch.autograd.Variable(new Tensor(turns.Select(t => t * Math.PI).ToArray()), requires_grad: true));
        y = let(torch.sin(x));
        say(x.grad);
        run(() => y.backward(new Tensor([1.0, 1.0, 1.0, 1])));
        say(x.grad);
        run(() =>
        {
            var slopes = (int[])x.grad.data.@int().numpy();
            var cosines = (int[])torch.cos(x).data.@int().numpy();
            if (slopes.SequenceEqual(cosines)) print("d(sin(x)/dx=cos(x))");
        });
    }

    [Block(5)]
    public void SimpleLinearRegressionProgram()
    {
        var (w, b) = let((2, 3));
        double[] points = let(Enumerable.Range(0, 100).Select(i => i == 99 ? 10 : i * (10 / 99.0)).ToArray());
        var noise = (double[])torch.randn(100).@double().numpy();
        double[] values = let(points.Zip(noise, (x, e) => w * x + b + e * 2).ToArray());
        double[,] x = let(Column(points));
        double[,] y = let(Column(values));
        done();
        LinearRegressionModel model = let(new LinearRegressionModel(in_dimn: 1, out_dimn: 1));
        var cost = let(torch.nn.MSELoss());
        var optimizer = let(torch.optim.SGD(model.parameters(), lr: 0.01, momentum: 0.9));
        Tensor inputs = let(torch.from_numpy(x).@float());
        Tensor outputs = let(torch.from_numpy(y).@float());
        run(() =>
        {
            for (int epoch = 0; epoch < 100; epoch++)
            {
                Tensor y_pred = model.call(inputs);
                Tensor loss = cost.call(y_pred, outputs);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                if ((epoch + 1) % 10 == 0) Console.WriteLine($"epoch{epoch + 1},loss{loss.data}");
            }
        });
        say((model.model.weight.item(), model.model.bias!.item()));
    }

    private static double[,] Column(double[] values)
    {
        var column = new double[values.Length, 1];
        for (int i = 0; i < values.Length; i++) column[i, 0] = values[i];
        return column;
    }

    private sealed class LinearRegressionModel(long in_dimn, long out_dimn) : nn.Module<Tensor, Tensor>
    {
        public readonly Linear model = nn.Linear(in_dimn, out_dimn);

        public override Tensor forward(Tensor x)
        {
            Tensor y_pred = model.call(x);
            return y_pred;
        }
    }
}
