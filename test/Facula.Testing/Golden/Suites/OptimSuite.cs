using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>optim</c>: parameter trajectories, state and printed form of the optimizers.</summary>
internal static class OptimSuite
{
    internal static string? Check(GoldenCase c) => c.Has("error") ? Errors.Check(c.Get("error"), () => Build(c, out _)) : Trajectory(c);

    private static object Build(GoldenCase c, out List<Tensor> parameters)
    {
        List<Tensor> all = [.. c.Get("params").EnumerateArray().Select(p => ((Tensor)Values.Decode(p)!).requires_grad_())];
        parameters = all;
        PyList argument = new(all, false);
        if (c.Has("groups"))
            argument = new PyList(c.Get("groups").EnumerateArray().Select(g => (object?)new PyDict(
                [("params", new PyList(g.GetProperty("params").EnumerateArray().Select(i => (object?)all[i.GetInt32()]), false)),
                .. GoldenCase.Keywords(g.GetProperty("options")).Select(o => ((object?)o.Name, o.Value))])), false);
        return Binder.Invoke(new PythonCall(c.Target, [argument], c.Keywords()))!;
    }

    private static string? Trajectory(GoldenCase c)
    {
        object optimizer = Build(c, out List<Tensor> parameters);
        if (optimizer.ToString() != c.Text("repr"))
            return $"repr is {JsonSerializer.Serialize(optimizer.ToString())}, expected {JsonSerializer.Serialize(c.Text("repr"))}";
        double rtol = c.Number("rtol"), atol = c.Number("atol");
        int step = 0;
        foreach (JsonElement after in c.Get("after").EnumerateArray())
        {
            if (c.Has("objective"))
            {
                PyFunction objective = NamedFunctions.Find(c.Text("objective")!);
                var closure = new PyFunction("closure", _ =>
                {
                    Binder.InvokeMember(optimizer, "zero_grad", [], []);
                    var loss = (Tensor)objective.Call(parameters[0])!;
                    loss.backward();
                    return loss;
                }, 0);
                object? loss = Binder.InvokeMember(optimizer, "step", [closure], []);
                double expected = Values.Real(c.Get("losses")[step].ValueKind == JsonValueKind.Object ? c.Get("losses")[step].GetProperty("f") : c.Get("losses")[step]);
                if (Comparison.Close([expected], [NamedFunctions.Number(loss)], rtol, atol, $"loss {step}") is { } wrong) return wrong;
            }
            else
            {
                foreach ((JsonElement grad, Tensor parameter) in c.Get("grads")[step].EnumerateArray().Zip(parameters)) parameter.grad = (Tensor?)Values.Decode(grad);
                Binder.InvokeMember(optimizer, "step", [], []);
            }
            int k = 0;
            foreach (JsonElement expected in after.EnumerateArray())
            {
                if (Comparison.Compare(expected, parameters[k], rtol, atol, path: $"step {step} parameter {k}") is { } difference) return difference;
                k++;
            }
            step++;
        }
        return State(c, Binder.InvokeMember(optimizer, "state_dict", [], []), Math.Max(rtol, 1e-4), Math.Max(atol, 1e-4));
    }

    private static string? State(GoldenCase c, object? actual, double rtol, double atol)
    {
        object? Entry(object? mapping, string key) => Python.Entries(mapping)!.FirstOrDefault(e => Equals(e.Key?.ToString(), key)).Value;
        var state = new PyDict(Python.Entries(Entry(actual, "state"))!.Select(e => (e.Key, (object?)new PyDict(
            Python.Entries(e.Value)!.Where(x => x.Value is null or bool or int or long or float or double or Scalar or Tensor)))));
        return Comparison.Compare(c.Get("state_dict"), new PyDict([("state", state), ("param_groups", Entry(actual, "param_groups"))]), rtol, atol, path: "state_dict");
    }
}
