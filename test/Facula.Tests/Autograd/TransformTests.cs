using static Facula.torch;

namespace Facula.Tests.Autograd;

public class TransformTests
{
    private static Tensor Vector(params double[] values) => tensor(values, dtype: float64);

    [Fact]
    public void Functional_products_agree_with_the_matrices()
    {
        Tensor a = Vector(0.2, -1, 3), b = Vector(1, 0.5, -2);
        Tensor F(Tensor x, Tensor y) => (x * y).sin() + x.pow(2) * y.sum();
        Tensor[] j = autograd.functional.jacobian(F, (a, b));
        Tensor v = Vector(1, 2, 3), w = Vector(-1, 0, 1);
        Assert.True(autograd.functional.vjp(F, (a, b), v).vjp[1].allclose(v.matmul(j[1])));
        Assert.True(autograd.functional.jvp(F, (a, b), (v, w)).jvp.allclose(j[0].matmul(v) + j[1].matmul(w)));
        Tensor G(Tensor x) => x.pow(3).sum() * x[0];
        Tensor h = autograd.functional.hessian(G, a);
        Assert.True(autograd.functional.hvp(G, a, v).hvp.allclose(h.matmul(v)));
        Assert.True(autograd.functional.vhp(G, a, v).vhp.allclose(v.matmul(h)));
        Assert.True(autograd.functional.hessian(G, a, vectorize: true, outer_jacobian_strategy: "forward-mode").allclose(h));
        Assert.True(autograd.functional.jacobian(F, (a, b), vectorize: true, strategy: "forward-mode")[1].allclose(j[1]));
    }

