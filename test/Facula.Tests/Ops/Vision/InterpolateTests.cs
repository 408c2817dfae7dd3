using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Vision;

public class InterpolateTests
{
    [Fact]
    public void Sizes_and_factors_take_numbers_tuples_and_lists()
    {
        Tensor x = randn(1, 2, 4, 6);
        Assert.Equal(new Size(1, 2, 8, 12), F.interpolate(x, scale_factor: 2).shape);
        Assert.Equal(new Size(1, 2, 6, 15), F.interpolate(x, scale_factor: (1.5, 2.5), mode: "bilinear").shape);
        Assert.Equal(new Size(1, 2, 5, 5), F.interpolate(x, 5, mode: "bicubic").shape);
        Assert.Equal(new Size(1, 2, 3, 7), F.interpolate(x, size: (3, 7), mode: "area").shape);
        Assert.Equal(torch.uint8, F.interpolate(x.to(torch.uint8), scale_factor: 2).dtype);
    }

    [Theory]
    [InlineData("nearest", false)]
    [InlineData("nearest-exact", false)]
    [InlineData("bilinear", false)]
    [InlineData("bilinear", true)]
    [InlineData("bicubic", false)]
    [InlineData("bicubic", true)]
    [InlineData("area", false)]
    public void Gradients_of_both_orders_agree_with_differences(string mode, bool antialias)
    {
        Tensor x = randn(1, 2, 4, 5, dtype: float64).requires_grad_();
        foreach (Size size in new[] { new Size(3, 7), new Size(6, 2) })
        {
            Assert.True(autograd.gradcheck(t => F.interpolate(t, size, mode: mode, antialias: antialias), x));
            Assert.True(autograd.gradgradcheck(t => F.interpolate(t, size, mode: mode, antialias: antialias), x));
        }
    }

    [Fact]
    public void A_grid_of_the_identity_changes_nothing()
    {
        Tensor x = randn(2, 3, 4, 5), theta = torch.tensor([1.0, 0, 0, 0, 1, 0]).@float().reshape(1, 2, 3).expand(2, 2, 3);
        foreach (bool align in new[] { false, true })
            Assert.True(torch.allclose(x, F.grid_sample(x, F.affine_grid(theta, x.shape, align), align_corners: align), atol: 1e-5));
    }

    [Fact]
    public void Folding_an_unfolded_image_counts_how_often_each_element_is_covered()
    {
        Tensor x = randn(1, 2, 5, 6), ones = torch.ones_like(x);
        Tensor Back(Tensor t) => F.fold(F.unfold(t, 3, padding: 1, stride: 2), (5, 6), 3, padding: 1, stride: 2);
        Assert.True(torch.allclose(Back(x), x * Back(ones)));
    }

    [Fact]
    public void Bad_arguments_are_refused_in_PyTorchs_words()
    {
        Tensor x = randn(1, 2, 4, 4);
        Assert.Equal("either size or scale_factor should be defined", Assert.Throws<ArgumentException>(() => F.interpolate(x)).Message);
        Assert.Equal("Got 4D input, but linear mode needs 3D input", Assert.Throws<NotSupportedException>(() => F.interpolate(x, 3, mode: "linear")).Message);
        Assert.Equal("Input and output sizes should be greater than 0, but got input (H: 4, W: 4) output (H: 0, W: 0)", Assert.Throws<TorchException>(() => F.interpolate(x, 0)).Message);
        Assert.Equal("\"upsample_bilinear2d_channels_last\" not implemented for 'Byte'", Assert.Throws<TorchException>(() => F.interpolate(x.to(torch.uint8), 3, mode: "bilinear")).Message);
        Assert.StartsWith("grid_sampler(): expected grid to have size 2 in last dimension", Assert.Throws<TorchException>(() => F.grid_sample(x, randn(1, 2, 2, 3))).Message);
    }
}
