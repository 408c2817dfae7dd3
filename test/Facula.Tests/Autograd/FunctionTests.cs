using static Facula.torch;

namespace Facula.Tests.Autograd;

public class FunctionTests
{
    private sealed class Cube : autograd.Function<Cube>
    {
        public static Tensor forward(Context ctx, Tensor x)
        {
            ctx.save_for_backward(x);
            return x.pow(3);
        }

        public static Tensor backward(Context ctx, Tensor grad) => 3 * ctx.saved_tensors[0].pow(2) * grad;
    }

    private sealed class ScaledSum : autograd.Function<ScaledSum>
    {
        public static Tensor forward(Context ctx, Tensor x, Tensor y, double scale = 10)
        {
            ctx["scale"] = scale;
            return (x + y) * scale;
        }

        public static (Tensor?, Tensor?, Tensor?) backward(Context ctx, Tensor grad)
        {
            Assert.Equal([true, false, false], ctx.needs_input_grad);
            return (grad * (double)ctx["scale"]!, null, null);
        }
    }

    private sealed class SinCos : autograd.Function<SinCos, (Tensor, Tensor)>
    {
        public static (Tensor, Tensor) forward(Context ctx, Tensor x)
        {
            (Tensor sin, Tensor cos) = (x.sin(), x.cos());
            ctx.save_for_backward(sin, cos);
            return (sin, cos);
        }

        public static Tensor backward(Context ctx, Tensor grad_sin, Tensor grad_cos)
        {
            var (sin, cos) = ctx.saved_tensors;
            return grad_sin * cos - grad_cos * sin;
        }
    }

    private sealed class OnlyFirst : autograd.Function<OnlyFirst, (Tensor, Tensor)>
    {
        public static (Tensor, Tensor) forward(Context ctx, Tensor x)
        {
            ctx.set_materialize_grads(false);
            Tensor index = x.argmax();
            Tensor marked = x.floor();
            ctx.mark_non_differentiable(marked);
            return (x * 2, marked);
        }

        public static Tensor? backward(Context ctx, Tensor? grad, Tensor? ignored)
        {
            Assert.Null(ignored);
            return grad is null ? null : grad * 2;
        }
    }

    private sealed class DoubleInPlace : autograd.Function<DoubleInPlace>
    {
        public static Tensor forward(Context ctx, Tensor x)
        {
            x.mul_(2);
            ctx.mark_dirty(x);
            return x;
        }

        public static Tensor backward(Context ctx, Tensor grad) => grad * 2;
    }

    private sealed class Identity : autograd.Function<Identity>
    {
        public static Tensor forward(Context ctx, Tensor x) => x;

        public static Tensor backward(Context ctx, Tensor grad) => grad * 7;
    }

    private sealed class Once : autograd.Function<Once>
    {
        public static Tensor forward(Context ctx, Tensor x)
        {
            ctx.save_for_backward(x);
            return x * x;
        }

        [autograd.function.once_differentiable]
        public static Tensor backward(Context ctx, Tensor grad) => 2 * ctx.saved_tensors[0] * grad;
    }

    private sealed class WrongCount : autograd.Function<WrongCount>
    {
        public static Tensor forward(Context ctx, Tensor x) => x * 1;

        public static (Tensor, Tensor) backward(Context ctx, Tensor grad) => (grad, grad);
    }

    private sealed class TorchSharpExp : autograd.SingleTensorFunction<TorchSharpExp>
    {
        public override string Name => nameof(TorchSharpExp);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor result = ((Tensor)vars[0]).exp();
            ctx.save_for_backward(new() { result });
            ctx.save_data("factor", vars[1]);
            return result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            new() { grad_output * ctx.get_saved_variables()[0] * (double)ctx.get_data("factor")!, null! };
    }

