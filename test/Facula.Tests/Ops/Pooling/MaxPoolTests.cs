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
        Assert.Equal("Given input size: (1x1x2). Calculated output size: (1x1x0). Output size is too small", Assert.Throws<TorchException>(() => F.max_pool1d(line.clone().requires_grad_(), 3, stride: 1)).Message);
        Assert.Equal("Given input size: (2x3x3). Calculated output size: (2x-2x-2). Output size is too small", Assert.Throws<TorchException>(() => F.max_pool2d(zeros(2, 3, 3), 9, stride: 2)).Message);
        Assert.Equal([2f], F.max_pool1d(line, 3, stride: 1, padding: 1)[0, 0, ..1].ToArray<float>());
    }
}
