using static Facula.torch;

namespace Facula.Tests.Ops.Pointwise;

public class ComplexPartsTests
{
    [Fact]
    public void Parts_and_polar_forms_are_broadcast_and_joined()
    {
        foreach (ScalarType type in (ScalarType[])[float32, float64])
        {
            Tensor re = randn(5, 7).to(type), im = randn(7).to(type), joined = complex(re, im), turned = polar(re.abs().t(), im[..5]);
            Assert.Equal(new Size(5, 7), joined.shape);
            Assert.True(torch.equal(joined.real, re));
            Assert.True(torch.equal(joined.imag, im.expand(5, 7)));
            Assert.True(allclose(turned.real, re.abs().t() * im[..5].cos()));
            Assert.True(allclose(turned.imag, re.abs().t() * im[..5].sin()));
            Assert.Equal(0, complex(empty([0, 3], dtype: type), empty([3], dtype: type)).numel());
        }
        Tensor a = randn([3], dtype: float64, requires_grad: true), b = randn([3], dtype: float64, requires_grad: true);
        Assert.True(torch.autograd.gradcheck(t => [complex(t[0], t[1]).abs()], [a, b]));
        Assert.True(torch.autograd.gradcheck(t => [polar(t[0].abs(), t[1]).imag], [a, b]));
    }

    [Fact]
    public void One_element_spread_over_all_is_converted_as_it_would_be_alone()
    {
        Tensor spread = tensor(2.75f).expand(3, 50), part = arange(6.0f)[4..5].expand(50);
        Assert.All(spread.@int().ToArray<int>(), x => Assert.Equal(2, x));
        Assert.All(spread.bfloat16().@float().ToArray<float>(), x => Assert.Equal(2.75f, x));
        Assert.All(part.@double().ToArray<double>(), x => Assert.Equal(4.0, x));
        Tensor target = zeros([4, 5], dtype: int64);
        target[.., 1..3].copy_(tensor(7.5));
        Assert.Equal(8 * 7, target.sum().item<long>());
    }
}
