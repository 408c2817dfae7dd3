using multinomial = Facula.torch.distributions.multinomial;

namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 004: preliminaries, derivatives, probability.</summary>
internal sealed class Preliminaries : Tutorial
{
    [Block(6)]
    public void TensorsAndOperations()
    {
        Tensor x = let(torch.arange(12));
        say(x.shape);
        say(x.numel());
        Tensor X = let(x.reshape(3, 4));
        say(X);
        say(x.reshape(3, 2, 2));
        say(x.reshape(-1, 4));
        say(x.reshape(3, -1));
        say(torch.zeros((2, 3, 4)));
        say(torch.randn(3, 4));
        say(torch.tensor([[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]));
        (x, Tensor y) = let((torch.tensor([1.0, 2, 4, 8]), torch.tensor([2, 2, 2, 2])));
        say((x + y, x - y, x * y, x / y, x.pow(y)));
        say(torch.exp(x));
        X = let(torch.arange(12, dtype: torch.float32).reshape(3, 4));
        Tensor Y = let(torch.tensor([[2.0, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]));
        say(torch.cat((X, Y), dim: 0));
        say(torch.cat((X, Y), dim: 1));
        say(X == Y);
        say(X.sum());
        say(X.sum(axis: 0));
        say(X.sum(axis: 1, keepdims: true));
        (Tensor a, Tensor b) = let((torch.arange(4.0), torch.ones(4)));
        say(torch.dot(a, b));
        (Tensor A, Tensor B) = let((torch.arange(20, dtype: torch.float32).reshape(5, 4), torch.ones(4, 3)));
        say(torch.mv(A, a));
        say(torch.mm(A, B));
        Tensor u = let(torch.tensor([3.0, -4.0]));
        say(torch.norm(u));
        say(torch.abs(u).sum());
        a = let(torch.arange(3).reshape(3, 1));
        b = let(torch.arange(2).reshape(1, 2));
        say(a + b);
        say((X[-1], X[1..3]));
        run(() => X[1, 2] = 9);
        say(X);
        run(() => X[0..2, ..] = 12);
        say(X);

        long before = Y.data_ptr();
        Y = Y + X;
        say(Y.data_ptr() == before);

        Tensor Z = torch.zeros_like(Y);
        before = Z.data_ptr();
        Z[..] = X + Y;
        say(Z.data_ptr() == before);

        before = X.data_ptr();
        X += Y;
        say(X.data_ptr() == before);

        a = let(torch.tensor([3.5]));
        say((a, a.item(), (float)a, (int)a));
        fails(() => torch.tensor([3, 5]).item());
    }

    [Block(7)]
    public void Derivatives()
    {
        Tensor x = let(torch.arange(4.0));
        say(x.requires_grad_(true));
        say(x.grad);
        Tensor y = let(2 * torch.dot(x, x));
        say(y);
        run(() => y.backward());
        say(x.grad);
        say(x.grad == 4 * x);
        say(x.grad.zero_());
        y = let(x.sum());
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
        say(x.grad == u);
        say(x.grad.zero_());
        run(() => y.sum().backward());
        say(x.grad == 2 * x);

        done();
        static Tensor f(Tensor a)
        {
            Tensor c, b = a * 2;
            while (b.norm() < 1000) b = b * 2;
            if (b.sum() > 0) c = b;
            else c = 100 * b;
            return c;
        }
        Tensor a = let(torch.randn(size: [], requires_grad: true));
        Tensor d = let(f(a));
        run(() => d.backward());
        say(a.grad == d / a);
    }

    [Block(8)]
    public void Probability()
    {
        done();
        Tensor fair_probs = let(torch.ones([6]) / 6);
        say(multinomial.Multinomial(1, fair_probs).sample());
        say(multinomial.Multinomial(10, fair_probs).sample());
        Tensor counts = let(multinomial.Multinomial(1000, fair_probs).sample());
        say(counts / 1000);
        // PyTorch had three of them after 1.13, two are C#'s own, and the base class stands in transforms alone.
        string[] others = ["GeneralizedPareto", "InverseGamma", "PositiveDefiniteTransform", "Argument", "ConstraintRegistry", .. typeof(object).GetMethods().Select(m => m.Name)];
        run(() => print(typeof(torch.distributions).GetMembers().Select(m => m.Name).Append(nameof(torch.distributions.transforms.Transform))
            .Where(n => char.IsUpper(n[0])).Distinct().Except(others).Order(StringComparer.Ordinal).ToList()));
    }
}
