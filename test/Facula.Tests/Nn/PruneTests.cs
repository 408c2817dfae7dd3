using Facula.Modules;
using static Facula.torch;
using static Facula.Tests.Nn.Values;
using prune = Facula.torch.nn.utils.prune;

namespace Facula.Tests.Nn;

/// <summary>Pruning; the masks are PyTorch's.</summary>
public class PruneTests
{
    [Fact]
    public void A_second_pruning_sees_what_the_first_left()
    {
        manual_seed(0);
        Linear m = nn.Linear(4, 3);
        prune.random_structured(m, "weight", 0.5, 0);
        Close([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1], m.get_buffer("weight_mask"));
        prune.l1_unstructured(m, "weight", 2);
        Close([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0], m.get_buffer("weight_mask"));
        Close([-0.4777, -0.3311, -0.2249], m.call(ones(1, 4)), 5e-5);
        Assert.Equal("bias, weight_orig, weight_mask", Keys(m));
        Assert.True(prune.is_pruned(nn.Sequential(m)));
        prune.remove(m, "weight");
        Assert.Equal("bias, weight", Keys(m));
        Assert.False(prune.is_pruned(m));
    }

    [Fact]
    public void Structured_by_norm()
    {
        manual_seed(0);
        Linear m = prune.ln_structured(nn.Linear(4, 3), "weight", 1, n: 2, dim: 1);
        Close([0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1], m.get_buffer("weight_mask"));
    }

    [Fact]
    public void Global_pruning_lets_layers_compete()
    {
        manual_seed(0);
        Linear a = nn.Linear(3, 2), b = nn.Linear(2, 3);
        prune.global_unstructured([(a, "weight"), (b, "weight")], new prune.L1Unstructured(0.5));
        Close([0, 1, 1, 1, 1, 0], a.get_buffer("weight_mask"));
        Close([0, 0, 0, 0, 1, 1], b.get_buffer("weight_mask"));
    }

    [Fact]
    public void Gradients_reach_only_what_stays()
    {
        Linear m = prune.custom_from_mask(nn.Linear(2, 1), "weight", tensor([[1.0, 0]]));
        m.call(ones(1, 2)).sum().backward();
        Close([1, 0], m.get_parameter("weight_orig").grad);
    }

    [Fact]
    public void Refusals_are_PyTorchs()
    {
        Assert.Equal("amount=1.5 should either be a float in the range [0, 1] or a non-negative integer",
            Assert.Throws<ArgumentException>(() => prune.l1_unstructured(nn.Linear(2, 2), "weight", 1.5)).Message);
        Assert.Equal("amount=9 should be smaller than the number of parameters to prune=4",
            Assert.Throws<ArgumentException>(() => prune.l1_unstructured(nn.Linear(2, 2), "weight", 9)).Message);
        Assert.StartsWith("Parameter 'weight' of module Linear(in_features=2, out_features=2, bias=True) has to be pruned",
            Assert.Throws<ArgumentException>(() => prune.remove(nn.Linear(2, 2), "weight")).Message);
    }
}
