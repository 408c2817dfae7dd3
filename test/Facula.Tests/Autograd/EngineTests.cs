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
