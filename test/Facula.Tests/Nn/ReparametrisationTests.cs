using Facula.Modules;
using static Facula.torch;
using static Facula.Tests.Nn.Values;

namespace Facula.Tests.Nn;

/// <summary>weight_norm, spectral_norm and parametrize; the numbers are PyTorch's.</summary>
public class ReparametrisationTests
{
    [Fact]
    public void Spectral_norm_divides_by_the_largest_singular_value()
    {
        manual_seed(0);
        Linear m = nn.utils.spectral_norm(nn.Linear(3, 4));
        Tensor y = m.call(Sixths);
        Close([-0.718238, -0.359665, -0.145565, -0.083052, -0.850752, -0.743993, 0.162791, -0.188566], y);
        Assert.Equal("bias, weight_orig, weight_u, weight_v", Keys(m));
        y.sum().backward();
        Close([0.506701, 1.874065, 1.44242, 0.83372, 1.189196, 1.894732, 0.562944, 1.756276, 1.520213, 0.855926, 1.142693, 1.925445], m.get_parameter("weight_orig").grad);
        m.eval();
        Tensor before = m.call(Sixths);
        nn.utils.remove_spectral_norm(m);
        Assert.Equal("bias, weight", Keys(m));
        Assert.True(allclose(before, m.call(Sixths)));
    }

    [Fact]
    public void Weight_norm_trains_length_and_direction()
    {
        manual_seed(0);
        Linear m = nn.utils.weight_norm(nn.Linear(3, 4), dim: null);
        Close([-0.658347, -0.367823, -0.17878, -0.045522, -0.743243, -0.614045, 0.01877, -0.11312], m.call(Sixths));
        m.call(Sixths).sum().backward();
        Close([-0.433767], m.get_parameter("weight_g").grad);
        Close([0.497972, 0.978651, 0.943711, 0.30064, 0.728998, 1.239308, 0.494633, 1.04812, 1.142627, 0.571681, 0.751466, 1.113419], m.get_parameter("weight_v").grad);
        Assert.False(m.weight.is_leaf);
        Assert.Equal(["bias", "weight_g", "weight_v"], m.named_parameters().Select(p => p.name));
        nn.utils.remove_weight_norm(m);
        Assert.True(m.weight.is_leaf && m.weight.requires_grad);
        Assert.Throws<ArgumentException>(() => nn.utils.remove_weight_norm(m));
    }

    [Fact]
    public void Weight_norm_of_a_recurrent_network()
    {
        manual_seed(0);
        GRU gru = nn.utils.weight_norm(nn.GRU(2, 3), "weight_hh_l0");
        (Tensor output, _) = gru.call(randn(4, 1, 2));
        output.sum().backward();
        Assert.NotNull(gru.get_parameter("weight_hh_l0_g").grad);
    }

    [Fact]
    public void Parametrized_spectral_norm()
    {
        manual_seed(0);
        Linear m = nn.utils.parametrizations.spectral_norm(nn.Linear(3, 4));
        Close([-0.69587, -0.362712, -0.15797, -0.069036, -0.8106, -0.69546, 0.109002, -0.160389], m.call(Sixths));
        Assert.Equal("bias, parametrizations.weight.original, parametrizations.weight.0._u, parametrizations.weight.0._v", Keys(m));
        Assert.Equal("ParametrizedLinear(\n  in_features=3, out_features=4, bias=True\n  (parametrizations): ModuleDict(\n    (weight): ParametrizationList(\n      (0): _SpectralNorm()\n    )\n  )\n)", m.ToString());
    }

    private sealed class Symmetric : nn.Module<Tensor, Tensor>
    {
        public override Tensor forward(Tensor input) => input.triu() + input.triu(1).transpose(-1, -2);
    }

    private sealed class Doubled : nn.Module<Tensor, Tensor>, nn.utils.parametrize.IRightInverse
    {
        public int Calls { get; private set; }

        public override Tensor forward(Tensor input)
        {
            Calls++;
            return input * 2;
        }

        public Tensor right_inverse(Tensor value) => value / 2;
    }

