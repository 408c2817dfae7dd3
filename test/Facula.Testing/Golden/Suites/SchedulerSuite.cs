using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>lr_scheduler</c>: sequences of learning rates and momenta.</summary>
internal static class SchedulerSuite
{
    internal static string? Check(GoldenCase c) => c.Has("error") ? Errors.Check(c.Get("error"), () => Run(c)) : Run(c);

    private static object Build(JsonElement spec, object optimizer)
    {
        string target = spec.GetProperty("cls").GetString()!;
        List<object?> arguments = [optimizer];
        if (spec.TryGetProperty("schedulers", out JsonElement inner))
        {
            var schedulers = new PyList(inner.EnumerateArray().Select(s => (object?)Build(s, optimizer)), false);
            arguments = target.EndsWith("ChainedScheduler", StringComparison.Ordinal) ? [schedulers] : [optimizer, schedulers];
        }
        return Binder.Invoke(new PythonCall(target, arguments, GoldenCase.Keywords(spec.GetProperty("kwargs"))))!;
    }

    private static string? Run(GoldenCase c)
    {
        JsonElement described = c.Get("optimizer");
        var groups = new PyList(described.GetProperty("groups").EnumerateArray().Select(g => (object?)new PyDict(
            [("params", new PyList([Parameter()], false)), .. GoldenCase.Keywords(g).Select(o => ((object?)o.Name, o.Value))])), false);
        object optimizer = Binder.Invoke(new PythonCall(described.GetProperty("cls").GetString()!, [groups], GoldenCase.Keywords(described.GetProperty("kwargs"))))!;
        object scheduler = Build(c.Get("scheduler"), optimizer);
        int steps = c.Get("steps").GetInt32();
        for (int i = 0; i <= steps; i++)
        {
            if (i > 0)
            {
                Binder.InvokeMember(optimizer, "step", [], []);
                Binder.InvokeMember(scheduler, "step", c.Has("metrics") ? [c.Get("metrics")[i - 1].GetDouble()] : [], []);
            }
            if (c.Has("lrs") && Recorded(c, optimizer, i) is { } difference) return difference;
        }
        if (!c.Has("state_keys")) return null;
        string[] keys = [.. Python.Entries(Binder.InvokeMember(scheduler, "state_dict", [], []))!.Select(e => (string)e.Key!).Where(k => k[0] != '_').Order(StringComparer.Ordinal)];
        string[] expected = [.. c.Get("state_keys").EnumerateArray().Select(k => k.GetString()!)];
        return keys.SequenceEqual(expected) ? null : $"state keys are {string.Join(", ", keys)}; expected {string.Join(", ", expected)}";
    }

    private static Tensor Parameter() => Facula.torch.tensor([0.0]).requires_grad_();

    private static string? Recorded(GoldenCase c, object optimizer, int step)
    {
        int index = 0;
        foreach (ParamGroup group in ((Facula.torch.optim.Optimizer)optimizer).param_groups)
        {
            double rate = group["lr"];
            double momentum = group.ContainsKey("betas") ? (((double, double))group["betas"]).Item1 : group.ContainsKey("momentum") ? group["momentum"] : 0;
            if (Comparison.Close([Values.Real(c.Get("lrs")[step][index])], [rate], c.Number("rtol"), c.Number("atol"), $"lr of step {step}") is { } wrongRate) return wrongRate;
            if (Comparison.Close([Values.Real(c.Get("momenta")[step][index])], [momentum], c.Number("rtol"), c.Number("atol"), $"momentum of step {step}") is { } wrong) return wrong;
            index++;
        }
        return null;
    }
}
