using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>ops</c>: one call, its results, views, untouched inputs, first and second gradients.</summary>
internal static class OpsSuite
{
    internal static string? Check(GoldenCase c)
    {
        if (c.Has("error")) return Errors.Check(c.Get("error"), () => Execute(c));
        Run run = Execute(c);
        if (Outputs(c, run.Output) is { } wrong) return wrong;
        if (Views(c, run) is { } view) return view;
        if (c.Text("compare") != "meta" && Inputs(c, run) is { } changed) return changed;
        return c.Has("grad_out") ? Gradients(c, run) : null;
    }

    private sealed record Run(object? Output, List<object?> Arguments, List<(string Name, object? Value)> Keywords, List<(string Path, Tensor Tensor)> Leaves);

    private static IEnumerable<(string Path, Tensor Tensor)> AllTensors(List<object?> arguments, List<(string Name, object? Value)> keywords) =>
        Python.Tensors(new PyList(arguments, false), "args").Concat(keywords.SelectMany(k => Python.Tensors(k.Value, "kwargs." + k.Name)));

    private static Run Execute(GoldenCase c)
    {
        List<object?> arguments = c.Arguments();
        List<(string Name, object? Value)> keywords = c.Keywords();
        var leaves = AllTensors(arguments, keywords).Where(t => t.Tensor.requires_grad).ToList();
        if (c.Kind == "inplace" && arguments.Count > 0 && arguments[0] is Tensor { requires_grad: true } first) arguments[0] = first.clone();
        if (c.Has("manual_seed")) GoldenCase.Seed(c.Get("manual_seed"));
        object? output = Binder.Invoke(new PythonCall(c.Target, arguments, keywords, c.ArgumentNames()));
        string? returns = c.Text("returns");
        if (returns == "args.0") output = arguments[0];
        if (returns == "kwargs.out")
        {
            object? given = keywords.First(k => k.Name == "out").Value;
            if (!SameObjects(output, given)) throw new TorchException("the call does not return the tensors given as out");
            output = given;
        }
        return new Run(output, arguments, keywords, leaves);
    }

    private static bool SameObjects(object? result, object? given) =>
        Python.Tensors(result, "").Select(t => t.Tensor).SequenceEqual(Python.Tensors(given, "").Select(t => t.Tensor), ReferenceEqualityComparer.Instance);

    private static string? Outputs(GoldenCase c, object? output)
    {
        double rtol = c.Number("rtol"), atol = c.Number("atol");
        output = Shortened(c.Get("out"), output);
        if (!c.Has("compare") || c.Get("compare").ValueKind == JsonValueKind.String)
            return Comparison.Compare(c.Get("out"), output, rtol, atol, c.Text("compare") ?? "default");
        if (Python.Items(output) is not { } items) return "out: expected a sequence";
        JsonElement expected = c.Get("out").GetProperty("tu");
        for (int i = 0; i < expected.GetArrayLength(); i++)
        {
            if (i >= items.Count) return $"out: expected {expected.GetArrayLength()} results, got {items.Count}";
            if (Comparison.Compare(expected[i], items[i], rtol, atol, c.Get("compare")[i].GetString()!, $"out.{i}") is { } difference) return difference;
        }
        return null;
    }

    /// <summary>Without the empty places of a tuple whose length depends on options in Python (<c>unique(return_counts=…)</c>).</summary>
    private static object? Shortened(JsonElement expected, object? output)
    {
        if (output is not PyList { Fields: not null } tuple || !tuple.Contains(null)) return output;
        object?[] present = [.. tuple.Where(x => x is not null)];
        return expected.TryGetProperty("tu", out _) ? new PyList(present, true) : present is [var only] ? only : output;
    }

    private static string? Views(GoldenCase c, Run run)
    {
        if (!c.Has("views")) return null;
        var outputs = Python.Tensors(run.Output, "out").ToList();
        var inputs = AllTensors(run.Arguments, run.Keywords).ToDictionary(t => t.Path, t => t.Tensor);
        int i = 0;
        foreach (JsonElement view in c.Get("views").EnumerateArray())
        {
            if (i < outputs.Count && view.ValueKind == JsonValueKind.String && inputs.TryGetValue(view.GetString()!, out Tensor? input)
                && !ReferenceEquals(input.Storage, outputs[i].Tensor.Storage)) return $"{outputs[i].Path}: a copy, but PyTorch gives a view of {view}";
            i++;
        }
        return null;
    }

