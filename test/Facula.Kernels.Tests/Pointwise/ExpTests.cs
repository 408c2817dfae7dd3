using System.Runtime.Intrinsics;
using Xunit;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>The exponential where its values are denormal numbers, beside all others.</summary>
public class ExpTests
{
    [Fact]
    public void Denormal_values_are_as_exact_as_their_bits_allow()
    {
        for (int k = 0; k < 20_000; k++)
        {
            float x = -105 + k * 0.001f;
            Vector512<float> y = ExpKernel.Invoke(Vector512.Create(x).WithElement(3, 1).WithElement(7, float.NaN).WithElement(9, float.NegativeInfinity).WithElement(11, float.PositiveInfinity).WithElement(12, -90.5f));
            double exact = Math.Exp(x), unit = Math.Max(Math.Pow(2, -149), Math.Pow(2, Math.Floor(Math.Log2(exact)) - 23));
            Assert.True(Math.Abs(y[0] - exact) <= 1.1 * unit, $"{x}: {y[0]}, expected {exact}");
            Assert.Equal(y[0], y[15]);
            Assert.Equal(Math.E, y[3], 3e-7);
            Assert.True(float.IsNaN(y[7]));
            Assert.Equal(0, y[9]);
            Assert.Equal(float.PositiveInfinity, y[11]);
            Assert.Equal(Math.Exp(-90.5), y[12], 2e-45);
        }
    }
}
