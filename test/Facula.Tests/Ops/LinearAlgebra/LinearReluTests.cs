using static Facula.torch;
using F = Facula.torch.nn.functional;
using LinearRelu = Facula.Ops.LinearRelu;

namespace Facula.Tests.Ops.LinearAlgebra;

/// <summary>The linear layer with its rectifier in one, against the two operators.</summary>
public class LinearReluTests
{
    private static Tensor Sine(ScalarType dtype, params long[] size)
    {
        long count = size.Aggregate(1L, (a, b) => a * b);
        return tensor(Enumerable.Range(0, (int)count).Select(i => Math.Sin(i * 1.3 + size.Length + size[0])).ToArray()).to(dtype).view(size);
    }

    // Below and above a register tile, a panel and a block of k.
    public static TheoryData<long, long, long> Shapes() => new() { { 1, 1, 1 }, { 3, 5, 7 }, { 12, 32, 32 }, { 13, 65, 33 }, { 40, 300, 70 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gives_what_the_two_operators_give(long rows, long wide, long deep)
    {
        foreach (ScalarType dtype in (ScalarType[])[float32, float64])
        {
            Tensor input = Sine(dtype, 2, rows, deep), weight = Sine(dtype, wide, deep), bias = Sine(dtype, wide);
            Assert.True(LinearRelu.Takes(input, weight, bias));
            Tensor expected = F.linear(input, weight, bias).relu();
            double scale = dtype == float64 ? 1e-13 : 1e-5;
            Assert.True(allclose(LinearRelu.Call(input, weight, bias), expected, rtol: scale, atol: scale * deep));
            Tensor transposed = weight.t().contiguous().t();
            Assert.True(allclose(LinearRelu.Call(input, transposed, bias), expected, rtol: scale, atol: scale * deep));
        }
    }

    [Fact]
    public void Its_derivatives_agree_with_finite_differences()
    {
        Tensor input = Sine(float64, 2, 3, 4).requires_grad_(), weight = Sine(float64, 5, 4).requires_grad_(), bias = Sine(float64, 5).requires_grad_();
        Assert.True(autograd.gradcheck(x => [LinearRelu.Call(x[0], x[1], x[2])], (Tensor[])[input, weight, bias]));
        Assert.True(autograd.gradgradcheck(x => [LinearRelu.Call(x[0], x[1], x[2])], (Tensor[])[input, weight, bias]));
        Assert.Equal("ReluBackward0", LinearRelu.Call(input, weight, bias).grad_fn!.name());
    }

    [Fact]
    public void Leaves_to_the_operators_what_the_product_cannot_take()
    {
        Tensor input = Sine(float32, 3, 4), weight = Sine(float32, 5, 4), bias = Sine(float32, 5);
        Assert.True(LinearRelu.Takes(input, weight, bias));
        Assert.False(LinearRelu.Takes(input, weight, null));
        Assert.False(LinearRelu.Takes(input[0], weight, bias));
        Assert.False(LinearRelu.Takes(input.t().contiguous().t(), weight, bias));
        Assert.False(LinearRelu.Takes(input.to(float64), weight, bias));
        Assert.False(LinearRelu.Takes(input, weight, bias[..4]));
        Assert.False(LinearRelu.Takes(input[.., ..3].contiguous(), weight, bias));
        Assert.False(LinearRelu.Takes(input.half(), weight.half(), bias.half()));
        Assert.False(LinearRelu.Takes(zeros(0, 4), weight, bias));
    }

    [Fact]
    public void A_layer_whose_linear_is_watched_calls_it()
    {
        var layer = nn.TransformerEncoderLayer(8, 2, dim_feedforward: 16, dropout: 0);
        Tensor x = Sine(float32, 3, 2, 8);
        Tensor expected = layer.call(x);
        int calls = 0;
        Facula.Modules.Linear linear = layer.linear1;
        using (linear.register_forward_pre_hook((_, _) => { calls++; return null; })) Same();
        using (linear.register_forward_hook((_, _, _) => { calls++; return null; })) Same();
        using (linear.register_forward_pre_hook((nn.Module _, object?[] _) => { calls++; })) Same();
        using (linear.register_forward_hook((nn.Module _, object?[] _, object? _) => { calls++; })) Same();
        using (linear.register_full_backward_hook((_, _, _) => { calls++; return null; })) layer.call(x).sum().backward();
        Assert.Equal(5, calls);

        void Same() => Assert.True(allclose(expected, layer.call(x)));
    }
}
