using static Facula.torch;

namespace Facula.Tests.Ops.Sorting;

public class TrapezoidTests
{
    [Fact]
    public void Sums_of_neighbours_do_not_overflow_where_the_integral_does_not()
    {
        Assert.Equal(1602f, trapezoid(full([12], 134, dtype: uint8)).item<float>());    // as PyTorch: only the two ends wrap round
        Tensor large = tensor([float.MaxValue, 0f, 0f, 0f, float.MaxValue]);
        Assert.Equal(float.MaxValue, cumulative_trapezoid(large)[-1].item<float>());
        Assert.Equal(0f, trapezoid(tensor([7f])).item<float>());
        Assert.Equal(0f, trapezoid(zeros(0)).item<float>());
    }
}
