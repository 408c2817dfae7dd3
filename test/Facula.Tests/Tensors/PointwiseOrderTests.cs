using static Facula.torch;
using Tensor = Facula.torch.Tensor;

namespace Facula.Tests.Tensors;

/// <summary>Strides of pointwise results and of gradients, as PyTorch 1.13 gives them.</summary>
public class PointwiseOrderTests
{
    private static string Strides(Tensor tensor) => string.Join(',', tensor.stride().ToArray());

    [Fact]
    public void Results_lie_in_memory_as_their_operands_do()
    {
        Tensor a = rand(2, 3), c = rand(2, 3, 4, 5);
        Assert.Equal("1,3", Strides(exp(a.t())));
        Assert.Equal("1,3", Strides(a.t() * 2));
        Assert.Equal("1,3", Strides(a.t() + rand(3, 2)));
        Assert.Equal("2,1", Strides(rand(3, 2) + a.t()));
        Assert.Equal("60,5,1,20", Strides(c.permute(0, 2, 3, 1) + 1));
        Assert.Equal("60,1,15,3", Strides(c.contiguous(memory_format: channels_last).relu()));
        Assert.Equal("1,3", Strides(where(a.t() > 0.5, a.t(), 0.0)));
        Assert.Equal("1,3", Strides(a.t().clone()));
        Assert.Equal("1,3", Strides(a.t().to(float64)));
    }

    [Fact]
    public void Gaps_close_and_repeats_say_nothing()
    {
        Assert.Equal("1,3", Strides(rand(4, 3)["::2"].t().neg()));
        Assert.Equal("2,1", Strides(rand(4, 3)[.., "::2"].neg()));
        Assert.Equal("1,3", Strides(rand(3).unsqueeze(1) + rand(2, 3).t()));
        Assert.Equal("1,2", Strides(rand(1, 3) + rand(3, 2).t()));
        Assert.Equal("12,3,1", Strides(rand(2, 1, 3).expand(2, 4, 3) + 1));
        Assert.Equal("6,1,2", Strides(rand(3, 2).t().unsqueeze(0).expand(4, 2, 3) + 1));
    }

    [Fact]
    public void A_gradient_lies_in_memory_as_its_leaf_does()
    {
        Tensor x = rand(2, 3, requires_grad: true), y = rand(2, 3).t().requires_grad_(), z = rand(4, 6)[.., ..3].requires_grad_();
        x.t().exp().sum().backward();
        y.exp().contiguous().sum().backward();
        z.t().exp().sum().backward();
        Assert.Equal("3,1", Strides(x.grad));
        Assert.Equal("1,3", Strides(y.grad));
        Assert.Equal("3,1", Strides(z.grad));
        Tensor inner = x * 1;
        inner.retain_grad();
        inner.t().exp().sum().backward();
        Assert.Equal("3,1", Strides(inner.grad));
    }
}
