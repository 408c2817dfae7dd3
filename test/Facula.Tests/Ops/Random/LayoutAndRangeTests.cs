using static Facula.torch;

namespace Facula.Tests.Ops.Random;

/// <summary>Random tensors like another, and whole numbers in float dtypes; the expected numbers are PyTorch's.</summary>
public class LayoutAndRangeTests
{
    [Fact]
    public void Like_another_tensor_means_drawn_in_the_order_of_its_memory()
    {
        Tensor turned = zeros(3, 2).t();
        manual_seed(3);
        float[] plain = rand(6).ToArray<float>();
        manual_seed(3);
        Tensor like = rand_like(turned);
        Assert.Equal([1, 2], like.stride());
        Assert.Equal([plain[0], plain[2], plain[4], plain[1], plain[3], plain[5]], like.ToArray<float>());
        Assert.Equal([3, 1], rand_like(turned, memory_format: contiguous_format).stride());
        Assert.Equal([1, 2], randn_like(turned).stride());
        manual_seed(3);
        Assert.Equal([86f, 37f, 60f, 48f, 67f, 80f], randint_like(turned, 0, 100).ToArray<float>());
    }

    [Fact]
    public void Bounds_that_a_float_dtype_rounds_away_move_to_the_next_that_it_has()
    {
        manual_seed(5);
        Assert.Equal([953453376f, 236996816f, 3739766784f], randint(-5, (1L << 32) - 4, [3], dtype: float32).ToArray<float>());
        manual_seed(5);
        Assert.Equal([953453440f, 236996816f, 3739766784f], randint(0, 1L << 32, [3], dtype: float32).ToArray<float>());
        manual_seed(5);
        Assert.Equal([13929287f, 2115783f, 15224704f], randint(0, (1L << 25) + 1, [3], dtype: float32).ToArray<float>());
        Assert.Equal([(Half)1101, (Half)2602, (Half)422], randint(0, 1L << 12, [3], dtype: float16).ToArray<Half>());
        Assert.Throws<TorchException>(() => randint(0, 70000, [3], dtype: float16));
    }
}