    [Fact]
    public void A_parametrization_of_ones_own_is_computed_on_reading()
    {
        manual_seed(0);
        Linear m = nn.utils.parametrize.register_parametrization(nn.Linear(3, 3), "weight", new Symmetric());
        Close([-0.004323, 0.309716, -0.475185, 0.309716, -0.222369, 0.154821, -0.475185, 0.154821, -0.051236], m.weight);
        Assert.True(nn.utils.parametrize.is_parametrized(m, "weight"));
        var optimizer = optim.SGD(m.parameters(), lr: 0.1);
        m.call(Sixths).sum().backward();
        optimizer.step();
        Assert.True(equal(m.weight, m.weight.t()));
        Tensor now = m.weight.detach();
        nn.utils.parametrize.remove_parametrizations(m, "weight");
        Assert.True(equal(now, m.weight));
        Assert.Equal("Linear(in_features=3, out_features=3, bias=True)", m.ToString());
        Assert.Contains(m.parameters(), p => ReferenceEquals(p, m.weight));
    }

    [Fact]
    public void Assignment_goes_through_the_right_inverse_and_caching_computes_once()
    {
        var doubled = new Doubled();
        Linear m = nn.utils.parametrize.register_parametrization(nn.Linear(2, 2), "weight", doubled);
        Tensor wanted = tensor([[1.0, 2], [3, 4]]);
        m.SetAttribute("weight", wanted);
        Assert.True(equal(m.weight, wanted));
        Close([0.5, 1, 1.5, 2], m.parametrizations["weight"].original!);
        int before = doubled.Calls;
        using (nn.utils.parametrize.cached())
        {
            _ = m.weight;
            _ = m.weight;
        }
        Assert.Equal(before + 1, doubled.Calls);
    }

    [Fact]
    public void Wrong_shapes_are_refused_unless_unsafe()
    {
        var error = Assert.Throws<ArgumentException>(() => nn.utils.parametrize.register_parametrization(nn.Linear(2, 3), "weight", nn.Flatten(0)));
        Assert.StartsWith("Registering a parametrization may not change the shape of the tensor, unless `unsafe` flag is enabled.\nunparametrized shape: torch.Size([3, 2])", error.Message);
        error = Assert.Throws<ArgumentException>(() => nn.utils.parametrize.register_parametrization(nn.Linear(2, 3), "wait", new Symmetric()));
        Assert.Equal("Module 'Linear(in_features=2, out_features=3, bias=True)' does not have a parameter, a buffer, or a parametrized element with name 'wait'", error.Message);
    }

    [Fact]
    public void Copies_have_parametrizations_of_their_own()
    {
        manual_seed(0);
        Linear m = nn.utils.parametrizations.weight_norm(nn.Linear(3, 4));
        Assert.Equal("bias, parametrizations.weight.original0, parametrizations.weight.original1", Keys(m));
        var twin = new AveragedModel(m);
        var copy = (Linear)twin.module;
        using (no_grad()) m.parametrizations["weight"].originals[0].zero_();
        Assert.Equal(0, m.weight.abs().sum().item<float>());
        Assert.NotEqual(0, copy.weight.abs().sum().item<float>());
        Assert.NotEqual(0, copy.call(Sixths).abs().sum().item<float>());
    }

    [Theory]
    [InlineData(3, null, true, new[] { -0.030779, -0.181346, 0.210781, -0.171667, -0.698434, 0.891054 })]
    [InlineData(3, "cayley", true, new[] { -0.030779, -0.181346, 0.210781, -0.171667, -0.698434, 0.891054 })]
    [InlineData(5, null, true, new[] { -0.132678, 0.355236, 0.531468, -0.592426, -0.407547, -0.241225, 0.249797, 0.987717, -0.889952, -1.063607 })]
    public void Orthogonal_weights(int outputs, string? map, bool trivialized, double[] expected)
    {
        manual_seed(0);
        Linear m = nn.utils.parametrizations.orthogonal(nn.Linear(3, outputs), orthogonal_map: map, use_trivialization: trivialized);
        Close(expected, m.call(Sixths), 1e-5);
        m.call(Sixths).sum().backward();
        if (outputs == 3 && map is null) Close([0, 0, 0, 1.543587, 0, 0, 1.070374, -1.817746, 0], m.parametrizations["weight"].original!.grad, 2e-5);
        Assert.True(allclose(m.weight.t().matmul(m.weight), eye(3), atol: 1e-5));
    }

    [Fact]
    public void Orthogonal_weights_without_a_base()
    {
        Linear m = nn.utils.parametrizations.orthogonal(nn.Linear(4, 2), use_trivialization: false);
        Assert.True(allclose(m.weight.matmul(m.weight.t()), eye(2), atol: 1e-5));
        Tensor wanted = nn.init.orthogonal_(empty(2, 4));
        m.SetAttribute("weight", wanted);
        Assert.True(allclose(m.weight, wanted, atol: 1e-5));
    }
}
