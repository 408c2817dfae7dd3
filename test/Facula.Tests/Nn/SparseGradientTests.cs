using Facula.Modules;
using static Facula.torch;
using static Facula.Tests.Nn.Values;

namespace Facula.Tests.Nn;

/// <summary>Sparse gradients of embeddings and what optimizers make of them; the numbers are PyTorch's.</summary>
public class SparseGradientTests
{
    [Fact]
    public void An_embedding_has_a_row_for_each_number_but_the_padding()
    {
        manual_seed(0);
        Embedding e = nn.Embedding(5, 2, padding_idx: 1, sparse: true);
        var optimizer = optim.SGD(e.parameters(), lr: 0.5);
        e.call(tensor([[1, 2, 2], [4, 0, 1]])).sum().backward();
        Assert.Equal(
            """
            tensor(indices=tensor([[2, 2, 4, 0]]),
                   values=tensor([[1., 1.],
                                  [1., 1.],
                                  [1., 1.],
                                  [1., 1.]]),
                   size=(5, 2), nnz=4, layout=torch.sparse_coo)
            """.ReplaceLineEndings("\n"), e.weight.grad.ToString());
        optimizer.step();
        Close([1.040996, -0.793429, 0, 0, -2.084522, -2.398595, 0.403347, 0.838026, -1.219258, -0.903344], e.weight);
    }

    [Fact]
    public void SparseAdam_adds_up_several_backward_passes()
    {
        manual_seed(0);
        Embedding e = nn.Embedding(5, 2, sparse: true);
        var optimizer = optim.SparseAdam(e.parameters(), lr: 0.1);
        for (int i = 0; i < 3; i++)
        {
            optimizer.zero_grad();
            e.call(tensor([1, 2, 2])).pow(2).sum().backward();
            e.call(tensor([4])).sum().backward();
            optimizer.step();
        }
        Close([1.540996, -0.293429, -1.87935, 0.272316, -0.785933, -1.099587, 0.403347, 0.838026, -1.019258, -0.703343], e.weight);
    }

    [Fact]
    public void Sparse_and_dense_uses_of_one_table_add_up()
    {
        Embedding e = nn.Embedding(3, 1, sparse: true);
        (e.call(tensor([1, 1])).sum() + e.weight.sum()).backward();
        Assert.False(e.weight.grad.is_sparse);
        Close([1, 3, 1], e.weight.grad);
        e.call(tensor([0])).sum().backward();
        Close([2, 3, 1], e.weight.grad);
        e.zero_grad();
        Close([0, 0, 0], e.weight.grad);
    }

    [Fact]
    public void Bags_and_clipping_know_sparse_gradients()
    {
        Tensor weight = ones(4, 1).requires_grad_();
        nn.functional.embedding_bag(tensor([1, 2, 1, 3]), weight, tensor([0, 2]), mode: "sum", sparse: true).sum().backward();
        Assert.True(weight.grad.is_sparse);
        Close([Math.Sqrt(6)], nn.utils.clip_grad_norm_(weight, 1));
        Close([0, 2 / Math.Sqrt(6), 1 / Math.Sqrt(6), 1 / Math.Sqrt(6)], weight.grad.to_dense());
    }
}
