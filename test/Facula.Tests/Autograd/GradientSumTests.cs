using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Autograd;

/// <summary>Formulas that add to a gradient's sum by themselves answer the same as those that hand their part to the engine, as a recorded backward pass makes them do.</summary>
public class GradientSumTests
{
    private static void SameAsRecorded(Func<Tensor> loss, params Tensor[] leaves)
    {
        Tensor?[] recorded = autograd.grad(loss(), leaves, create_graph: true);
        foreach (Tensor leaf in leaves) leaf.grad = null;
        loss().backward();
        for (int i = 0; i < leaves.Length; i++) Assert.True(allclose(recorded[i]!.detach(), leaves[i].grad!), $"leaf {i}: {leaves[i].grad} instead of {recorded[i]}");
        // Once more into gradients that are there: twice as much, in the same tensors.
        Tensor[] before = [.. leaves.Select(leaf => leaf.grad!)];
        loss().backward();
        for (int i = 0; i < leaves.Length; i++)
        {
            Assert.Same(before[i], leaves[i].grad);
            Assert.True(allclose(2 * recorded[i]!.detach(), leaves[i].grad!), $"leaf {i}, second pass: {leaves[i].grad} instead of twice {recorded[i]}");
        }
    }

    private static Tensor Leaf(params long[] size) => randn(new Size(size), dtype: float64, requires_grad: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void A_weight_of_many_steps(int rows)
    {
        manual_seed(1);
        Tensor w = Leaf(5, 7), v = Leaf(7, 7), b = Leaf(5), x = Leaf(rows, 7);
        SameAsRecorded(() =>
        {
            Tensor h = x, sum = zeros(rows, 5, dtype: float64);
            for (int i = 0; i < 4; i++)
            {
                h = mm(h, v).tanh();
                sum = sum + nn.functional.linear(h, w, b) + matmul(h, w.t());
            }
            return sum.pow(2).sum();
        }, w, v, b, x);
    }

    [Fact]
    public void One_transposed_view_that_serves_twice()
    {
        manual_seed(2);
        Tensor w = Leaf(5, 7), x = Leaf(3, 7);
        SameAsRecorded(() =>
        {
            Tensor turned = w.t();
            return (mm(x, turned) * mm(x * 2, turned)).sum() + mm(x, turned).sin().sum() + (w * w).sum();
        }, w, x);
    }

    [Fact]
    public void Scaled_products()
    {
        manual_seed(3);
        Tensor c = Leaf(3, 5), w = Leaf(7, 5), x = Leaf(3, 7);
        SameAsRecorded(() => (addmm(c, x, w, beta: 0.5, alpha: 3) * addmm(c, x, w)).sum(), c, w, x);
    }

    [Fact]
    public void Places_of_a_table()
    {
        manual_seed(4);
        Tensor table = Leaf(6, 4), numbers = tensor([0L, 3, 3, 5]), wide = tensor([[0L, 1, 1, 3], [2, 2, 0, 0]]);
        SameAsRecorded(() =>
        {
            Tensor sum = nn.functional.embedding(numbers, table).pow(2).sum() + nn.functional.embedding(numbers, table, padding_idx: 3).sin().sum();
            sum = sum + table.index_select(0, numbers).pow(3).sum() + table.index_select(1, tensor([1L, 1])).sum();
            sum = sum + table.gather(1, wide).pow(2).sum() + table[numbers].cos().sum();
            for (int i = 0; i < 6; i++) sum = sum + table[i].pow(2).sum() + table[i, 1..3].prod() + table[1..5, i % 4].sum();
            return sum + nn.functional.embedding_bag(numbers, table, tensor([0L, 2]), mode: "sum").pow(2).sum();
        }, table);
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("RNN")]
    public void Recurrent_layers_called_step_by_step(string kind)
    {
        manual_seed(5);
        nn.Module layer = kind switch { "LSTM" => nn.LSTM(4, 3), "GRU" => nn.GRU(4, 3), _ => nn.RNN(4, 3) };
        layer.to(float64);
        Tensor x = Leaf(5, 2, 4);
        SameAsRecorded(() =>
        {
            Tensor sum = zeros(1, dtype: float64), h = zeros(1, 2, 3, dtype: float64), c = h, y;
            for (int i = 0; i < 5; i++)
            {
                if (layer is LSTM lstm) (y, (h, c)) = lstm.call(x[i..(i + 1)], (h, c));
                else (y, h) = layer is GRU gru ? gru.call(x[i..(i + 1)], h) : ((RNN)layer).call(x[i..(i + 1)], h);
                sum = sum + y.pow(2).sum();
            }
            return sum;
        }, [x, .. layer.parameters()]);
    }

    [Fact]
    public void Hooks_see_every_sum()
    {
        manual_seed(6);
        Tensor w = Leaf(2, 3), x = Leaf(4, 3);
        w.grad = ones(2, 3, dtype: float64);
        var seen = new List<double>();
        w.register_hook(g => { seen.Add((double)g.sum()); return null; });
        (nn.functional.linear(x, w).sum() + nn.functional.linear(x, w).sum()).backward();
        double expected = 2 * 2 * (double)x.detach().sum();
        Assert.Equal(expected, Assert.Single(seen), 9);
        Assert.Equal(6 + expected, (double)w.grad.sum(), 9);
    }

    [Fact]
    public void A_frozen_leaf_keeps_its_gradient()
    {
        Tensor w = ones(2, 3, requires_grad: true), x = ones(4, 3, requires_grad: true);
        w.grad = ones(2, 3);
        Tensor loss = nn.functional.linear(x, w).sum();
        w.requires_grad_(false);
        loss.backward();
        Assert.All(w.grad.ToArray<float>(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void A_gradient_that_is_its_own_operand_is_read_before_it_changes()
    {
        Tensor w = tensor([[1.0, 2.0], [3.0, 4.0]], dtype: float64, requires_grad: true), x = tensor([[1.0, 1.0], [0.0, 2.0]], dtype: float64);
        w.grad = tensor([[1.0, 0.0], [5.0, 2.0]], dtype: float64);
        Tensor expected = w.grad + mm(x.t(), w.grad);
        mm(x, w).backward(w.grad);
        Assert.Equal(expected.ToArray<double>(), w.grad.ToArray<double>());
    }

    [Fact]
    public void Saved_gradients_notice_the_change()
    {
        Tensor w = ones(2, 2, requires_grad: true), x = ones(3, 2), scale = ones(2, 2, requires_grad: true);
        w.grad = ones(2, 2);
        Tensor uses = (w.grad * scale).sum();
        nn.functional.linear(x, w).sum().backward();
        Assert.Throws<TorchException>(() => uses.backward());
    }

    [Fact]
    public void Threads_share_a_leaf()
    {
        Tensor w = zeros(16, 8, requires_grad: true);
        w.grad = zeros(16, 8);
        Parallel.For(0, 8, _ =>
        {
            Tensor x = ones(4, 8);
            for (int i = 0; i < 50; i++) nn.functional.linear(x, w).sum().backward();
        });
        Assert.All(w.grad.ToArray<float>(), value => Assert.Equal(8 * 50 * 4, value));
    }
}
