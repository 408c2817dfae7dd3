using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Activations;

public class EdgeTests
{
    [Fact]
    public void Limits_of_bytes_are_judged_without_their_fractions()
    {
        Assert.True(equal(tensor([0L, 1, 2]).to(uint8), F.hardtanh(tensor([0L, 1, 5]).to(uint8), -0.5, 2.0)));
        Assert.Throws<TorchException>(() => F.hardtanh(ones(2, dtype: uint8), -1.0, 2.0));
        Assert.Throws<TorchException>(() => F.hardtanh(ones(2, dtype: uint8), 0.0, -1.0));
    }

    [Fact]
    public void The_second_derivative_of_elu_is_zero_at_zero()
    {
        Tensor x = tensor([-1.0, 0.0, 1.0]).requires_grad_();
        Tensor slope = autograd.grad([F.elu(x, 2.0).sum()], [x], create_graph: true)[0]!;
        Tensor second = autograd.grad([slope.sum()], [x])[0]!;
        Assert.True(allclose(tensor([2 * Math.Exp(-1), 0.0, 0.0]), second));
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(64)]
    public void Sigmoid_reaches_into_the_denormal_numbers(int count)
    {
        foreach (double x in (double[])[-87.5, -88.0])
            foreach (float y in full([count], x).sigmoid().ToArray<float>())
                Assert.InRange(y, (float)(Math.Exp(x) * (1 - 1e-6)), (float)(Math.Exp(x) * (1 + 1e-6)));
        Assert.All(full([count], -100.0).sigmoid().ToArray<float>(), y => Assert.Equal(0, y));
    }
}
