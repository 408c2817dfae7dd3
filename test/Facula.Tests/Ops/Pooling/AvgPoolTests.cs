using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Pooling;

public class AvgPoolTests
{
    [Fact]
    public void Volumes_smaller_than_a_window_are_refused_padded_or_not()
    {
        Assert.Contains("smaller than kernel size", Assert.Throws<TorchException>(() => F.avg_pool3d(randn(1, 4, 2, 9), [3, 3, 3], [2, 2, 2], [1, 1, 1])).Message);
        Assert.Equal([1, 2, 1, 5], F.avg_pool3d(randn(1, 4, 3, 9), [3, 3, 3], [2, 2, 2], [1, 0, 1]).shape.ToArray());
    }
}
