using static Facula.torch;

namespace Facula.Tests.Ops.Pointwise;

/// <summary>Bounds and extremes where something is no number.</summary>
public class ExtremesTests
{
    [Theory]
    [InlineData(1), InlineData(15), InlineData(16), InlineData(33), InlineData(100)]
    public void NaN_wins_wherever_it_stands(int count)
    {
        foreach (ScalarType type in new[] { float32, float64 })
        {
            Tensor plain = linspace(-3, 4, count, dtype: type);
            for (int place = 0; place < count; place++)
            {
                Tensor x = plain.clone();
                x[place] = double.NaN;
                Assert.True(double.IsNaN(x.amax(0).to(float64).item<double>()) && double.IsNaN(x.amin(0).to(float64).item<double>()), $"{type}, {place} of {count}");
                Assert.True(double.IsNaN(x.norm(double.PositiveInfinity).to(float64).item<double>()));
                (Tensor least, Tensor most) = x.aminmax();
                Assert.True(double.IsNaN(least.to(float64).item<double>()) && double.IsNaN(most.to(float64).item<double>()));
                foreach (Tensor pairs in new[] { maximum(x, plain), maximum(plain, x), minimum(x, plain), minimum(plain, x), x.clamp(-10, 10) })
                {
                    Assert.Equal(1, isnan(pairs).sum().item<long>());
                    Assert.True(double.IsNaN(pairs[place].to(float64).item<double>()));
                }
            }
            Assert.Equal(count > 1 ? 4 : -3, plain.amax(0).to(float64).item<double>());
            Assert.Equal(-3, plain.amin(0).to(float64).item<double>());
        }
    }

    [Theory]
    [InlineData(3), InlineData(40)]
    public void A_bound_that_is_no_number_is_none_alone_and_makes_NaN_beside_another(int count)
    {
        foreach (ScalarType type in new[] { float32, float64 })
        {
            Tensor x = linspace(-3, 4, count, dtype: type);
            Assert.Equal(x.to(float64).ToArray<double>(), x.clamp(min: double.NaN).to(float64).ToArray<double>());
            Assert.Equal(x.to(float64).ToArray<double>(), x.clamp(max: double.NaN).to(float64).ToArray<double>());
            Assert.Equal(count, isnan(x.clamp(double.NaN, 2)).sum().item<long>());
            Assert.Equal(count, isnan(x.clamp(0, double.NaN)).sum().item<long>());
            Assert.All(x.clamp(3, 2).to(float64).ToArray<double>(), value => Assert.Equal(2, value));
        }
    }
}
