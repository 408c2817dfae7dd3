namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 000: operations on data, and derivatives.</summary>
internal sealed class FirstSteps : Tutorial
{
    [Block(0)]
    public void DataOperations()
    {
        Tensor x = let(torch.arange(12));
        say(x);
        say(x.shape);
        say(x.Length);
        x = let(x.reshape(3, 4));
        say(x);
        say(torch.zeros(3, 4));
        say(torch.ones(3, 4));
        Tensor l = let(torch.eye(5));
        say(l);
        say(torch.ones_like(l));
        say(torch.randn((2, 4)));
        say(torch.tensor([[1, 1, 1, 1], [1, 2, 3, 4], [4, 3, 2, 1]]));
        x = let(torch.tensor([1, 2, 3, 4]));
        Tensor y = let(torch.tensor([2, 3, 4, 5]));
        say((x + y, x - y, x * y, x / y));
        x = let(torch.arange(12).reshape(3, 4));
        say(x.sum(dim: 0));
        x = let(torch.tensor([[1, 2, 3], [4, 5, 6]]));
        y = let(torch.tensor([1, 1, 1]));
        say(x + y);
        say(x[.., new[] { 0, 1 }]);
    }

    [Block(1)]
    public void Derivatives()
    {
        Tensor x = let(torch.arange(4.0));
        say(x);
        say(x.requires_grad_(true));
        run(() => print(x.grad));
        Tensor y = let(torch.dot(x, x));
        say(y);
        run(() => y.backward(retain_graph: false));
        say(x.grad);
        say(x.grad.zero_());
        y = let(x.sum());
        say(y);
        run(() => y.backward());
        say(x.grad);
        say(x.grad.zero_());
        y = let(x * x);
        run(() => y.sum().backward());
        say(x.grad);
        say(x.grad.zero_());
        y = let(x * x);
        Tensor u = let(y.detach());
        Tensor z = let(u * x);
        run(() => z.sum().backward());
        say(x.grad);
        say(u);

        done();
        static Tensor f(Tensor a)
        {
            Tensor b;
            if (a.sum() > 0) b = a;
            else b = 100 * a;
            return b;
        }
        Tensor a = let(torch.randn(12, requires_grad: true));
        Tensor d = let(f(a));
        say(d);
        run(() => d.backward(torch.ones_like(a)));
        say(a.grad == d / a);

        done();
        static Tensor g(Tensor x)
        {
            Tensor y;
            if (x.norm() > 10) y = x;
            else y = x * x;
            return y;
        }
        x = let(torch.randn(12, requires_grad: true));
        y = let(g(x));
        run(() => y.backward(torch.ones_like(x)));
        say(x.grad);
        x = let(torch.linspace(-2 * torch.pi, 2 * torch.pi, 100));
        say(x.requires_grad_(true));
        y = let(torch.sin(x));
        run(() => y.sum().backward());
        y = let(torch.detach(y));
        say(y[..10]);
        say(x.grad[..10]);
        say((x.grad - torch.cos(x)).abs().max());
    }
}
