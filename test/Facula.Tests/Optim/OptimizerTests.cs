using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Optim;

/// <summary>What all optimizers share: groups, state dicts, hooks, messages, and one pass over many parameters.</summary>
public class OptimizerTests
{
    private static (Parameter, Parameter) Two()
    {
        Parameter p = nn.Parameter(tensor([1.0, 2.0])), q = nn.Parameter(tensor([3.0]));
        (p.grad, q.grad) = (tensor([1.0, -1.0]), tensor([2.0]));
        return (p, q);
    }

    [Fact]
    public void Adagrad_fills_the_sums_of_all_groups_with_its_own_first_value()
    {
        var (p, q) = Two();
        var optimizer = optim.Adagrad([new ParamGroup(p), new ParamGroup(q) { ["initial_accumulator_value"] = 5.0 }], initial_accumulator_value: 1.0);
        var states = (OrderedDict<object, object?>)optimizer.state_dict()["state"]!;
        foreach (long i in new[] { 0L, 1L })
            Assert.Equal(1f, ((Tensor)((OrderedDict<string, object?>)states[i]!)["sum"]!)[0].item<float>());
    }

    [Fact]
    public void The_state_dict_has_PyTorchs_layout()
    {
        var (p, q) = Two();
        var optimizer = optim.Adam([new ParamGroup(p) { ["lr"] = 0.1 }, new ParamGroup(q)], lr: 0.01, amsgrad: true);
        optimizer.step();
        OrderedDict<string, object?> state = optimizer.state_dict();
        Assert.Equal(["state", "param_groups"], state.Keys);
        var states = (OrderedDict<object, object?>)state["state"]!;
        Assert.Equal([0L, 1L], states.Keys.Cast<long>());
        var first = (OrderedDict<string, object?>)states[0L]!;
        Assert.Equal(["step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"], first.Keys);
        Assert.Equal(1, ((Tensor)first["step"]!).item<float>());
        var groups = ((IEnumerable<object?>)state["param_groups"]!).Cast<OrderedDict<string, object?>>().ToArray();
        Assert.Equal(0.1, groups[0]["lr"]);
        Assert.Equal([1L], ((IEnumerable<object?>)groups[1]["params"]!).Cast<long>());
        Assert.Equal("params", groups[1].Keys.Last());
    }

    [Fact]
    public void A_run_goes_on_from_a_saved_state_as_if_it_had_not_stopped()
    {
        foreach (Func<IEnumerable<Tensor>, optim.Optimizer> make in (Func<IEnumerable<Tensor>, optim.Optimizer>[])
            [p => optim.SGD(p, lr: 0.1, momentum: 0.9, nesterov: true), p => optim.Adam(p, lr: 0.1, amsgrad: true), p => optim.AdamW(p), p => optim.RMSprop(p, momentum: 0.5, centered: true),
             p => optim.Adagrad(p), p => optim.Adadelta(p), p => optim.Adamax(p), p => optim.NAdam(p), p => optim.RAdam(p), p => optim.ASGD(p), p => optim.Rprop(p)])
        {
            var (p, _) = Two();
            var whole = make([p]);
            for (int i = 0; i < 3; i++) whole.step();
            var (a, _) = Two();
            var early = make([a]);
            early.step();
            Parameter b = nn.Parameter(a.detach().clone());
            b.grad = a.grad;
            var late = make([b]);
            late.load_state_dict(early.state_dict());
            for (int i = 0; i < 2; i++) late.step();
            Assert.True(allclose(p, b, rtol: 1e-6), whole.GetType().Name);
        }
    }

    [Fact]
    public void Messages_of_groups_are_PyTorchs()
    {
        var (p, q) = Two();
        static string Message(Action action) => Assert.ThrowsAny<Exception>(action).Message;
        Assert.Equal("can't optimize a non-leaf Tensor", Message(() => optim.SGD([p * 2], lr: 0.1)));
        Assert.Equal("Invalid learning rate: -1", Message(() => optim.SGD([p], lr: -1)));
        Assert.Equal("Invalid beta parameter at index 0: 1.0", Message(() => optim.Adam([p], betas: (1.0, 0.9))));
        Assert.Equal("some parameters appear in more than one parameter group", Message(() => optim.SGD([new ParamGroup(p), new ParamGroup(p)], lr: 0.1)));
        Assert.Equal("parameter group didn't specify a value of required optimization parameter lr", Message(() => optim.SGD([p])));
        Assert.Equal("optimizer got an empty parameter list", Message(() => optim.Adam(Array.Empty<Tensor>())));
        var one = optim.SGD([p], lr: 0.1);
        Assert.Equal("loaded state dict contains a parameter group that doesn't match the size of optimizer's group", Message(() => one.load_state_dict(optim.SGD([p, q], lr: 0.1).state_dict())));
        Assert.Equal("loaded state dict has a different number of parameter groups",
            Message(() => one.load_state_dict(optim.SGD([new ParamGroup(p), new ParamGroup(q)], lr: 0.1).state_dict())));
    }

