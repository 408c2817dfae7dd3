using static Facula.torch;

namespace Facula.Tests.Ops.Views;

public class ViewTests
{
    [Fact]
    public void Views_share_memory()
    {
        Tensor x = zeros(2, 3);
        foreach (Tensor view in new[] { x.t(), x.permute(1, 0), x.view(6), x.flatten(), x.unsqueeze(0), x.narrow(1, 0, 2), x.diagonal(), x.unfold(1, 2, 1), x.split(2, 1)[0], x.unbind(0)[1], x[..], x.mT })
        {
            x.zero_();
            view.detach().fill_(1);
            Assert.True(x.sum().item().ToDouble() > 0);
        }
    }

    [Fact]
    public void Pieces_join_again()
    {
        Tensor x = arange(30).reshape(5, 6);
        Assert.True(torch.equal(x, cat(x.split(2, 1), 1)));
        Assert.True(torch.equal(x, cat(x.chunk(4), 0)));
        Assert.True(torch.equal(x, stack(x.unbind(1), 1)));
        Assert.True(torch.equal(x, cat(x.tensor_split(4, 1), 1)));
        Assert.True(torch.equal(x, x.roll((2, -3), (0, 1)).roll((-2, 3), (0, 1))));
        Assert.True(torch.equal(x, x.flip(0, 1).flip(0).flip(1)));
        Assert.True(torch.equal(x.repeat(2, 1), cat(new[] { x, x })));
    }

    [Fact]
    public void Large_tensors_join_in_every_order_of_memory()
    {
        Tensor x = arange(90 * 700, dtype: float32).reshape(90, 700);
        Assert.True(torch.equal(x, cat(x.contiguous().split(37, 1).Select(t => t.contiguous()).ToArray(), 1)));
        Assert.True(torch.equal(x, cat(x.split(37, 1), 1)));
        Assert.True(torch.equal(x, cat([x[.., ..300].contiguous(), zeros(90, 0), zeros(0), x[.., 300..].contiguous()], 1)));
        Assert.True(torch.equal(x, cat(x.split(4))));
        Assert.True(torch.equal(x.t(), cat(x.t().split(41, 1), 1)));
        Assert.True(torch.equal(x, stack(x.unbind(0))));
        Assert.True(torch.equal(x, stack(x.unbind(1).Select(t => t.contiguous()).ToArray(), 1)));
        Tensor cube = x.reshape(9, 10, 700);
        Assert.True(torch.equal(cube, stack(cube.unbind(1).Select(t => t.contiguous()).ToArray(), 1)));
        Assert.True(torch.equal(cat([x, x], 1)[.., 700..], x));
        Assert.True(torch.equal(cat([x, x.to(int64)], 1), cat([x, x], 1)));
        Tensor z = torch.complex(x, -x).conj();
        Assert.True(torch.equal(cat([z, z], 1)[.., ..700], z));
        Facula.Modules.Parameter[] parameters = [torch.nn.Parameter(x), torch.nn.Parameter(-x)];
        Assert.True(torch.equal(cat([x, -x]), cat(parameters)));
    }

    [Fact]
    public void Split_gradients_come_from_one_node()
    {
        Tensor x = arange(6, dtype: float32).requires_grad_();
        Tensor[] parts = x.split(4);
        (parts[0] * 2).sum().backward();
        Assert.Equal([2f, 2f, 2f, 2f, 0f, 0f], x.grad.ToArray<float>());
        Assert.Equal("SplitBackward0", parts[1].grad_fn!.Name);
        Assert.Throws<TorchException>(() => parts[0].add_(1));
    }

    [Fact]
    public void Overlapping_windows_add_their_gradients()
    {
        Tensor x = arange(5, dtype: float32).requires_grad_();
        x.unfold(0, 3, 1).sum().backward();
        Assert.Equal([1f, 2f, 3f, 2f, 1f], x.grad.ToArray<float>());
    }

    [Fact]
    public void Arrays_share_memory()
    {
        float[,] array = { { 1, 2 }, { 3, 4 } };
        Tensor x = from_numpy(array);
        x[0, 0] = 9;
        Assert.Equal(9, array[0, 0]);
        Tensor y = zeros(2, 2);
        var shared = (float[,])y.numpy();
        y[1, 1] = 5;
        Assert.Equal(5, shared[1, 1]);
        shared[0, 1] = 3;
        Assert.Equal(3f, y[0, 1].item<float>());
    }

    [Fact]
    public void Padding_modes()
    {
        Tensor x = arange(3, dtype: float32).reshape(1, 1, 3);
        Assert.Equal([0f, 0f, 1f, 2f, 0f], nn.functional.pad(x, [1, 1]).ToArray<float>());
        Assert.Equal([1f, 0f, 1f, 2f, 1f], nn.functional.pad(x, [1, 1], "reflect").ToArray<float>());
        Assert.Equal([0f, 0f, 1f, 2f, 2f], nn.functional.pad(x, [1, 1], "replicate").ToArray<float>());
        Assert.Equal([2f, 0f, 1f, 2f, 0f], nn.functional.pad(x, [1, 1], "circular").ToArray<float>());
    }

    [Fact]
    public void Cat_and_stack_of_small_tensors_of_any_order_and_dtype()
    {
        Tensor rows = arange(6).@float().view(2, 3), columns = arange(6).@float().view(3, 2).t(), whole = arange(3).view(1, 3);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 0, 2, 4, 1, 3, 5, 0, 1, 2], cat([rows, columns, whole]).ToArray<float>());
        Assert.Equal([0f, 1, 2, 3, 4, 5, 0, 2, 4, 1, 3, 5], stack([rows, columns]).ToArray<float>());
        Assert.Equal([0f, 1, 2, 0, 2, 4, 3, 4, 5, 1, 3, 5], stack([rows, columns], 1).ToArray<float>());
        Assert.Equal([0f, 1, 2, 0, 2, 4], cat([rows[..1], columns[..1]], 1).ToArray<float>());
        Tensor wide = zeros(2, 6);
        cat([rows, columns], dim: 1, @out: wide[.., ..6]);
        Assert.Equal([0f, 1, 2, 0, 2, 4, 3, 4, 5, 1, 3, 5], wide.ToArray<float>());
    }

    [Fact]
    public void Fills_of_every_width()
    {
        foreach (ScalarType dtype in (ScalarType[])[uint8, int8, int16, int32, int64, float16, torch.bfloat16, float32, float64, complex64, complex128, torch.@bool])
        {
            Tensor filled = full([3, 5], 1, dtype: dtype);
            Assert.True(torch.equal(filled, ones(3, 5).to(dtype)));
            filled[1..2] = 0;
            Assert.Equal(10, filled.to(float64).sum().item().ToDouble());
            filled[.., 1] = 0;
            Assert.Equal(8, filled.to(float64).sum().item().ToDouble());
        }
    }

    [Fact]
    public void Windows_that_share_elements_add_up_their_gradients()
    {
        Tensor x = randn([2, 3, 11], dtype: float64, requires_grad: true);
        Assert.True(torch.autograd.gradcheck(t => [t[0].unfold(2, 4, 3)], [x]));
        Assert.True(torch.autograd.gradcheck(t => [t[0].unfold(2, 4, 1).unfold(1, 2, 1)], [x]));
    }
}