    private sealed class TorchSharpPair : autograd.MultiTensorFunction<TorchSharpPair>
    {
        public override string Name => nameof(TorchSharpPair);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars) => [(Tensor)vars[0] * 2, (Tensor)vars[0] * 3];

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs) => [grad_outputs[0] * 2 + grad_outputs[1] * 3];
    }

    [Fact]
    public void Backward_is_differentiable_and_has_the_class_s_name()
    {
        Tensor x = tensor([-1.5, 0.25, 2.0], dtype: float64, requires_grad: true);
        Tensor y = Cube.apply(x);
        Assert.Equal("<CubeBackward>", y.grad_fn!.ToString());
        Assert.True(autograd.gradcheck(v => Cube.apply(v), x));
        Assert.True(autograd.gradgradcheck(v => Cube.apply(v), x));
    }

    [Fact]
    public void Arguments_that_are_no_tensors_and_defaults()
    {
        Tensor x = tensor([1.0, 2.0], requires_grad: true), y = tensor([3.0, 4.0]);
        ScaledSum.apply(x, y, 5).sum().backward();
        Assert.Equal([5f, 5f], x.grad.ToArray<float>());
        Assert.Equal([40f, 60f], ScaledSum.apply(x, y).ToArray<float>());
    }

    [Fact]
    public void Several_results_get_several_gradients()
    {
        Tensor x = tensor([0.3, 0.7], dtype: float64, requires_grad: true);
        (Tensor sin, Tensor cos) = SinCos.apply(x);
        Assert.Equal((0, 1), (sin.output_nr, cos.output_nr));
        (sin * 2 + cos).sum().backward();
        Assert.True(x.grad.allclose(2 * x.cos() - x.sin()));
        x.grad = null;
        // An output that nothing used counts as zeros.
        SinCos.apply(x).Item1.sum().backward();
        Assert.True(x.grad.allclose(x.cos()));
        Assert.True(autograd.gradgradcheck(v => SinCos.apply(v).Item1 * SinCos.apply(v).Item2, x.detach().requires_grad_()));
    }

    [Fact]
    public void Outputs_without_gradient()
    {
        Tensor x = tensor([1.5, 2.5], requires_grad: true);
        (Tensor twice, Tensor floor) = OnlyFirst.apply(x);
        Assert.True(twice.requires_grad);
        Assert.False(floor.requires_grad);
        twice.sum().backward();
        Assert.Equal([2f, 2f], x.grad.ToArray<float>());
    }

    [Fact]
    public void In_place_functions_rewrite_history()
    {
        Tensor w = tensor([1.0, 2.0], requires_grad: true);
        Tensor x = w * 3;
        Tensor y = DoubleInPlace.apply(x);
        Assert.Same(x, y);
        Assert.Equal("DoubleInPlaceBackward", x.grad_fn!.Name);
        y.sum().backward();
        Assert.Equal([6f, 6f], w.grad.ToArray<float>());
        Assert.StartsWith("a leaf Variable that requires grad has been used in an in-place operation.", Assert.Throws<TorchException>(() => DoubleInPlace.apply(w)).Message);
        // Through a view, the base's history changes as well.
        w.grad = null;
        Tensor whole = w * 1;
        DoubleInPlace.apply(whole.select(0, 0));
        whole.sum().backward();
        Assert.Equal([2f, 1f], w.grad.ToArray<float>());
    }

    [Fact]
    public void An_input_that_is_returned_becomes_a_view()
    {
        Tensor x = tensor([1.0], requires_grad: true);
        Tensor y = Identity.apply(x);
        Assert.NotSame(x, y);
        Assert.Equal("IdentityBackward", y.grad_fn!.Name);
        y.backward();
        Assert.Equal(7f, (float)x.grad);
        using (no_grad()) Assert.Null(Identity.apply(x).grad_fn);
    }

    [Fact]
    public void Once_differentiable_refuses_the_second_time()
    {
        Tensor x = tensor([3.0], requires_grad: true);
        Tensor incoming = ones(1, requires_grad: true);
        Tensor first = autograd.grad(Once.apply(x), x, incoming, create_graph: true)[0];
        Assert.Equal(6f, (float)first);
        Assert.Equal("trying to differentiate twice a function that was marked with @once_differentiable",
            Assert.Throws<TorchException>(() => autograd.grad(first, incoming)).Message);
    }

    [Fact]
    public void Wrong_backwards_are_named()
    {
        Tensor x = tensor([3.0], requires_grad: true);
        Assert.Equal("function WrongCountBackward returned an incorrect number of gradients (expected 1, got 2)",
            Assert.Throws<TorchException>(() => WrongCount.apply(x).backward()).Message);
    }

    [Fact]
    public void Saved_tensors_are_guarded()
    {
        Tensor w = tensor([2.0], requires_grad: true);
        Tensor x = w * 1;
        Tensor y = Cube.apply(x);
        x.add_(1);
        Assert.StartsWith("one of the variables needed for gradient computation has been modified by an inplace operation", Assert.Throws<TorchException>(() => y.backward()).Message);
        Tensor z = Cube.apply(w);
        z.backward();
        Assert.StartsWith("Trying to backward through the graph a second time", Assert.Throws<TorchException>(() => z.backward()).Message);
    }

    [Fact]
    public void TorchSharp_s_spelling()
    {
        Tensor x = tensor([0.5], dtype: float64, requires_grad: true);
        Tensor y = TorchSharpExp.apply(x, 2.0);
        Assert.Equal("TorchSharpExpBackward", y.grad_fn!.Name);
        y.backward();
        Assert.Equal(2 * Math.Exp(0.5), (double)x.grad, 12);
        x.grad = null;
        List<Tensor> pair = TorchSharpPair.apply(x);
        (pair[0] + pair[1]).backward();
        Assert.Equal(5, (double)x.grad, 12);
    }
}
