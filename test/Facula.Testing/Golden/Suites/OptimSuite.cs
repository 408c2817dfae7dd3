using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>optim</c>: trajectories of the parameters under given gradients, printed form and state.</summary>
internal static class OptimSuite
{
    internal static string? Check(GoldenCase c)
    {
        if (c.Has("error")) return Errors.Check(c.Get("error"), () => Build(c, Parameters(c)));
        List<Tensor> parameters = Parameters(c);
        torch.optim.Optimizer optimizer = Build(c, parameters);
        if (optimizer.ToString() != c.Text("repr")) return $"repr is {JsonSerializer.Serialize(optimizer.ToString())}, expected {JsonSerializer.Serialize(c.Text("repr"))}";
        string? wrong = c.Has("objective") ? Minimise(c, optimizer, parameters) : Follow(c, optimizer, parameters);
        return wrong ?? Comparison.Compare(c.Get("state_dict"), Recorded(optimizer.state_dict()), Math.Max(c.Number("rtol"), 1e-4), Math.Max(c.Number("atol"), 1e-4), path: "state_dict");
    }

    private static List<Tensor> Parameters(GoldenCase c) => [.. c.Get("params").EnumerateArray().Select(p => ((Tensor)Values.Decode(p)!).requires_grad_())];

    private static torch.optim.Optimizer Build(GoldenCase c, List<Tensor> parameters)
    {
        object? argument = new PyList(parameters, false);
        if (c.Has("groups"))
        {
            argument = new PyList(c.Get("groups").EnumerateArray().Select(group => (object?)new PyDict(
                group.GetProperty("options").EnumerateObject().Select(o => ((object?)o.Name, Values.Decode(o.Value)))
                    .Prepend(("params", new PyList(group.GetProperty("params").EnumerateArray().Select(i => (object?)parameters[i.GetInt32()]), false))))), false);
        }
        return (torch.optim.Optimizer)Binder.Invoke(new PythonCall(c.Target, [argument], c.Keywords()))!;
    }

    private static string? Follow(GoldenCase c, torch.optim.Optimizer optimizer, List<Tensor> parameters)
    {
        int step = 0;
        foreach (JsonElement gradients in c.Get("grads").EnumerateArray())
        {
            for (int i = 0; i < parameters.Count; i++) parameters[i].grad = (Tensor?)Values.Decode(gradients[i]);
            optimizer.step();
            if (After(c, step++, parameters) is { } wrong) return wrong;
        }
        return null;
    }

    private static string? Minimise(GoldenCase c, torch.optim.Optimizer optimizer, List<Tensor> parameters)
    {
        PyFunction objective = NamedFunctions.Find(c.Text("objective")!);
        double rtol = c.Number("rtol"), atol = c.Number("atol");
        for (int step = 0; step < c.Get("steps").GetInt32(); step++)
        {
            double loss = optimizer.step(() =>
            {
                optimizer.zero_grad();
                var value = (Tensor)objective.Call(parameters[0])!;
                value.backward();
                return value;
            }).item().ToDouble();
            double expected = c.Get("losses")[step].GetDouble();
            if (Math.Abs(loss - expected) > atol + rtol * Math.Abs(expected)) return $"loss {step} is {loss}, expected {expected}";
            if (After(c, step, parameters) is { } wrong) return wrong;
        }
        return null;
    }

    private static string? After(GoldenCase c, int step, List<Tensor> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (Comparison.Compare(c.Get("after")[step][i], parameters[i].detach(), c.Number("rtol"), c.Number("atol"), path: $"step {step} param {i}") is { } wrong) return wrong;
        }
        return null;
    }

    // The recorded state leaves out lists, such as the history of LBFGS.
    private static OrderedDict<string, object?> Recorded(OrderedDict<string, object?> state)
    {
        var all = new OrderedDict<object, object?>();
        foreach ((object index, object? entries) in (OrderedDict<object, object?>)state["state"]!)
        {
            var kept = new OrderedDict<string, object?>();
            foreach ((string name, object? value) in (OrderedDict<string, object?>)entries!)
                if (value is null or bool or long or double or Tensor) kept[name] = value;
            all[index] = kept;
        }
        return new OrderedDict<string, object?> { ["state"] = all, ["param_groups"] = state["param_groups"] };
    }
}
