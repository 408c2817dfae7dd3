using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Indexing;

public class EmbeddingBagTests
{
    private static readonly long[] s_numbers = [1, 2, 4, 4, 0, 3, 2];

    [Theory]
    [InlineData("sum")]
    [InlineData("mean")]
    [InlineData("max")]
    public void Bags_are_what_their_rows_give(string mode)
    {
        Tensor weight = randn(5, 3, dtype: float64), input = torch.tensor(s_numbers);
        Tensor result = F.embedding_bag(input, weight, torch.tensor([0, 3, 3]), mode: mode);
        Tensor Bag(int from, int to) => weight.index_select(0, input[from..to]);
        Tensor Reduced(Tensor rows) => mode == "sum" ? rows.sum(0) : mode == "mean" ? rows.mean(0) : rows.amax(0);
        Assert.True(torch.allclose(result[0], Reduced(Bag(0, 3))));
        Assert.True(torch.equal(result[1], zeros(3, dtype: float64)));
        Assert.True(torch.allclose(result[2], Reduced(Bag(3, 7))));
        Assert.True(autograd.gradcheck(w => F.embedding_bag(input, w, torch.tensor([0, 3, 3]), mode: mode), weight.requires_grad_()));
    }

    [Fact]
    public void Padding_and_what_lies_behind_the_last_offset_count_for_nothing()
    {
        Tensor weight = randn(5, 3), input = torch.tensor(s_numbers);
        Tensor expected = F.embedding_bag(torch.tensor([1, 2, 0, 3]), weight, torch.tensor([0, 2]));
        Tensor result = F.embedding_bag(input, weight, torch.tensor([0, 3, 6]), include_last_offset: true, padding_idx: 4);
        Assert.True(torch.allclose(expected, result));
    }

    [Fact]
    public void Weights_of_samples_are_differentiated()
    {
        Tensor weight = randn(5, 3, dtype: float64).requires_grad_(), samples = rand(2, 3, dtype: float64).requires_grad_(), input = torch.tensor([[0, 1, 1], [4, 0, 2]]);
        Assert.True(autograd.gradcheck(x => [F.embedding_bag(input, x[0], per_sample_weights: x[1], mode: "sum")], new[] { weight, samples }));
    }

    [Fact]
    public void Bad_offsets_and_numbers_are_refused()
    {
        Tensor weight = randn(5, 3), input = torch.tensor(s_numbers);
        Assert.Throws<TorchException>(() => F.embedding_bag(input, weight, torch.tensor([1, 3])));
        Assert.Throws<TorchException>(() => F.embedding_bag(input, weight, torch.tensor([0, 9])));
        Assert.Throws<TorchException>(() => F.embedding_bag(input, weight, torch.tensor([0, 5, 2])));
        Assert.Throws<IndexOutOfRangeException>(() => F.embedding_bag(input + 3, weight, torch.tensor([0]), mode: "sum"));
    }

    [Fact]
    public void Empty_bags_are_zero_and_depend_on_the_weight_whatever_it_holds()
    {
        Tensor weight = randn(3, 4).requires_grad_(), input = torch.tensor([[2L, 2]]);
        Tensor none = F.embedding_bag(input, weight, mode: "max", padding_idx: 2);
        Assert.True(none.requires_grad);
        none.sum().backward();
        Assert.True(equal(zeros(3, 4), weight.grad!));
        Tensor endless = full([3, 4], double.PositiveInfinity), bags = F.embedding_bag(torch.tensor([1L, 2]), endless, torch.tensor([0L, 2]), mode: "max");
        Assert.True(equal(zeros(4), bags[1]));
    }

    [Fact]
    public void Rows_without_columns_are_looked_up_and_differentiated()
    {
        Tensor weight = zeros(2, 0).requires_grad_();
        F.embedding(torch.tensor([[0L, 1, 1]]), weight, scale_grad_by_freq: true).sum().backward();
        Assert.Equal([2, 0], weight.grad!.shape.ToArray());
    }

    [Fact]
    public void Means_of_narrow_integers_wrap_round_before_they_are_divided()
    {
        Tensor input = full([1], 100, dtype: int8), source = full([3], 100, dtype: int8), index = zeros(3, dtype: int64);
        sbyte expected = (sbyte)Math.Floor(unchecked((sbyte)400) / 4.0);
        Assert.Equal(expected, input.index_reduce(0, index, source, "mean").item<sbyte>());
        Assert.Equal(expected, input.scatter_reduce(0, index, source, "mean").item<sbyte>());
    }
}
