using static Facula.torch;

namespace Facula.Tests.Ops.Indexing;

public class IndexingTests
{
    private static Tensor Counted() => arange(24).reshape(2, 3, 4);

    private static void Equal(Tensor tensor, Size shape, params long[] expected)
    {
        Assert.Equal(shape, tensor.shape);
        Assert.Equal(expected, tensor.ToArray<long>());
    }

    [Fact]
    public void Numbers_and_ranges_give_views()
    {
        Tensor x = Counted();
        Equal(x[1, 2, 3], new Size(), 23);
        Equal(x[^1, 0], [4], 12, 13, 14, 15);
        Equal(x[0, .., 1], [3], 1, 5, 9);
        Equal(x[0, 1..3, ^1], [2], 7, 11);
        Equal(x[Ellipsis, 0], [2, 3], 0, 4, 8, 12, 16, 20);
        Equal(x["0, ::2, 1"], [2], 1, 9);
        Equal(x[0, Slice(null, null, 2), 1], [2], 1, 9);
        Assert.Equal(new Size(1, 2, 3, 4), x[None].shape);
        x[0, 0] = 7;
        Assert.Equal(7, x[0, 0, 3].item<long>());
        x[0, 1, ..2] += 100;
        Equal(x[0, 1], [4], 104, 105, 6, 7);
    }

    [Fact]
    public void One_number_under_a_mask_may_have_another_dtype()
    {
        Tensor x = tensor([1L, 2, 3]);
        x[tensor([true, false, true])] = tensor([2.7]);
        Equal(x, [3], 2, 2, 2);
        Assert.Throws<TorchException>(() => x[tensor([0L])] = tensor([2.7]));
        Assert.Throws<TorchException>(() => x[tensor([true, false, true])] = tensor([2.7, 1.0]));
    }

    [Fact]
    public void An_index_out_of_bounds_is_counted_among_the_index_tensors()
    {
        Assert.Contains("index 7 is out of bounds for dimension 0 with size 4", Assert.Throws<IndexOutOfRangeException>(() => Counted()[.., .., tensor([7L])]).Message);
        Assert.Contains("index 7 is out of bounds for dimension 1 with size 4", Assert.Throws<IndexOutOfRangeException>(() => Counted()[.., tensor([0L]), tensor([7L])]).Message);
        // PyTorch counts the indices, not the dimensions that they stand for.
        Assert.Equal("index 7 is out of bounds for dimension 1 with size 4", Assert.Throws<IndexOutOfRangeException>(() => Counted()["...", 7]).Message);
        Assert.Contains("index is out of bounds for dimension with size 0", Assert.Throws<IndexOutOfRangeException>(() => zeros(0, 2)[tensor([0L])]).Message);
    }

    [Fact]
    public void Lists_masks_and_tensors_follow_numpys_rules()
    {
        Tensor x = Counted();
        Equal(x[0, new[] { 0, 2 }, 1], [2], 1, 9);
        Equal(x[x > 20], [3], 21, 22, 23);
        Equal(x[tensor([0, 1]), tensor([1, 2])], [2, 4], 4, 5, 6, 7, 20, 21, 22, 23);
        // Index tensors apart from each other put their dimensions in front.
        Assert.Equal(new Size(2, 3), x[tensor([0, 1]), .., tensor([1, 2])].shape);
        // Neighbours stay in their place.
        Assert.Equal(new Size(2, 2), x[.., tensor([1, 2]), tensor([0, 3])].shape);
        x[x > 20] = 0;
        Equal(x[1, 2], [4], 20, 0, 0, 0);
        x[tensor([0, 0]), tensor([0, 0]), tensor([0, 1])] = tensor([5, 6]);
        Equal(x[0, 0, ..2], [2], 5, 6);
    }

