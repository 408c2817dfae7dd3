using static Facula.torch;

namespace Facula.Tests.Autograd;

public class EngineTests
{
    [Fact]
    public void Gradients_flow_through_products_and_broadcasting()
    {
        Tensor x = tensor([1.0, 2.0, 3.0], requires_grad: true);
        Tensor w = tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad: true);
        Tensor y = (x * w + 1).exp().sum();
        y.backward();
        double[] expected = new double[3];
        for (int j = 0; j < 3; j++)
            for (int i = 0; i < 2; i++)
            {
                double wij = 1 + j + 3 * i, xj = 1 + j;
                expected[j] += wij * Math.Exp(wij * xj + 1);
            }
        float[] actual = x.grad.ToArray<float>();
        for (int j = 0; j < 3; j++) Assert.Equal(1, actual[j] / expected[j], 5);
        Assert.Equal("SumBackward0", y.grad_fn!.Name);
        Assert.Equal([2, 3], w.grad.shape.ToArray());
    }

    [Fact]
    public void Second_derivatives_come_from_the_same_formulas()
    {
        Tensor x = tensor([0.5], dtype: float64, requires_grad: true);
        Tensor first = autograd.grad((x * x).exp(), x, create_graph: true)[0];
        Tensor second = autograd.grad(first, x)[0];
        Assert.Equal((2 + 4 * 0.25) * Math.Exp(0.25), (double)second, 12);
    }

    [Fact]
    public void Views_stay_under_the_restrictions_of_the_view_they_are_of()
    {
        Tensor x = ones(4, 4, requires_grad: true), y = x * 2;
        Tensor half = y.chunk(2)[0];
        Assert.Contains("returns multiple views", Assert.Throws<TorchException>(() => half.t().mul_(2)).Message);
        Tensor quiet;
        using (no_grad()) quiet = y.t();
        Assert.True(quiet.requires_grad);
        Assert.Null(quiet.grad_fn);
        Assert.Contains("created in no_grad mode", Assert.Throws<TorchException>(() => quiet[0].mul_(2)).Message);
        Assert.Contains("Can't detach views in-place", Assert.Throws<TorchException>(() => ones(4).view(2, 2).detach_()).Message);
    }

    [Fact]
    public void What_a_quiet_view_is_used_for_has_a_history_that_ends_there()
    {
        Tensor x = ones(3, requires_grad: true), y = x * 2, quiet;
        using (no_grad()) quiet = y[..];
        Tensor z = quiet * 3;
        Assert.True(z.requires_grad);
        (z.sum() + y.sum()).backward();
        Assert.Equal([2f, 2f, 2f], x.grad.ToArray<float>());
    }

    [Fact]
    public void Writes_before_a_quiet_view_was_made_do_not_reach_it_and_later_ones_make_it_ambiguous()
    {
        Tensor x = ones(3, requires_grad: true), view;
        using (no_grad())
        {
            x.mul_(2);
            view = x.view(-1);
        }
        (view * view).sum().backward();
        Assert.Null(x.grad);
        using (no_grad()) x.mul_(2);
        Assert.Contains("has been modified inplace with grad mode enabled", Assert.Throws<TorchException>(() => view * 2).Message);
    }

    [Fact]
    public void A_view_follows_the_history_that_its_base_gets_later()
    {
        Tensor x = tensor([2.0, 3.0], requires_grad: true), y = ones(2), view = y.view(2, 1);
        y.mul_(x);
        (view * view).sum().backward();
        Assert.Equal([4f, 6f], x.grad.ToArray<float>());
        // A base that leaves the graph takes its views along once it is written to.
        Tensor z = x * 1, part = z.view(2, 1);
        z.detach_();
        z.fill_(5);
        x.grad = null;
        part.sum().backward();
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_leaf_that_is_frozen_before_the_way_back_gets_no_gradient()
    {
        Tensor x = ones(2, requires_grad: true), y = ones(2, requires_grad: true), loss = (x * y).sum();
        x.requires_grad_(false);
        loss.backward();
        Assert.Null(x.grad);
        Assert.Equal([1f, 1f], y.grad.ToArray<float>());
    }

    [Fact]
    public void Elements_that_share_a_place_share_the_gradient_of_a_strided_piece()
    {
        Tensor x = ones(3, 4, requires_grad: true);
        x.expand(2, 3, 4).as_strided([2, 2], [1, 2], 0).sum().backward();
        Assert.Equal([1f, 1f, 1f, 1f, 0f], x.grad.ToArray<float>()[..5]);
    }

    [Fact]
    public void A_view_made_in_inference_mode_is_what_its_memory_is()
    {
        Tensor x = ones(4), view, fresh;
        using (inference_mode()) (view, fresh) = (x[..2], ones(2));
        Assert.False(view.is_inference());
        view.mul_(2);
        Assert.Equal([2f, 2f, 1f, 1f], x.ToArray<float>());
        Assert.True(fresh[0].is_inference());
        Assert.Throws<TorchException>(() => fresh[0].mul_(2));
        Assert.Contains("do not track version counter", Assert.Throws<TorchException>(() => fresh._version_).Message);
    }

    [Fact]
    public void Extremes_share_their_gradient_among_equal_elements()
    {
        Tensor x = tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 5.0]], requires_grad: true);
        (Tensor least, Tensor greatest) = x.aminmax(dim: 1);
        (least * tensor([2.0f, 4])).sum().backward();
        Assert.Equal([2, 0, 0, 2, 2, 0], x.grad.ToArray<float>());
        x.grad = null;
        x.aminmax(dim: 1).max.sum().backward();
        Assert.Equal([0, 0.5f, 0.5f, 0, 0, 1], x.grad.ToArray<float>());
        x.grad = null;
        (least, greatest) = x.aminmax();
        (greatest - least).backward();
        Assert.Equal([-1, 0, 0, 0, 0, 1], x.grad.ToArray<float>());
    }

    [Fact]
    public void Writing_through_a_view_reaches_the_graph_of_its_base()
    {
        Tensor w = tensor([2.0, 3.0], requires_grad: true);
        Tensor x = w * 1;
        x.select(0, 1).mul_(w.select(0, 0));
        x.sum().backward();
        Assert.Equal([1f + 3f, 2f], w.grad.ToArray<float>());
        Assert.Equal("CopySlices", x.grad_fn!.Name);
    }

    [Fact]
    public void Overwriting_a_saved_tensor_is_noticed()
    {
        Tensor x = tensor([1.0], requires_grad: true);
        Tensor y = x.exp();
        y.add_(1);
        var error = Assert.Throws<TorchException>(() => y.backward());
        Assert.StartsWith("one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [1]]", error.Message);
    }

    [Fact]
    public void Backward_twice_needs_retain_graph()
    {
        Tensor x = tensor([1.0], requires_grad: true);
        Tensor y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal(4f, (float)x.grad);
        Assert.StartsWith("Trying to backward through the graph a second time", Assert.Throws<TorchException>(() => y.backward()).Message);
    }

    [Fact]
    public void Deep_graphs_do_not_overflow_the_stack()
    {
        Tensor x = tensor([1.0], requires_grad: true);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) y = y + 1;
        y.backward();
        Assert.Equal(1f, (float)x.grad);
    }

    [Fact]
    public void Compound_assignment_is_in_place()
    {
        Tensor y = tensor([1.0, 2.0]);
        Tensor same = y;
        y += tensor([1.0, 1.0]);
        Assert.Same(same, y);
        Assert.Equal([2f, 3f], same.ToArray<float>());
    }
}