    [Fact]
    public void Groups_can_join_later_and_change_their_rate()
    {
        var (p, q) = Two();
        var optimizer = optim.SGD([p], lr: 0.5);
        optimizer.add_param_group(new ParamGroup(q) { ["lr"] = 1.0 });
        optimizer.ParamGroups[0].LearningRate = 1;
        optimizer.step();
        Assert.Equal([0.0, 3.0], p.detach().to(float64).ToArray<double>());
        Assert.Equal(1.0, q.item<float>());
    }

    [Fact]
    public void Hooks_run_around_a_step_and_the_closure_answers_its_loss()
    {
        var (p, _) = Two();
        var optimizer = optim.SGD([p], lr: 0.1);
        var order = new List<string>();
        using (optimizer.register_step_pre_hook(_ => order.Add("before")))
        using (optimizer.register_step_post_hook(_ => order.Add("after")))
        {
            Tensor loss = optimizer.step(() =>
            {
                order.Add("closure");
                optimizer.zero_grad();
                Tensor value = p.sum();
                value.backward();
                return value;
            });
            Assert.Equal(3, loss.item<float>());
        }
        optimizer.step();
        Assert.Equal(["before", "closure", "after"], order);
    }

    [Fact]
    public void Parameters_without_gradient_stay()
    {
        var (p, q) = Two();
        q.grad = null;
        var optimizer = optim.Adam([p, q], lr: 0.1);
        optimizer.step();
        Assert.Equal(3, q.item<float>());
        Assert.Single((OrderedDict<object, object?>)optimizer.state_dict()["state"]!);
    }

    [Fact]
    public void One_pass_over_many_parameters_equals_one_by_one()
    {
        // Sizes around the width of vectors, an empty one, a transposed one and two dtypes.
        Tensor[] starts = [.. Enumerable.Range(0, 300).Select(i => arange(i % 37, dtype: i % 5 == 0 ? float64 : float32) / 7), arange(12.0).view(3, 4).t()];
        Parameter[] together = [.. starts.Select(s => nn.Parameter(s.clone()))], alone = [.. starts.Select(s => nn.Parameter(s.clone()))];
        foreach (Parameter p in together.Concat(alone)) p.grad = (p.detach() * 0.3).cos();
        var all = optim.AdamW(together, lr: 0.01);
        optim.Optimizer[] each = [.. alone.Select(p => (optim.Optimizer)optim.AdamW([p], lr: 0.01))];
        for (int step = 0; step < 3; step++)
        {
            all.step();
            foreach (var one in each) one.step();
        }
        for (int i = 0; i < together.Length; i++) Assert.True(equal(together[i], alone[i]), $"parameter {i}");
    }

    [Fact]
    public void Maximising_goes_the_other_way()
    {
        var (p, _) = Two();
        optim.SGD([p], lr: 1.0, maximize: true).step();
        Assert.Equal([2.0, 1.0], p.detach().to(float64).ToArray<double>());
    }

    [Fact]
    public void Averages_of_weights_follow_the_model()
    {
        Linear model = nn.Linear(1, 1);
        var mean = new AveragedModel(model);
        var moving = new AveragedModel(model, multi_avg_fn: optim.swa_utils.get_ema_multi_avg_fn(0.75));
        foreach (double value in (double[])[0, 4, 8])
        {
            using (no_grad()) model.weight.fill_(value);
            mean.update_parameters(model);
            moving.update_parameters(model);
        }
        Assert.Equal(4, ((Linear)mean.module).weight.item<float>());
        Assert.Equal(0.75 * 1 + 0.25 * 8, ((Linear)moving.module).weight.item<float>(), 5);
    }
}