    [Fact]
    public void Errors_are_PyTorchs()
    {
        Tensor x = Counted();
        Assert.Equal("index 2 is out of bounds for dimension 0 with size 2", Assert.Throws<IndexOutOfRangeException>(() => x[2]).Message);
        Assert.Equal("too many indices for tensor of dimension 3", Assert.Throws<IndexOutOfRangeException>(() => x[0, 0, 0, 0]).Message);
        Assert.Throws<IndexOutOfRangeException>(() => x[tensor([true, false, true])]);
        Assert.Throws<ArgumentException>(() => x["::-1"]);
    }

    [Fact]
    public void Gradients_flow_through_reading_and_writing()
    {
        Tensor x = tensor([1.0, 2.0, 3.0], requires_grad: true);
        Tensor y = x.clone();
        y[tensor([0, 2])] = x[1] * tensor([20.0, 30.0]);
        (y * y).sum().backward();
        // y = (20x₁, x₁, 30x₁)
        Assert.Equal([0f, 2 * 2 * (400 + 1 + 900), 0f], x.grad.ToArray<float>());
        Tensor z = tensor([1.0, 2.0], requires_grad: true);
        z[tensor([1, 1, 0])].sum().backward();
        Assert.Equal([1f, 2f], z.grad.ToArray<float>());
    }

    [Fact]
    public void Scatter_is_the_converse_of_gather()
    {
        manual_seed(0);
        Tensor x = arange(12, dtype: float32).reshape(3, 4);
        Tensor index = tensor([[3, 0, 1, 2], [0, 1, 2, 3], [1, 0, 3, 2]]);
        Tensor picked = x.gather(1, index);
        Assert.Equal(x.ToArray<float>(), zeros_like(x).scatter(1, index, picked).ToArray<float>());
        Assert.Equal(x.ToArray<float>(), zeros_like(x).scatter_add(1, index, picked).ToArray<float>());
        Assert.Equal([2f, 3f], tensor([1.0, 2.0]).scatter_reduce(0, tensor([0, 1, 1]), tensor([2.0, 3.0, 1.0]), "amax").ToArray<float>());
    }

