using System.Numerics.Tensors;
using static Facula.torch;
using Tensor = Facula.torch.Tensor;

namespace Facula.Tests.Tensors;

public class TensorSpanTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(20_000)]        // a block of the pool, which becomes an array
    public void A_span_is_the_tensor_s_memory(int n)
    {
        Tensor x = arange(2 * n).reshape(2, n).to(float32);
        TensorSpan<float> span = x.AsTensorSpan<float>();
        Assert.Equal([2, n], span.Lengths.ToArray());
        span[1, 2] = 42;
        Assert.Equal(42f, (float)x[1, 2]);
        x[0, 1] = 7;
        Assert.Equal(7f, span[0, 1]);
    }

    [Fact]
    public void Strides_are_kept()
    {
        Tensor x = arange(12).reshape(3, 4);
        TensorSpan<long> transposed = x.t().AsTensorSpan<long>();
        Assert.Equal([4, 3], transposed.Lengths.ToArray());
        Assert.Equal((long)x[2, 1], transposed[1, 2]);
        TensorSpan<long> part = x["1:, ::2"].AsTensorSpan<long>();
        Assert.Equal(10, part[1, 1]);
        part[1, 1] = -1;
        Assert.Equal(-1L, (long)x[2, 2]);
        ReadOnlyTensorSpan<long> expanded = x[0].expand(3, 4).AsReadOnlyTensorSpan<long>();
        Assert.Equal(3, expanded[2, 3]);
        Assert.Equal(5, tensor(5).AsTensorSpan<long>()[0]);
        Assert.Equal(0, zeros(0, 3).AsReadOnlyTensorSpan<float>().FlattenedLength);
    }

    [Fact]
    public void Primitives_of_the_platform_work_on_it()
    {
        Tensor a = tensor([1.0f, 2, 3]), b = zeros(3);
        System.Numerics.Tensors.Tensor.Add(a.AsReadOnlyTensorSpan<float>(), a.AsReadOnlyTensorSpan<float>(), b.AsTensorSpan<float>());
        Assert.Equal([2f, 4f, 6f], b.ToArray<float>());
    }

    [Fact]
    public void Wrong_types_and_graphs_are_refused()
    {
        Assert.ThrowsAny<Exception>(() => { zeros(3).AsTensorSpan<double>(); });
        Assert.Throws<TorchException>(() => { zeros(3, requires_grad: true).AsTensorSpan<float>(); });
        Assert.Throws<TorchException>(() => { zeros(1).expand(3).AsTensorSpan<float>(); });
        Tensor w = ones(2, requires_grad: true), x = w * 1, y = x * x;
        x.detach().AsTensorSpan<float>()[0] = 5;
        Assert.StartsWith("one of the variables needed for gradient computation has been modified", Assert.Throws<TorchException>(() => y.sum().backward()).Message);
    }
}
