using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>modules</c>: seeded construction, printed form, state, forward and backward.</summary>
internal static class ModulesSuite
{
    internal static string? Check(GoldenCase c)
    {
        GoldenCase.Seed(c.Get("init_seed"));
        object module = Values.Decode(c.Get("ctor"))!;
        List<object?> arguments = c.Has("repr_only") ? [] : c.Arguments();
        List<(string Name, object? Value)> keywords = c.Has("repr_only") ? [] : c.Keywords();
        if (c.Has("lazy_seed")) Materialise(c, module, arguments);
        string repr = module.ToString()!;
        if (repr != c.Text("repr")) return $"repr is {JsonSerializer.Serialize(repr)}, expected {JsonSerializer.Serialize(c.Text("repr"))}";
        if (State(c.Get("state"), State(module), c.Number("init_rtol"), c.Number("init_atol"), "state", whole: true) is { } initial) return initial;
        if (c.Has("repr_only")) return null;

        Binder.InvokeMember(module, "train", [c.Get("training").GetBoolean()], []);
        GoldenCase.Seed(c.Get("forward_seed"));
        var leaves = Python.Tensors(new PyList(arguments, false), "args").Concat(keywords.SelectMany(k => Python.Tensors(k.Value, "kwargs." + k.Name)))
            .Where(t => t.Tensor.requires_grad).ToList();
        object? output = Binder.CallObject(module, arguments, keywords);
        if (Comparison.Compare(c.Get("out"), output, c.Number("rtol"), c.Number("atol")) is { } wrong) return wrong;
        if (c.Has("state_after") && State(c.Get("state_after"), State(module), c.Number("rtol"), c.Number("atol"), "state_after", whole: false) is { } after) return after;
        return c.Has("grad_out") ? Gradients(c, module, output, leaves) : null;
    }

    private static void Materialise(GoldenCase c, object module, List<object?> arguments)
    {
        GoldenCase.Seed(c.Get("lazy_seed"));
        Binder.CallObject(module, [.. arguments.Select(a => a is Tensor t ? t.detach() : a)], []);
        foreach (object? child in Python.Items(Binder.InvokeMember(module, "modules", [], []))!)
            if (Binder.Members(child!, "reset_running_stats").Length > 0) Binder.InvokeMember(child!, "reset_running_stats", [], []);
    }

    private static IReadOnlyList<(object? Key, object? Value)> State(object module) => Python.Entries(Binder.InvokeMember(module, "state_dict", [], []))!;

    private static string? State(JsonElement expected, IReadOnlyList<(object? Key, object? Value)> actual, double rtol, double atol, string path, bool whole)
    {
        string[] keys = [.. expected.EnumerateObject().Select(p => p.Name)];
        if (whole && !actual.Select(e => (string)e.Key!).SequenceEqual(keys))
            return $"{path}: keys are {string.Join(", ", actual.Select(e => e.Key))}; expected {string.Join(", ", keys)}";
        foreach (JsonProperty entry in expected.EnumerateObject())
            if (Comparison.Compare(entry.Value, actual.FirstOrDefault(e => Equals(e.Key, entry.Name)).Value, rtol, atol, path: $"{path}.{entry.Name}") is { } difference) return difference;
        return null;
    }

    private static string? Gradients(GoldenCase c, object module, object? output, List<(string Path, Tensor Tensor)> leaves)
    {
        var parameters = Python.Items(Binder.InvokeMember(module, "named_parameters", [], []))!
            .Select(p => Python.Items(p)!).Select(p => (Path: (string)p[0]!, Tensor: (Tensor)p[1]!)).ToList();
        List<Tensor> outputs = [], incoming = [];
        foreach ((JsonElement grad, (string _, Tensor tensor)) in c.Get("grad_out").EnumerateArray().Zip(Python.Tensors(output, "out")))
        {
            if (grad.TryGetProperty("none", out _)) continue;
            outputs.Add(tensor);
            incoming.Add((Tensor)Values.Decode(grad)!);
        }
        if (outputs.Any(o => !o.requires_grad)) return "grads: an output does not require grad";
        Tensor?[] grads = torch.autograd.grad([.. outputs], [.. leaves.Select(l => l.Tensor), .. parameters.Select(p => p.Tensor)], [.. incoming], allow_unused: true);
        return Compare(c, "grads", leaves, grads[..leaves.Count]) ?? Compare(c, "param_grads", parameters, grads[leaves.Count..]);
    }

    private static string? Compare(GoldenCase c, string group, List<(string Path, Tensor Tensor)> inputs, Tensor?[] actual)
    {
        foreach (JsonProperty p in c.Get(group).EnumerateObject())
        {
            int at = inputs.FindIndex(i => i.Path == p.Name);
            if (at < 0) return $"{group}.{p.Name}: no such tensor";
            bool none = p.Value.TryGetProperty("none", out _);
            if (none != actual[at] is null) return $"{group}.{p.Name}: {(none ? "a gradient where PyTorch has none" : "no gradient")}";
            if (!none && Comparison.Compare(p.Value, actual[at], c.Number("grad_rtol"), c.Number("grad_atol"), path: $"{group}.{p.Name}") is { } difference) return difference;
        }
        return null;
    }
}
