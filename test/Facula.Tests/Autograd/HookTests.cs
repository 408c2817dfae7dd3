using static Facula.torch;

namespace Facula.Tests.Autograd;

public class HookTests
{
    [Fact]
    public void Saved_tensors_pass_through_the_hooks()
    {
        Tensor x = tensor([2.0, 3.0], requires_grad: true);
        int packed = 0, unpacked = 0;
        Tensor y;
        using (autograd.graph.saved_tensors_hooks(t => { packed++; return t.ToArray<float>(); }, o => { unpacked++; return tensor((float[])o); }))
            y = (x * x).exp().sum();
        Assert.Equal(3, packed);
        Tensor first = autograd.grad(y, x, create_graph: true)[0];
        Assert.Equal(3, unpacked);
        Assert.True(first.allclose(2 * x * (x * x).exp()));
        Assert.True(autograd.grad(first.sum(), x)[0].allclose((2 + 4 * x * x) * (x * x).exp()));
        using (autograd.graph.disable_saved_tensors_hooks("not now"))
            Assert.Equal("not now", Assert.Throws<TorchException>(() => autograd.graph.save_on_cpu()).Message);
        using (autograd.graph.save_on_cpu()) y = (x * x).sum();
        y.backward();
        Assert.Equal([4f, 6f], x.grad.ToArray<float>());
    }

    [Fact]
    public void Multi_grad_hooks_wait_for_all()
    {
        Tensor a = tensor([1.0], requires_grad: true), b = tensor([2.0], requires_grad: true), c = tensor([3.0], requires_grad: true);
        var seen = new List<float?[]>();
        HookHandle handle = autograd.graph.register_multi_grad_hook((a, b, c), grads => seen.Add(Array.ConvertAll(grads, g => g is null ? (float?)null : (float)g)));
        (a * b).backward();
        (a * b * c).backward();
        Assert.Equal([2f, 1f, null], seen[0]);
        Assert.Equal([6f, 3f, 2f], seen[1]);
        handle.remove();
        (a * b).backward();
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Node_hooks_see_and_replace()
    {
        Tensor x = tensor([1.0, 2.0], requires_grad: true);
        Tensor y = x * 3;
        y.grad_fn!.register_prehook(grads => [grads[0]! * 2]);
        y.grad_fn.register_hook((inputs, outputs) =>
        {
            Assert.Equal(2f, (float)outputs[0]![0]);
            return [inputs[0]! + 1, inputs[1]];
        });
        y.sum().backward();
        Assert.Equal([7f, 7f], x.grad.ToArray<float>());
        (BackwardNode? leaf, int slot) = y.grad_fn.next_functions[0];
        Assert.Equal(("AccumulateGrad", 0), (leaf!.Name, slot));
        Assert.Same(x, leaf.variable);
    }

    [Fact]
    public void Hooks_of_leaves_outlive_a_change_of_data()
    {
        Tensor x = tensor([1.0, 2.0], requires_grad: true);
        int before = 0, after = 0;
        x.register_hook(g => { before++; });
        x.register_post_accumulate_grad_hook(t => { after++; Assert.NotNull(t.grad); });
        x.sum().backward();
        x.data = tensor([1.0, 2.0, 3.0]);
        x.grad = null;
        x.sum().backward();
        Assert.Equal((2, 2), (before, after));
        Assert.Throws<TorchException>(() => (x * 2).register_post_accumulate_grad_hook(_ => { }));
    }

    [Fact]
    public void Retained_gradients_come_after_the_hooks()
    {
        Tensor x = tensor([1.0], requires_grad: true);
        Tensor y = x * 2;
        y.retain_grad();
        y.register_hook(g => g * 10);
        Assert.True(y.retains_grad);
        (y * 3).backward();
        Assert.Equal(30f, (float)y.grad);
        Assert.Equal(60f, (float)x.grad);
    }

    [Fact]
    public void Batched_gradients_are_rows()
    {
        Tensor x = tensor([1.0, 2.0], requires_grad: true);
        Tensor y = x * x;
        Tensor rows = autograd.grad(y, x, grad_outputs: eye(2), is_grads_batched: true)[0];
        Assert.Equal([2f, 0f, 0f, 4f], rows.ToArray<float>());
    }
}
