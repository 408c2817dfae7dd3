using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>lr_scheduler</c>: sequences of learning rates and momenta, and the names in the state.</summary>
internal static class SchedulerSuite
{
    internal static string? Check(GoldenCase c) => c.Has("error") ? Errors.Check(c.Get("error"), () => Run(c)) : Run(c);

    private static string? Run(GoldenCase c)
    {
        JsonElement description = c.Get("optimizer");
        var groups = new PyList(description.GetProperty("groups").EnumerateArray().Select(group => (object?)new PyDict(
            group.EnumerateObject().Select(o => ((object?)o.Name, Values.Decode(o.Value))).Prepend(("params", new PyList([torch.zeros(1).requires_grad_()], false))))), false);
        var optimizer = (torch.optim.Optimizer)Binder.Invoke(new PythonCall(description.GetProperty("cls").GetString()!, [groups], Keywords(description)))!;
        var scheduler = (torch.optim.lr_scheduler.LRScheduler)Build(c.Get("scheduler"), optimizer);
        if (Differs(c, 0, optimizer) is { } start) return start;
        for (int i = 0; i < c.Get("steps").GetInt32(); i++)
        {
            optimizer.step();
            if (c.Has("metrics")) scheduler.step(c.Get("metrics")[i].GetDouble());
            else scheduler.step();
            if (Differs(c, i + 1, optimizer) is { } wrong) return wrong;
        }
        string keys = string.Join(" ", scheduler.state_dict().Keys.Where(k => k[0] != '_').Order(StringComparer.Ordinal));
        string expected = string.Join(" ", c.Get("state_keys").EnumerateArray().Select(k => k.GetString()));
        return keys == expected ? null : $"state keys are {keys}, expected {expected}";
    }

    private static (string, object?)[] Keywords(JsonElement call) => [.. call.GetProperty("kwargs").EnumerateObject().Select(p => (p.Name, Values.Decode(p.Value)))];

    private static object Build(JsonElement description, torch.optim.Optimizer optimizer)
    {
        string target = description.GetProperty("cls").GetString()!;
        List<object?> arguments = [optimizer];
        if (description.TryGetProperty("schedulers", out JsonElement inner))
        {
            var schedulers = new PyList(inner.EnumerateArray().Select(s => (object?)Build(s, optimizer)), false);
            if (target.EndsWith("ChainedScheduler", StringComparison.Ordinal)) arguments = [schedulers];
            else arguments.Add(schedulers);
        }
        return Binder.Invoke(new PythonCall(target, arguments, Keywords(description)))!;
    }

    private static string? Differs(GoldenCase c, int index, torch.optim.Optimizer optimizer)
    {
        for (int i = 0; i < optimizer.param_groups.Count; i++)
        {
            ParamGroup group = optimizer.param_groups[i];
            double momentum = group.ContainsKey("betas") ? (((double, double))group["betas"]).Item1 : group.ContainsKey("momentum") ? group["momentum"] : 0;
            if ((Wrong(c, "lrs", index, i, group["lr"]) ?? Wrong(c, "momenta", index, i, momentum)) is { } wrong) return wrong;
        }
        return null;
    }

    private static string? Wrong(GoldenCase c, string list, int index, int group, double value)
    {
        double expected = c.Get(list)[index][group].GetDouble();
        return Math.Abs(value - expected) <= c.Number("atol") + c.Number("rtol") * Math.Abs(expected) ? null : $"{list}[{index}][{group}] is {value}, expected {expected}";
    }
}
