namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: activations, losses, derivatives and a step of an optimizer.</summary>
internal sealed class Training : Tutorial
{
    [Block(106)]
    public void SigmoidFunction()
    {
        Tensor a = let(torch.linspace(-100, 100, 10));
        say(a);
        say(torch.sigmoid(a));
    }

    [Block(107)]
    public void MseLossFunction()
    {
        Tensor x = let(torch.tensor(1.0));
        Tensor w = let(torch.tensor(2.0));
        Tensor b = let(torch.tensor(0.0));
        Tensor y = let(torch.tensor(1.0));
        Tensor mse = let(torch.nn.functional.mse_loss(y, w * x + b));
        say(mse);
    }

    [Block(108)]
    public void CrossEntropy()
    {
        Tensor output = let(torch.rand(5, 10));
        Tensor target = let(torch.tensor([0, 2, 9, 9, 2]).@long());
        say(output.shape);
        say(target.shape);
        CrossEntropyLoss loss = let(torch.nn.CrossEntropyLoss());
        say(loss.call(output, target));
    }

    [Block(109)]
    public void BinaryCrossEntropy()
    {
        int batch_size = let(5);
        Tensor output = let(torch.rand(batch_size, 1));
        say(output);
        Tensor target = let(torch.ones(batch_size, 1));
        say(target);
        BCELoss loss = let(torch.nn.BCELoss());
        say(loss.call(output, target));
    }

    [Block(110)]
    public void AutogradGrad()
    {
        Tensor x = let(torch.tensor(1.0));
        Tensor w = let(torch.tensor(2.0));
        Tensor b = let(torch.tensor(0.0));
        Tensor y = let(torch.tensor(1.0));
        Tensor mse = let(torch.nn.functional.mse_loss(y, w * x + b));
        say(mse);
        fails(() => torch.autograd.grad(mse, [w]));
        say(w.requires_grad_());
        fails(() => torch.autograd.grad(mse, [w]));
        mse = let(torch.nn.functional.mse_loss(y, w * x + b));
        say(torch.autograd.grad(mse, [w]));
    }

    [Block(111)]
    public void Backward()
    {
        Tensor x = let(torch.tensor(1.0));
        Tensor b = let(torch.tensor(0.0));
        Tensor w = let(torch.tensor(2.0, requires_grad: true));
        Tensor y = let(torch.tensor(1.0));
        Tensor mse = let(torch.nn.functional.mse_loss(y, w * x + b));
        run(() => mse.backward());
        say(w.grad);
        say(x.grad);
    }

    [Block(112)]
    public void Accumulation()
    {
        Tensor x = let(torch.tensor(5.0, requires_grad: true));
        Tensor y = let(x + 1);
        run(() => y.backward());
        say(x.grad);
        run(() => y.backward());
        say(x.grad);
        run(() => x.grad = null);
        run(() => y.backward());
        say(x.grad);
    }

    [Block(113)]
    public void OneStep()
    {
        Tensor x = let(torch.tensor([2.0]));
        Tensor y = let(torch.tensor([4.0]));
        Linear layer = let(nn.Linear(1, 1));
        say(layer.weight);
        say(layer.bias);
        var optim = let(torch.optim.SGD(layer.parameters(), lr: 0.1));
        Tensor loss = let(y - layer.call(x));
        say(loss);
        run(() => loss.backward());
        say(layer.weight.grad);
        say(layer.bias!.grad);
        run(() => optim.step());
        say(layer.weight);
        say(layer.bias);
        loss = let(y - layer.call(x));
        say(loss);
    }
}
