using Facula.Modules;
using Tensor = Facula.torch.Tensor;

namespace Facula.Tests;

public class KeptWeightsTests
{
    // Kernels and strides for which weights are kept in one form or the other.
    public static TheoryData<long, long> Forms => new() { { 3, 1 }, { 3, 2 }, { 5, 1 } };

    private static (Conv2d, Tensor) Make(long kernel, long stride)
    {
        torch.manual_seed(1);
        return (torch.nn.Conv2d(40, 48, kernel, stride: stride, padding: kernel / 2), torch.randn(2, 40, 20, 20));
    }

    /// <summary>What the layer answers when nothing is kept: its weights are copies.</summary>
    private static Tensor Fresh(Conv2d layer, Tensor input, long kernel, long stride) =>
        torch.nn.functional.conv2d(input, layer.weight.clone(), layer.bias, stride: stride, padding: kernel / 2);

    [Theory]
    [MemberData(nameof(Forms))]
    public void WritesOfEveryKindAreSeen(long kernel, long stride)
    {
        var (layer, x) = Make(kernel, stride);
        using var _ = torch.no_grad();
        Tensor other = torch.randn_like(layer.weight);
        var writes = new Dictionary<string, Action>
        {
            ["in place"] = () => layer.weight.mul_(0.5),
            ["in place, through a view"] = () => layer.weight[3].add_(1),
            ["copy_"] = () => layer.weight.copy_(other),
            [".data in place"] = () => layer.weight.data.mul_(3),
            ["a view of .data"] = () => layer.weight.data[0].zero_(),
            ["detach"] = () => layer.weight.detach().add_(0.25),
            ["another .data"] = () => layer.weight.data = torch.randn_like(layer.weight),
            ["set_"] = () => layer.weight.set_(torch.randn_like(layer.weight)),
            ["load_state_dict"] = () => layer.load_state_dict(torch.nn.Conv2d(40, 48, kernel).state_dict()),
            ["init"] = () => torch.nn.init.normal_(layer.weight),
            ["optimizer"] = () =>
            {
                layer.weight.grad = torch.ones_like(layer.weight);
                torch.optim.SGD(layer.parameters(), 0.1).step();
            },
            ["span"] = () => layer.weight.detach().AsTensorSpan<float>()[1, 0, 0, 0] = 100,
        };
        foreach (var (name, write) in writes)
        {
            for (int i = 0; i < 3; i++)
                Assert.True(torch.equal(Fresh(layer, x, kernel, stride), layer.call(x)), $"before {name}, call {i}");
            Tensor before = layer.call(x);
            write();
            Assert.False(torch.equal(before, layer.call(x)), name);
            Assert.True(torch.equal(Fresh(layer, x, kernel, stride), layer.call(x)), name);
        }
    }

    [Fact]
    public void TheSameMemoryServesOtherGroupsAndSizes()
    {
        using var _ = torch.no_grad();
        torch.manual_seed(2);
        Tensor weight = torch.randn(64, 32, 3, 3), x = torch.randn(1, 32, 24, 24), small = torch.randn(1, 32, 6, 6), wide = torch.randn(1, 64, 24, 24);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(torch.equal(torch.nn.functional.conv2d(x, weight.clone()), torch.nn.functional.conv2d(x, weight)));
            Assert.True(torch.equal(torch.nn.functional.conv2d(small, weight.clone()), torch.nn.functional.conv2d(small, weight)));
            Assert.True(torch.equal(torch.nn.functional.conv2d(wide, weight.clone(), groups: 2), torch.nn.functional.conv2d(wide, weight, groups: 2)));
            Assert.True(torch.equal(torch.nn.functional.conv2d(x, weight.clone(), stride: 2), torch.nn.functional.conv2d(x, weight, stride: 2)));
        }
    }

    [Fact]
    public void TrainingGoesOnAsIfNothingWereKept()
    {
        var (layer, x) = Make(3, 1);
        var (same, _) = Make(3, 1);
        var first = torch.optim.SGD(layer.parameters(), 0.1);
        var second = torch.optim.SGD(same.parameters(), 0.1);
        for (int step = 0; step < 3; step++)
        {
            using (torch.no_grad())
            {
                for (int i = 0; i < 3; i++)
                    layer.call(x);
            }
            foreach (var (model, optimizer) in new[] { (layer, first), (same, second) })
            {
                optimizer.zero_grad();
                model.call(x).pow(2).mean().backward();
                optimizer.step();
            }
            Assert.True(torch.equal(layer.weight, same.weight));
        }
    }
}
