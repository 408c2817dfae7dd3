using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Nn.Modules;

public class LazyModuleTests
{
    [Fact]
    public void The_first_input_sets_the_sizes()
    {
        Sequential net = nn.Sequential(nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2));
        Assert.StartsWith("Sequential(\n  (0): LazyConv2d(0, 4, kernel_size=(3, 3), stride=(1, 1))\n  (1): LazyBatchNorm2d(0, ", net.ToString());
        Assert.Equal("<UninitializedParameter>", net.parameters().First().ToString());
        Parameter[] before = [.. net.parameters()];
        Tensor result = net.call(randn(2, 3, 5, 5));
        Assert.Equal(new Size(2, 2), result.shape);
        Assert.Equal("Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1))", net[0].ToString());
        Assert.Equal("Linear(in_features=36, out_features=2, bias=True)", net[4].ToString());
        // An optimizer made before the first pass holds the same objects.
        Assert.Equal(before, net.parameters(), ReferenceEqualityComparer.Instance);
        result.sum().backward();
        Assert.All(before, p => Assert.NotNull(p.grad));
    }

    [Fact]
    public void Initialisation_is_that_of_the_plain_layer()
    {
        LazyLinear lazy = nn.LazyLinear(3);
        manual_seed(5);
        lazy.call(zeros(1, 7));
        manual_seed(5);
        Linear plain = nn.Linear(7, 3);
        Assert.True(torch.equal(plain.weight, lazy.weight));
        Assert.True(torch.equal(plain.bias!, lazy.bias!));
    }

    [Fact]
    public void A_checkpoint_sets_the_sizes_too()
    {
        Conv1d plain = nn.Conv1d(2, 3, 2);
        LazyConv1d lazy = nn.LazyConv1d(3, 2);
        Assert.Equal(["weight", "bias"], lazy.state_dict().Keys);
        lazy.load_state_dict(plain.state_dict());
        Assert.False(lazy.has_uninitialized_params());
        Tensor x = randn(1, 2, 5);
        Assert.True(torch.equal(plain.call(x), lazy.call(x)));
    }

    [Fact]
    public void Groups_must_divide_the_channels() =>
        Assert.Equal("in_channels must be divisible by groups", Assert.Throws<ArgumentException>(() => nn.LazyConv2d(4, 1, groups: 2).call(zeros(1, 3, 2, 2))).Message);
}
