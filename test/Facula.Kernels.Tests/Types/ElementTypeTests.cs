using System.Numerics;

namespace Facula.Kernels.Tests;

public class ElementTypeTests
{
    // Made with torch.tensor([...]).bfloat16().view(torch.int16).
    [Theory]
    [InlineData(0f, 0x0000)]
    [InlineData(-0f, 0x8000)]
    [InlineData(1f, 0x3F80)]
    [InlineData(3.14159274f, 0x4049)]
    [InlineData(1.00390625f, 0x3F80)]    // halfway, to even (down)
    [InlineData(1.01171875f, 0x3F82)]    // halfway, to even (up)
    [InlineData(1.003907f, 0x3F81)]
    [InlineData(3.4e38f, 0x7F80)]        // rounds up to infinity
    [InlineData(3.3895314e38f, 0x7F7F)]
    [InlineData(1e-40f, 0x0001)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    [InlineData(float.NegativeInfinity, 0xFF80)]
    [InlineData(float.NaN, 0x7FC0)]
    public void BFloat16_rounds_as_PyTorch_does(float value, int bits) =>
        Assert.Equal(bits, ((BFloat16)value).Bits);

    [Fact]
    public void BFloat16_widens_without_loss()
    {
        for (int bits = 0; bits <= 0xFFFF; bits++)
        {
            var value = BFloat16.FromBits((ushort)bits);
            Assert.Equal(BFloat16.IsNaN(value) ? 0x7FC0 : bits, ((BFloat16)(float)value).Bits);
        }
    }

    [Fact]
    public void BFloat16_compares_as_float_does()
    {
        BFloat16 one = BFloat16.One, two = (BFloat16)2.0, nan = BFloat16.NaN;
        Assert.True(one < two && two > one && one <= two && two >= one && one != two);
        Assert.True(BFloat16.FromBits(0x8000) == BFloat16.Zero);
        Assert.False(nan == BFloat16.NaN);
        Assert.True(nan.Equals(BFloat16.NaN));
        Assert.Equal("1.5", ((BFloat16)1.5f).ToString());
        Assert.Equal(3f, one + two);
    }

    [Fact]
    public void Complex64_is_two_floats()
    {
        unsafe
        {
            Assert.Equal(8, sizeof(Complex64));
            Assert.Equal(2, sizeof(BFloat16));
        }
        var a = new Complex64(1, 2);
        Assert.Equal(new Complex(1, 2), (Complex)a);
        Assert.Equal(a, (Complex64)new Complex(1, 2));
        Assert.Equal(new Complex64(-3, 4), a * a);
        Assert.Equal(Complex64.One, a / a);
        Assert.True(a == new Complex64(1, 2));
        Assert.True(a != Complex64.Conjugate(a));
        Assert.Equal(5f, new Complex64(3, -4).Magnitude);
    }
}
