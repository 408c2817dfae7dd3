using System.Numerics.Tensors;
using static Facula.torch;
using Size = Facula.torch.Size;
using Tensor = Facula.torch.Tensor;

namespace Facula.Tests.Tensors;

public class ExtentsTests
{
    [Fact]
    public void Shapes_are_equal_by_their_numbers()
    {
        // More shapes than are remembered, so that some are made twice.
        Size[] first = [.. Enumerable.Range(0, 5000).Select(i => new Size(i, i + 1, 3))], again = [.. Enumerable.Range(0, 5000).Select(i => new Size(i, i + 1, 3))];
        for (int i = 0; i < first.Length; i++)
        {
            Assert.True(first[i] == again[i]);
            Assert.Equal(first[i].GetHashCode(), again[i].GetHashCode());
            Assert.Equal(i * (i + 1L) * 3, first[i].numel());
            Assert.Equal([(i + 1L) * 3, 3, 1], first[i].ContiguousStrides().ToArray());
        }
        Assert.False(new Size(2, 3) == new Size(3, 2));
        Assert.False(new Size() == new Size(1));
        Assert.Equal(1, new Size().numel());
    }

    [Fact]
    public void A_number_of_elements_beyond_64_bits_throws()
    {
        Assert.Throws<OverflowException>(() => new Size(1L << 40, 1L << 40).numel());
        Assert.Throws<OverflowException>(() => empty(1L << 40, 1L << 40));
        Assert.Equal(0, new Size(0, 1L << 40).numel());
    }

    [Fact]
    public void Many_dimensions_are_edited_as_few()
    {
        Tensor x = zeros(new Size(1, 2, 1, 3, 1, 2, 1, 1, 2, 5));
        Assert.Equal([1, 2, 1, 3, 1, 2, 1, 1, 5, 2], x.transpose(-1, -2).shape.ToArray());
        Assert.Equal([1, 2, 1, 3, 1, 2, 1, 1, 2], x.select(9, 4).shape.ToArray());
        Assert.Equal([1, 2, 1, 3, 1, 2, 1, 1, 2, 1, 5], x.unsqueeze(9).shape.ToArray());
        Assert.Equal([1, 2, 1, 3, 1, 2, 1, 1, 2, 3], x.narrow(9, 1, 3).shape.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]         // within the storage itself
    [InlineData(5)]         // an array
    public void Memory_of_any_size_is_shared_by_views_and_spans(int n)
    {
        Tensor x = arange(n).to(float32);
        Tensor view = x.view(n, 1);
        TensorSpan<float> span = x.AsTensorSpan<float>();
        span[n - 1] = 42;
        Assert.Equal(42f, (float)view[n - 1, 0]);
        view.mul_(2);
        Assert.Equal(84f, span[n - 1]);
        Tensor kept = x.detach();
        x.Dispose();
        Assert.Equal(84f, (float)kept[n - 1]);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
    }

    [Fact]
    public void Numbers_and_repeated_elements_are_operands_like_any_other()
    {
        Tensor x = tensor(new float[] { 1, 2, 3 }), one = tensor(2.0, dtype: float64);
        Assert.Equal(float32, (x * one).dtype);
        Assert.Equal([2f, 4, 6], (x * one).ToArray<float>());
        Assert.Equal([1f, 0, -1], (2 - x).ToArray<float>());
        Assert.Equal([3f, 4, 5], (x + tensor(2, dtype: int64).expand(3)).ToArray<float>());
        Assert.Equal([5f, 6, 7], (tensor(4f).expand(3) + x).ToArray<float>());
        Assert.Equal([-4f, -4, -4], (-tensor(4f).expand(3)).ToArray<float>());
        Assert.Equal([false, true, true], (x > tensor(1.5, dtype: float64)).ToArray<bool>());
    }
}
