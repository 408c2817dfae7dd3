using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Convolution;

public class TransposedConvolutionTests
{
    /// <summary>output_padding may reach a stride where the dilation is larger: the result then has room for positions the input lacks.</summary>
    [Theory]
    [InlineData(5, 3, 1, 1, 1, 2)]
    [InlineData(5, 3, 1, 0, 2, 3)]
    [InlineData(1, 1, 1, 0, 2, 3)]
    [InlineData(4, 3, 2, 1, 2, 3)]
    [InlineData(17, 4, 1, 3, 1, 2)]
    [InlineData(9, 2, 2, 0, 1, 1)]
    public void Every_product_lands_where_its_tap_says(int length, int kernel, int stride, int padding, int outputPadding, int dilation)
    {
        manual_seed(3);
        Tensor x = randn(2, 4, length, dtype: float64).requires_grad_(), w = randn(4, 2, kernel, dtype: float64).requires_grad_(), b = randn(4, dtype: float64).requires_grad_();
        Tensor Run(Tensor[] t) => F.conv_transpose1d(t[0], t[1], t[2], stride: stride, padding: padding, output_padding: outputPadding, groups: 2, dilation: dilation);
        Tensor result = Run([x, w, b]);
        long size = (length - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1;
        Tensor expected = b.detach().view(1, 4, 1).expand(2, 4, size).clone();
        for (int i = 0; i < length; i++)
            for (int tap = 0; tap < kernel; tap++)
            {
                int o = i * stride - padding + tap * dilation;
                if (o < 0 || o >= size) continue;
                for (int group = 0; group < 2; group++)
                    expected[.., (2 * group)..(2 * group + 2), o] += matmul(x.detach()[.., (2 * group)..(2 * group + 2), i], w.detach()[(2 * group)..(2 * group + 2), .., tap]);
            }
        Assert.True(allclose(expected, result));
        Assert.True(autograd.gradcheck(t => [Run(t)], new[] { x, w, b }));
    }

    [Fact]
    public void Depthwise_planes_have_the_room_too()
    {
        Tensor x = randn(1, 3, 6, 5), w = randn(3, 1, 1, 7);
        Tensor result = F.conv_transpose2d(x, w, stride: [1, 2], padding: [1, 1], output_padding: [1, 2], groups: 3, dilation: [3, 3]);
        Tensor wide = F.conv_transpose2d(x.@double(), w.@double(), stride: [1, 2], groups: 3, dilation: [3, 3]);
        Tensor room = F.pad(wide, [0, 8, 0, 8])[.., .., 1..(1 + (int)result.shape[2]), 1..(1 + (int)result.shape[3])];
        Assert.True(allclose(room, result.@double(), 1e-4, 1e-5));
    }
}
