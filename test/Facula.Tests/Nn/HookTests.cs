using Facula.Modules;
using static Facula.torch;
using static Facula.Tests.Nn.Values;

namespace Facula.Tests.Nn;

/// <summary>Hooks of modules and the messages of state dicts.</summary>
public class HookTests
{
    [Fact]
    public void Hooks_of_any_module_see_and_replace_arguments_and_results()
    {
        nn.Module net = nn.Sequential(nn.Linear(2, 2), nn.ReLU());
        var seen = new List<string>();
        foreach (nn.Module module in net.modules())
            module.register_forward_hook((m, inputs, result) => { seen.Add($"{m.GetName()} {((Tensor)inputs[0]!).ndim} {((Tensor)result!).ndim}"); });
        ((Sequential)net).call(ones(1, 2));
        Assert.Equal(["Linear 2 2", "ReLU 2 2", "Sequential 2 2"], seen);

        Linear line = nn.Linear(1, 1);
        using (line.register_forward_pre_hook((m, x) => [zeros(1, 1)]))
        using (line.register_forward_hook((m, x, y) => y + 1))
            Close([line.bias!.item<float>() + 1], line.call(ones(1, 1)));
        Close([line.bias!.item<float>() + line.weight.item<float>()], line.call(ones(1, 1)));
    }

    [Fact]
    public void Hooks_of_all_modules()
    {
        // Other tests run modules meanwhile.
        Sequential net = nn.Sequential(nn.Identity());
        int calls = 0;
        using (nn.modules.module.register_module_forward_hook((module, _, result) =>
        {
            if (net.modules().Contains(module)) calls++;
            return null;
        }))
            net.call(ones(1));
        Assert.Equal(2, calls);
        net.call(ones(1));
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Backward_hooks_see_gradients_of_inputs_and_outputs()
    {
        Linear line = nn.Linear(2, 1);
        Tensor?[]? inputs = null, outputs = null;
        line.register_full_backward_hook((_, i, o) => (inputs, outputs) = (i, o));
        line.register_full_backward_pre_hook((_, o) => [o[0]! * 3]);
        Tensor x = ones(1, 2).requires_grad_();
        line.call(x).sum().backward();
        Close([3], outputs![0]!);
        Assert.True(allclose(inputs![0]!, line.weight.detach() * 3));
        Assert.True(allclose(x.grad, line.weight.detach() * 3));
    }

    [Fact]
    public void Backward_hooks_of_a_module_with_several_results()
    {
        LSTM lstm = nn.LSTM(2, 3);
        int outputs = 0;
        lstm.register_full_backward_hook((_, _, o) => { outputs = o.Length; });
        var (y, _) = lstm.call(randn(2, 1, 2).requires_grad_());
        y.sum().backward();
        Assert.Equal(3, outputs);
    }

    [Fact]
    public void State_dict_messages_are_PyTorchs()
    {
        Linear line = nn.Linear(2, 1);
        var state = new OrderedDict<string, Tensor> { ["weight"] = ones(1, 3), ["extra"] = ones(1) };
        Assert.Equal("Error(s) in loading state_dict for Linear:\n\tMissing key(s) in state_dict: \"bias\". \n\tUnexpected key(s) in state_dict: \"extra\". \n\tsize mismatch for weight: copying a param with shape torch.Size([1, 3]) from checkpoint, the shape in current model is torch.Size([1, 2]).",
            Assert.Throws<TorchException>(() => line.load_state_dict(state)).Message);
        var keys = line.load_state_dict(new OrderedDict<string, Tensor> { ["bias"] = ones(1), ["extra"] = ones(1) }, strict: false);
        Assert.Equal("_IncompatibleKeys(missing_keys=['weight'], unexpected_keys=['extra'])", keys.ToString());
        Assert.Equal("<All keys matched successfully>", line.load_state_dict(line.state_dict()).ToString());
        using (line.register_load_state_dict_post_hook((_, found) => found.missing_keys.Clear()))
            line.load_state_dict(new OrderedDict<string, Tensor> { ["bias"] = ones(1) });
        Assert.Throws<KeyNotFoundException>(() => line.register_buffer("weight", ones(1)));
    }

    [Fact]
    public void Assignment_takes_the_tensors_themselves()
    {
        Linear line = nn.Linear(2, 1);
        Tensor weight = ones(1, 2);
        line.load_state_dict(new OrderedDict<string, Tensor> { ["weight"] = weight, ["bias"] = zeros(1) }, assign: true);
        using (no_grad()) weight.fill_(5);
        Close([10], line.call(ones(1, 2)));
    }

    [Fact]
    public void Initialisers_can_be_skipped()
    {
        manual_seed(0);
        Tensor before = get_rng_state();
        Linear line = nn.utils.skip_init(() => nn.Linear(3, 3));
        Assert.True(equal(before, get_rng_state()));
        Assert.True(line.weight.requires_grad);
    }

    [Fact]
    public void Batch_normalisation_folds_into_the_layer_before()
    {
        Sequential net = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3));
        net.call(randn(4, 2, 6, 6));
        net.eval();
        Tensor x = randn(2, 2, 5, 5);
        Assert.True(allclose(net.call(x), nn.utils.fuse_conv_bn_eval((Conv2d)net[0], (BatchNorm2d)net[1]).call(x), atol: 1e-5));
        Sequential flat = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        flat.call(randn(4, 2));
        flat.eval();
        Assert.True(allclose(flat.call(ones(1, 2)), nn.utils.fuse_linear_bn_eval((Linear)flat[0], (BatchNorm1d)flat[1]).call(ones(1, 2)), atol: 1e-5));
    }

    [Fact]
    public void Statistics_of_an_averaged_model()
    {
        Sequential net = nn.Sequential(nn.BatchNorm1d(1, momentum: 0.5));
        var batches = new List<Tensor> { tensor([[0.0], [2]]), tensor([[4.0], [6]]) };
        optim.swa_utils.update_bn(batches, net);
        var norm = (BatchNorm1d)net[0];
        Close([3], norm.running_mean!);
        Close([2], norm.running_var!);
        Assert.Equal(0.5, norm.momentum);
    }
}
