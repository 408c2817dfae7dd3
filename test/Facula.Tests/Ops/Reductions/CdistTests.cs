using static Facula.torch;

namespace Facula.Tests.Ops.Reductions;

public class CdistTests
{
    [Fact]
    public void DistancesByAProductAreThoseOfTheDifferencesAndSoAreTheirGradients()
    {
        manual_seed(0);
        Tensor x = randn([2, 40, 6], dtype: float64, requires_grad: true), y = randn([2, 30, 6], dtype: float64, requires_grad: true), weights = randn([2, 40, 30], dtype: float64);
        Tensor byProduct = cdist(x, y), byDifferences = cdist(x, y, compute_mode: "donot_use_mm_for_euclid_dist");
        Assert.True(allclose(byProduct, byDifferences, 1e-10, 1e-10));
        Tensor[] left = torch.autograd.grad([(byProduct * weights).sum()], [x, y]), right = torch.autograd.grad([(byDifferences * weights).sum()], [x, y]);
        for (int i = 0; i < 2; i++) Assert.True(allclose(left[i], right[i], 1e-9, 1e-9));
    }
}