    [Fact]
    public void Functional_results_are_differentiable_when_asked()
    {
        Tensor a = Vector(0.2, -1).requires_grad_();
        Assert.False(autograd.functional.jacobian(x => x.exp(), a).requires_grad);
        Assert.True(autograd.gradcheck(x => autograd.functional.jacobian(y => y.exp() * y.sum(), x, create_graph: true), a));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Strict_mode_names_what_is_independent(bool strict)
    {
        Tensor a = Vector(1, 2), b = Vector(3, 4);
        if (!strict)
        {
            Assert.Equal([0.0, 0.0], autograd.functional.vjp((x, y) => x.sum(), (a, b)).vjp[1].ToArray<double>());
            return;
        }
        Assert.Equal("The output of the user-provided function is independent of input 1. This is not allowed in strict mode.",
            Assert.Throws<TorchException>(() => autograd.functional.vjp((x, y) => x.sum(), (a, b), strict: true)).Message);
        Assert.StartsWith("The vector v can only be None if the user-provided function returns a single Tensor with a single element.",
            Assert.Throws<TorchException>(() => autograd.functional.vjp(x => x * 2, a)).Message);
        Assert.StartsWith("v has invalid size: should be torch.Size([2]) but got torch.Size([3]).",
            Assert.Throws<TorchException>(() => autograd.functional.vjp(x => x * 2, a, Vector(1, 2, 3))).Message);
    }

    [Fact]
    public void Grad_nests()
    {
        Func<Tensor, Tensor> third = func.grad(func.grad(func.grad((Tensor x) => x.pow(5))));
        Assert.Equal(60 * 4, (double)third(tensor(2.0, dtype: float64)), 12);
        // The inner function's derivative by y must not see the outer x.
        Func<Tensor, Tensor> confused = func.grad((Tensor x) => x * func.grad((Tensor y) => x + y)(tensor(1.0)));
        Assert.Equal(1f, (float)confused(tensor(3.0)));
        Func<Tensor, Tensor> mixed = func.grad((Tensor x) => func.jacfwd((Tensor y) => (x * y).sin())(x));
        Assert.Equal(Math.Cos(4) - 4 * Math.Sin(4) - 4 * Math.Sin(4), (double)mixed(tensor(2.0, dtype: float64)) - 0, 10);
    }

    [Fact]
    public void Results_depend_on_the_caller_s_tensors_only()
    {
        Tensor w = tensor(3.0, dtype: float64, requires_grad: true), x = tensor(2.0, dtype: float64);
        Tensor g = func.grad((Tensor v) => w * v * v)(x);
        Assert.True(g.requires_grad);
        g.backward();
        Assert.Equal(4, (double)w.grad, 12);
        Assert.False(func.grad((Tensor v) => v * v)(x).requires_grad);
        Tensor own = x.clone().requires_grad_();
        Assert.True(func.grad((Tensor v) => v * v)(own).requires_grad);
        using (no_grad()) Assert.False(func.grad((Tensor v) => w * v * v)(own).requires_grad);
    }

    [Fact]
    public void Several_arguments_and_auxiliary_results()
    {
        Tensor x = Vector(1, 2), y = Vector(3, 5);
        Tensor[] both = func.grad((Tensor a, Tensor b) => (a * b).sum(), (0, 1))(x, y);
        Assert.Equal([3.0, 5.0], both[0].ToArray<double>());
        Assert.Equal([1.0, 2.0], func.grad((Tensor a, Tensor b) => (a * b).sum(), argnums: -1)(x, y).ToArray<double>());
        (Tensor grad, string aux) = func.grad((Tensor a) => (a.sum(), "seen"), has_aux: true)(x);
        Assert.Equal("seen", aux);
        Assert.False(grad.requires_grad);
        (Tensor g, Tensor value) = func.grad_and_value((Tensor a) => a.pow(2).sum())(x);
        Assert.Equal(5, (double)value);
        Assert.Equal([2.0, 4.0], g.ToArray<double>());
        Assert.Equal("Got argnum=2, but only 2 positional inputs", Assert.Throws<TorchException>(() => func.grad((Tensor a, Tensor b) => a.sum(), 2)(x, y)).Message);
        Assert.StartsWith("grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with 1 dims.",
            Assert.Throws<TorchException>(() => func.grad((Tensor a) => a)(x)).Message);
    }

    [Fact]
    public void Products_and_jacobians()
    {
        Tensor x = Vector(0.5, 1, 2), t = Vector(1, -1, 0.5);
        Tensor F(Tensor v) => v.exp().cumsum(0);
        Tensor j = func.jacrev(F)(x);
        Assert.True(func.jacfwd(F)(x).allclose(j));
        (Tensor output, Func<Tensor, Tensor[]> pull) = func.vjp(F, x);
        Assert.True(output.allclose(F(x)));
        Assert.True(pull(t)[0].allclose(t.matmul(j)));
        Assert.True(pull(t)[0].allclose(t.matmul(j)));      // may be called again
        Assert.True(func.jvp(F, x, t).jvp_out.allclose(j.matmul(t)));
        (_, Func<TensorList, Tensor> push) = func.linearize(F, x);
        Assert.True(push(t).allclose(j.matmul(t)));
        Tensor[][] h = func.hessian((Tensor a, Tensor b) => (a * a * b).sum(), (0, 1))(x, t);
        Assert.True(h[0][1].allclose((2 * x).diag()));
        Assert.True(h[1][1].allclose(zeros(3, 3, dtype: float64)));
        Tensor[] blocks = func.jacrev((Tensor a) => (a.sum(), a * 2))(x);
        Assert.Equal(new Size(3, 3), blocks[1].shape);
    }

    [Fact]
    public void Vmap_maps_any_dimension()
    {
        Tensor a = arange(24).reshape(2, 3, 4).to(float64), b = Vector(1, 2, 3);
        Tensor byMiddle = vmap((Tensor x, Tensor y) => x.sum() * y, in_dims: (1, 0))(a, b);
        Assert.True(byMiddle.allclose(a.sum((0, 2)) * b));
        Tensor rows = vmap((Tensor x, Tensor y) => x * y, in_dims: (0, null), out_dims: 1)(a[0], b[0]);
        Assert.Equal(new Size(4, 3), rows.shape);
        Tensor twice = vmap(vmap((Tensor x, Tensor y) => x.dot(y)))(a, a);
        Assert.True(twice.allclose((a * a).sum(-1)));
        Tensor perSample = vmap(func.grad((Tensor x) => (x * x).sum()))(a);
        Assert.True(perSample.allclose(2 * a));
        Assert.Equal(new Size(0, 4), vmap((Tensor x) => x.sum(0))(zeros(0, 3, 4)).shape);
        Tensor w = Vector(1, 1, 1, 1).requires_grad_();
        vmap((Tensor x) => (x * w).sum())(a[0]).sum().backward();
        Assert.True(w.grad.allclose(a[0].sum(0)));
    }

    [Fact]
    public void Vmap_refuses_what_PyTorch_refuses()
    {
        Tensor a = zeros(2, 3), b = zeros(3);
        Assert.Contains("Expected all tensors to have the same size in the mapped dimension, got sizes [2, 3]", Assert.Throws<ArgumentException>(() => vmap((Tensor x, Tensor y) => x + y)(a, b)).Message);
        Assert.Contains("so expected in_dim to satisfy -2 <= in_dim < 2", Assert.Throws<ArgumentException>(() => vmap((Tensor x) => x, in_dims: 2)(a)).Message);
        Assert.Contains("Expected at least one Tensor to vmap over", Assert.Throws<ArgumentException>(() => vmap((Tensor x, Tensor y) => x, in_dims: (null, null))(a, b)).Message);
        Assert.StartsWith("vmap: called random operation while in randomness error mode", Assert.Throws<TorchException>(() => vmap((Tensor x) => x + rand(3))(a)).Message);
        Tensor same = vmap((Tensor x) => rand(3), randomness: "same")(a);
        Assert.True(same[0].equal(same[1]));
        Tensor different = vmap((Tensor x) => rand(3), randomness: "different")(a);
        Assert.False(different[0].equal(different[1]));
        _ = rand(1);    // drawing is allowed again
    }

    [Fact]
    public void Functional_call_uses_other_parameters_and_leaves_the_module_alone()
    {
        manual_seed(0);
        var net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        var parameters = net.named_parameters().ToDictionary(p => p.Item1, p => (Tensor)p.Item2.detach());
        Tensor x = rand(4, 2);
        Tensor weight = parameters["0.weight"];
        Tensor Loss(Tensor w) => func.functional_call(net, new Dictionary<string, Tensor>(parameters) { ["0.weight"] = w }, x).pow(3).sum();
        net.train(false);
        Tensor grad = func.grad(Loss)(weight);
        net.forward(x).pow(3).sum().backward();
        Assert.True(grad.allclose(net.get_parameter("0.weight").grad));
        Assert.True(net.get_parameter("0.weight").is_leaf);
        Assert.Throws<ArgumentException>(() => func.functional_call(net, new Dictionary<string, Tensor> { ["0.wrong"] = weight }, x));
        // Running statistics given are the ones that are updated.
        net.train();
        Tensor mean = zeros(3);
        func.functional_call(net, new Dictionary<string, Tensor> { ["1.running_mean"] = mean }, x);
        Assert.NotEqual(0f, (float)mean[0]);
    }

    [Fact]
    public void Dual_tensors_carry_tangents()
    {
        Tensor x = Vector(1, 2), t = Vector(0.5, -1);
        using (autograd.forward_ad.dual_level())
        {
            Tensor dual = autograd.forward_ad.make_dual(x, t);
            (Tensor primal, Tensor? tangent) = autograd.forward_ad.unpack_dual((dual * dual).sin());
            Assert.True(primal.allclose((x * x).sin()));
            Assert.True(tangent!.allclose((x * x).cos() * 2 * x * t));
            Assert.True(autograd.forward_ad.unpack_dual(dual).tangent!.allclose(t));
            Assert.Null(autograd.forward_ad.unpack_dual(x + 1).tangent);
        }
        Assert.StartsWith("Trying to create a dual Tensor for forward AD but no level exists", Assert.Throws<TorchException>(() => autograd.forward_ad.make_dual(x, t)).Message);
    }
}