    [Fact]
    public void Masked_select_agrees_with_a_loop()
    {
        foreach (long n in new long[] { 0, 1, 15, 16, 17, 1000 })
        {
            Tensor x = arange(n, dtype: float32), mask = (x % 3).eq(1);
            float[] expected = [.. x.ToArray<float>().Where(v => v % 3 == 1)];
            Assert.Equal(expected, x.masked_select(mask).ToArray<float>());
            Assert.Equal(expected, x.to(float64).masked_select(mask).to(float32).ToArray<float>());
            Assert.Equal(expected.Length, mask.nonzero().shape[0]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(7, 101)]
    [InlineData(300, 200)]
    public void Scattered_rows_arrive_in_order(int rows, int columns)
    {
        manual_seed(rows);
        Tensor source = randn(rows, columns), target = randn(rows, 50), index = randint(0, 50, [rows, columns]);
        foreach (Tensor places in new[] { index, index.t().contiguous().t() })
        {
            float[] replaced = target.ToArray<float>(), largest = target.ToArray<float>(), smallest = target.ToArray<float>(), values = source.ToArray<float>();
            long[] at = index.ToArray<long>();
            for (int i = 0; i < values.Length; i++)
            {
                long place = i / columns * 50 + at[i];
                replaced[place] = values[i];
                largest[place] = Math.Max(largest[place], values[i]);
                smallest[place] = Math.Min(smallest[place], values[i]);
            }
            Assert.Equal(replaced, target.scatter(1, places, source).ToArray<float>());
            Assert.Equal(largest, target.scatter_reduce(1, places, source, "amax").ToArray<float>());
            Assert.Equal(smallest, target.scatter_reduce(1, places, source, "amin").ToArray<float>());
            Tensor wrong = places.clone();
            wrong[^1, ^1] = 50;
            Assert.Throws<TorchException>(() => target.scatter(1, wrong, source));
            Assert.Throws<TorchException>(() => target.gather(1, wrong));
        }
    }

    [Fact]
    public void Extremes_of_NaN_are_NaN()
    {
        foreach (ScalarType type in new[] { float32, float64, bfloat16 })
        {
            Tensor target = tensor([1f, float.NaN, -1f]).to(type), source = tensor([2f, 5f, float.NaN, 3f]).to(type), index = tensor([0L, 1, 2, 2]);
            Assert.Equal([2f, float.NaN, float.NaN], target.scatter_reduce(0, index, source, "amax").to(float32).ToArray<float>());
            Assert.Equal([1f, float.NaN, float.NaN], target.scatter_reduce(0, index, source, "amin").to(float32).ToArray<float>());
        }
    }

    [Fact]
    public void One_number_under_a_whole_mask_is_filled_in_and_has_a_gradient()
    {
        Tensor x = arange(12.0f).reshape(3, 4), part = x.t()[1.., ..];
        part[part > 4] = -1;
        Assert.Equal([0f, 1, 2, 3, 4, -1, -1, -1, 8, -1, -1, -1], x.ToArray<float>());
        Tensor a = ones([2, 2], requires_grad: true), number = tensor(3.0f, requires_grad: true), b = a * 1;
        b[tensor(new[,] { { true, false }, { true, true } })] = number;
        b.sum().backward();
        Assert.Equal([0f, 1, 0, 0], a.grad!.ToArray<float>());
        Assert.Equal(3f, number.grad!.item<float>());
    }

    [Fact]
    public void Put_writes_into_strided_memory_and_has_gradients()
    {
        Tensor x = zeros(3, 4).t();
        x.put_(tensor([0L, 5, -1]), tensor([1f, 2, 3]));
        Assert.Equal([1f, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3], x.contiguous().ToArray<float>());
        x.put_(tensor([0L, 0]), tensor([1f, 2]), accumulate: true);
        Assert.Equal(4f, x[0, 0].item<float>());
        Assert.Throws<IndexOutOfRangeException>(() => x.put_(tensor([12L]), tensor([1f])));
        Tensor a = randn([2, 3], dtype: float64, requires_grad: true), source = randn([2], dtype: float64, requires_grad: true), index = tensor([4L, 1]);
        foreach (bool accumulate in (bool[])[false, true]) Assert.True(torch.autograd.gradcheck(t => [t[0].put(index, t[1], accumulate)], [a, source]));
    }

    [Fact]
    public void Coordinates_of_what_is_not_zero_in_several_dimensions()
    {
        Tensor x = (arange(2 * 5 * 7).remainder(3) == 0).reshape(2, 5, 7);
        x[0, 2] = false;
        x[1, ..4] = false;
        long[] rows = x.nonzero().ToArray<long>();
        var expected = new List<long>();
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 5; j++)
                for (int k = 0; k < 7; k++)
                    if (x[i, j, k].item<bool>()) expected.AddRange([i, j, k]);
        Assert.Equal(expected, rows);
        Assert.Equal(expected.Where((_, at) => at % 3 == 1), x.@float().nonzero(as_tuple: true)[1].ToArray<long>());
        Assert.Equal(new Size(0, 3), zeros(2, 3, 4).nonzero().shape);
    }

    [Fact]
    public void Means_of_whole_and_complex_numbers_that_meet()
    {
        Tensor index = tensor([0L, 0, 0, 2]);
        Tensor whole = zeros([3], dtype: int32).scatter_reduce(0, index, tensor([-1, -2, -4, 9], dtype: int32), "mean", include_self: false);
        Assert.Equal([-3, 0, 9], whole.ToArray<int>());
        Tensor mean = ones(3, 2).index_reduce(0, tensor([1L, 1]), full([2, 2], 4.0), "mean");
        Assert.Equal([1f, 1, 3, 3, 1, 1], mean.ToArray<float>());
        Tensor largest = zeros(2, 37).index_reduce(0, tensor([0L, 0]), stack([full([37], -1.0), full([37], double.NaN)]), "amax");
        Assert.True(largest[0].isnan().all().item<bool>());
    }
}
