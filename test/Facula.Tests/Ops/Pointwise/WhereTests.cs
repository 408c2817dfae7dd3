using static Facula.torch;

namespace Facula.Tests.Ops.Pointwise;

public class WhereTests
{
    [Fact]
    public void Two_numbers_give_the_default_type_of_their_category()
    {
        Tensor condition = tensor(new[] { true, false });
        Assert.Equal(float32, where(condition, 1.5, -2.0).dtype);
        Assert.Equal(float32, where(condition, 1.5, 2).dtype);
        Assert.Equal(int64, where(condition, 1, 2).dtype);
        Assert.Equal([1.5f, -2f], where(condition, 1.5, -2.0).ToArray<float>());
    }

    [Fact]
    public void A_number_takes_the_type_of_a_tensor()
    {
        Tensor condition = tensor(new[] { true, false });
        Assert.Equal(float16, where(condition, ones(2, dtype: float16), 0.5).dtype);
        Assert.Equal(float32, where(condition, ones(2, dtype: int64), 0.5).dtype);
        Assert.Equal(float64, where(condition, 0.5, ones(2, dtype: float64)).dtype);
    }
}
