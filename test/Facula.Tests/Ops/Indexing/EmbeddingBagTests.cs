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
}