    private static string? Inputs(GoldenCase c, Run run)
    {
        if (c.Kind is "inplace" or "out") return null;
        var mutated = new Dictionary<string, JsonElement>();
        if (c.Has("mutates"))
            foreach (JsonProperty p in c.Get("mutates").EnumerateObject()) mutated[p.Name] = p.Value;
        var before = AllTensors(c.Arguments(), c.Keywords()).ToDictionary(t => t.Path, t => t.Tensor);
        foreach ((string path, Tensor tensor) in AllTensors(run.Arguments, run.Keywords))
        {
            if (mutated.TryGetValue(path, out JsonElement expected))
            {
                if (Comparison.Compare(expected, tensor, c.Number("rtol"), c.Number("atol"), path: path) is { } difference) return "mutated " + difference;
            }
            else if (before.TryGetValue(path, out Tensor? original) && !Tensors.Read(tensor).AsSpan().SequenceEqual(Tensors.Read(original)))
                return $"input {path} changed";
        }
        return null;
    }

    private static string? Gradients(GoldenCase c, Run run)
    {
        bool magnitude = c.Text("loss") == "abs";
        var flat = Python.Tensors(run.Output, "out").Select(t => t.Tensor).ToList();
        List<Tensor> outputs = [], incoming = [];
        int position = 0;
        foreach (JsonElement value in c.Get("grad_out").EnumerateArray())
        {
            if (!value.TryGetProperty("none", out _))
            {
                if (position >= flat.Count) return "grads: too few outputs";
                Tensor output = flat[position];
                if (!output.requires_grad) return $"grads: output {position} does not require grad";
                outputs.Add(magnitude ? NamedFunctions.Call("Tensor.abs", output) : output);
                incoming.Add(((Tensor)Values.Decode(value)!).detach());
            }
            position++;
        }
        bool second = c.Has("gradgrad");
        if (second) foreach (Tensor grad in incoming) grad.requires_grad_();
        Tensor[] inputs = [.. run.Leaves.Select(l => l.Tensor)];
        Tensor?[] grads = torch.autograd.grad([.. outputs], inputs, [.. incoming], create_graph: second, allow_unused: true);
        if (CheckGrads(c.Get("grads"), run.Leaves, grads, c.Number("grad_rtol"), c.Number("grad_atol"), "grads") is { } wrong) return wrong;
        return second ? SecondOrder(c, run, inputs, incoming, grads) : null;
    }

    private static string? SecondOrder(GoldenCase c, Run run, Tensor[] inputs, List<Tensor> incoming, Tensor?[] grads)
    {
        JsonElement gradgrad = c.Get("gradgrad");
        List<Tensor> outputs = [], vectors = [];
        for (int i = 0; i < grads.Length; i++)
        {
            if (grads[i] is not { requires_grad: true } grad || !gradgrad.GetProperty("v").TryGetProperty(run.Leaves[i].Path, out JsonElement v)) continue;
            outputs.Add(grad);
            vectors.Add(((Tensor)Values.Decode(v)!).detach());
        }
        if (outputs.Count == 0) return "gradgrad: no gradient depends on the inputs";
        Tensor?[] second = torch.autograd.grad([.. outputs], [.. inputs, .. incoming], [.. vectors], allow_unused: true);
        double rtol = c.Number("gradgrad_rtol"), atol = c.Number("gradgrad_atol");
        if (CheckGrads(gradgrad.GetProperty("grads"), run.Leaves, second[..inputs.Length], rtol, atol, "gradgrad") is { } wrong) return wrong;
        int k = 0;
        foreach (JsonElement expected in gradgrad.GetProperty("grad_out_grads").EnumerateArray())
        {
            Tensor? actual = second[inputs.Length + k];
            if (actual is not null && !expected.TryGetProperty("none", out _)
                && Comparison.Compare(expected, actual, rtol, atol, path: $"gradgrad.grad_out.{k}") is { } difference) return difference;
            k++;
        }
        return null;
    }

    private static string? CheckGrads(JsonElement expected, List<(string Path, Tensor Tensor)> leaves, Tensor?[] actual, double rtol, double atol, string label)
    {
        foreach (JsonProperty p in expected.EnumerateObject())
        {
            int at = leaves.FindIndex(l => l.Path == p.Name);
            if (at < 0) return $"{label}.{p.Name}: no such input";
            bool none = p.Value.TryGetProperty("none", out _);
            if (none != actual[at] is null) return $"{label}.{p.Name}: {(none ? "a gradient where PyTorch has none" : "no gradient")}";
            if (!none && Comparison.Compare(p.Value, actual[at], rtol, atol, path: $"{label}.{p.Name}") is { } difference) return difference;
        }
        return null;
    }
}
