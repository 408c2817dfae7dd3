using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Pooling;

public class MaxPoolTests
{
    [Fact]
    public void A_window_wider_than_the_line_gives_nothing_unless_gradients_are_wanted()
    {
        Tensor line = arange(1.0, 3.0).view(1, 1, 2);
        Assert.Equal([1, 1, 0], F.max_pool1d(line, 3, stride: 1).shape.ToArray());
        Assert.Equal([1, 0], F.max_pool1d(line[0], 5, stride: 1, padding: 1).shape.ToArray());
        Assert.Contains("Invalid computed output size: -2", Assert.Throws<TorchException>(() => F.max_pool1d(line, 3, stride: 1, padding: 1, dilation: 3)).Message);
        Assert.Throws<TorchException>(() => F.max_pool1d(line.clone().requires_grad_(), 3, stride: 1));
        Assert.Equal([2f], F.max_pool1d(line, 3, stride: 1, padding: 1)[0, 0, ..1].ToArray<float>());
    }
}
