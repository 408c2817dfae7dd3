using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>distributions</c>: samples, densities, moments, transforms, constraints, divergences.</summary>
internal static class DistributionsSuite
{
    internal static string? Check(GoldenCase c) => c.Kind switch
    {
        "error" => Errors.Check(c.Get("error"), () => Broken(c)),
        "constraint" => Constraint(c),
        "transform" => Transform(c),
        "registry" => Registry(c),
        "kl" => Divergence(c),
        _ => Distribution(c),
    };

    private static void Broken(GoldenCase c)
    {
        object distribution = Values.Decode(c.Get("dist"))!;
        if (c.Has("value")) Binder.InvokeMember(distribution, "log_prob", [Values.Decode(c.Get("value"))], []);
    }

    private static string? Constraint(GoldenCase c)
    {
        object constraint = Values.Decode(c.Get("constraint"))!;
        return Text(c, "repr", constraint) ?? Same(c.Get("event_dim"), constraint, "event_dim") ?? Same(c.Get("is_discrete"), constraint, "is_discrete")
            ?? Comparison.Compare(c.Get("out"), Binder.InvokeMember(constraint, "check", [Values.Decode(c.Get("x"))], []), 0, 0);
    }

    private static string? Text(GoldenCase c, string key, object? value) =>
        c.Text(key) is { } expected && value?.ToString() != expected ? $"{key} is {JsonSerializer.Serialize(value?.ToString())}, expected {JsonSerializer.Serialize(expected)}" : null;

    /// <summary>A member that is a plain number or truth value.</summary>
    private static string? Same(JsonElement expected, object value, string member) =>
        expected.ValueKind == JsonValueKind.Null || Binder.GetAttribute(value, member)?.ToString()?.ToLowerInvariant() is var own && own == expected.GetRawText() ? null : $"{member} is {own}, expected {expected}";

    private static string? Transform(GoldenCase c)
    {
        object transform = Values.Decode(c.Get("transform"))!;
        object? x = Values.Decode(c.Get("x"));
        if ((Text(c, "repr", transform) ?? Text(c, "domain", Binder.GetAttribute(transform, "domain")) ?? Text(c, "codomain", Binder.GetAttribute(transform, "codomain"))) is { } wrong) return wrong;
        if (c.Get("sign").ValueKind == JsonValueKind.Number && Binder.GetAttribute(transform, "sign") is Tensor { Numel: 1 } sign && NamedFunctions.Number(sign) != c.Get("sign").GetDouble()) return $"sign is {sign}, expected {c.Get("sign")}";
        object? shape = Binder.InvokeMember(transform, "forward_shape", [((Tensor)x!).shape], []);
        if (!Python.Items(shape)!.Cast<long>().SequenceEqual(c.Get("forward_shape").EnumerateArray().Select(e => e.GetInt64()))) return $"forward_shape is {shape}, expected {c.Get("forward_shape")}";
        object? y = Binder.CallObject(transform, [x], []);
        return Same(c, "y", () => y) ?? Same(c, "inv", () => Binder.CallObject(Binder.GetAttribute(transform, "inv")!, [y], []))
            ?? Same(c, "ladj", () => Binder.InvokeMember(transform, "log_abs_det_jacobian", [x, y], []));
    }

    private static string? Registry(GoldenCase c)
    {
        object transform = Binder.Invoke(new PythonCall(c.Target, [Values.Decode(c.Get("constraint"))], []))!;
        if (Text(c, "repr", transform) is { } wrong) return wrong;
        object? y = Binder.CallObject(transform, [Values.Decode(c.Get("x"))], []);
        return Same(c, "y", () => y) ?? Same(c, "inv", () => Binder.CallObject(Binder.GetAttribute(transform, "inv")!, [y], []));
    }

    private static string? Same(GoldenCase c, string key, Func<object?> compute) => Same(c.Get(key), compute, c.Number("rtol"), c.Number("atol"), key);

    /// <summary>The value, or the recorded fact that PyTorch has none.</summary>
    private static string? Same(JsonElement expected, Func<object?> compute, double rtol, double atol, string path)
    {
        if (!expected.TryGetProperty("error", out JsonElement error)) return Comparison.Compare(expected, compute(), rtol, atol, path: path);
        try
        {
            compute();
        }
        catch (Exception e) when (e is NotSupportedException or TorchException or ArgumentException)
        {
            return null;
        }
        return $"{path}: PyTorch throws {error}";
    }

    private static string? Distribution(GoldenCase c)
    {
        object d = Values.Decode(c.Get("dist"))!;
        object? Get(string name, params object?[] arguments) => arguments.Length == 0 ? Binder.GetAttribute(d, name) : Binder.InvokeMember(d, name, arguments, []);
        foreach (string shape in (string[])["batch_shape", "event_shape"])
            if (!Python.Items(Get(shape))!.Cast<long>().SequenceEqual(c.Get(shape).EnumerateArray().Select(x => x.GetInt64()))) return $"{shape} is {Get(shape)}, expected {c.Get(shape)}";
        if (d.ToString() != c.Text("repr")) return $"repr is {JsonSerializer.Serialize(d.ToString())}, expected {JsonSerializer.Serialize(c.Text("repr"))}";
        if (c.Text("support") is { } support && Get("support")?.ToString() is var own && own != support) return $"support is {own}, expected {support}";
        if (Equals(Get("has_rsample"), true) != c.Get("has_rsample").GetBoolean()) return "has_rsample differs";
        if (Equals(Get("has_enumerate_support"), true) != c.Get("has_enumerate_support").GetBoolean()) return "has_enumerate_support differs";

        JsonElement sample = c.Get("sample");
        GoldenCase.Seed(sample.GetProperty("manual_seed"));
        using (torch.no_grad())
            if (Comparison.Compare(sample.GetProperty("out"), Get("sample", Shape(sample.GetProperty("shape"))), c.Number("sample_rtol"), c.Number("sample_atol"), path: "sample") is { } drawn) return drawn;
        double rtol = c.Number("rtol"), atol = c.Number("atol");
        foreach (JsonProperty p in c.Get("props").EnumerateObject())
            if (Same(p.Value, () => Get(p.Name), rtol, atol, p.Name) is { } difference) return difference;
        foreach (JsonProperty q in c.Get("queries").EnumerateObject())
            if (Same(q.Value, () => Get(q.Name, Values.Decode(c.Get(q.Name == "icdf" ? "probs" : "value"))), rtol, atol, q.Name) is { } difference) return difference;
        if (c.Has("in_support") && Same(c.Get("in_support"), () => Binder.InvokeMember(Get("support")!, "check", [Values.Decode(c.Get("value"))], []), 0, 0, "in_support") is { } inside) return inside;
        if (c.Has("expand"))
        {
            JsonElement expand = c.Get("expand");
            if (Same(expand.GetProperty("log_prob"), () => Binder.InvokeMember(Get("expand", Shape(expand.GetProperty("shape")))!, "log_prob", [Values.Decode(expand.GetProperty("value"))], []), rtol, atol, "expand") is { } difference) return difference;
        }
        return Gradients(c);
    }

    private static Size Shape(JsonElement list) => new(list.EnumerateArray().Select(x => x.GetInt64()).ToArray());

    private static string? Gradients(GoldenCase c)
    {
        foreach (JsonProperty weight in c.Get("grad_weights").EnumerateObject())
        {
            var leaves = new List<(string Path, Tensor Tensor)>();
            object d = Build(c.Get("dist"), "dist", leaves)!;
            object? y;
            if (weight.Name == "log_prob")
            {
                object? value = Values.Decode(c.Get("value"));
                if (c.Has("value_grad") && c.Get("value_grad").GetBoolean()) leaves.Add(("value", ((Tensor)value!).requires_grad_()));
                y = Binder.InvokeMember(d, "log_prob", [value], []);
            }
            else if (weight.Name == "entropy") y = Binder.InvokeMember(d, "entropy", [], []);
            else
            {
                GoldenCase.Seed(c.Get("sample").GetProperty("manual_seed"));
                y = Binder.InvokeMember(d, "rsample", [Shape(c.Get("sample").GetProperty("shape"))], []);
            }
            if (Compare(c, (Tensor)y!, (Tensor)Values.Decode(weight.Value)!, leaves, c.Get("grads").GetProperty(weight.Name), weight.Name) is { } difference) return difference;
        }
        return null;
    }

    private static string? Compare(GoldenCase c, Tensor y, Tensor weight, List<(string Path, Tensor Tensor)> leaves, JsonElement expected, string label)
    {
        if (!y.requires_grad) return $"{label}: does not require grad";
        Tensor?[] grads = torch.autograd.grad(y, leaves.Select(l => l.Tensor).ToArray(), (TensorList)weight, allow_unused: true);
        foreach (JsonProperty p in expected.EnumerateObject())
        {
            int at = leaves.FindIndex(l => l.Path == p.Name);
            if (at < 0) return $"{label}.{p.Name}: no such input";
            bool none = p.Value.TryGetProperty("none", out _);
            if (none != grads[at] is null) return $"{label}.{p.Name}: {(none ? "a gradient where PyTorch has none" : "no gradient")}";
            if (!none && Comparison.Compare(p.Value, grads[at], c.Number("grad_rtol"), c.Number("grad_atol"), path: $"{label}.{p.Name}") is { } difference) return difference;
        }
        return null;
    }

    private static string? Divergence(GoldenCase c)
    {
        var leaves = new List<(string Path, Tensor Tensor)>();
        object? p = Build(c.Get("p"), "p", leaves), q = Build(c.Get("q"), "q", leaves);
        var divergence = (Tensor)Binder.Invoke(new PythonCall("torch.distributions.kl_divergence", [p, q], []))!;
        if (Comparison.Compare(c.Get("out"), divergence, c.Number("rtol"), c.Number("atol")) is { } difference) return difference;
        return c.Get("grads").EnumerateObject().Any()
            ? Compare(c, divergence, (Tensor)Values.Decode(c.Get("grad_out"))!, leaves, c.Get("grads"), "grads")
            : null;
    }

    /// <summary>Builds an object and notes the tensors that require grad by path.</summary>
    private static object? Build(JsonElement value, string path, List<(string Path, Tensor Tensor)> leaves)
    {
        if (value.TryGetProperty("obj", out JsonElement made))
            return Binder.Invoke(new PythonCall(made.GetProperty("cls").GetString()!,
                [.. made.GetProperty("args").EnumerateArray().Select((a, i) => Build(a, $"{path}.args.{i}", leaves))],
                [.. made.GetProperty("kwargs").EnumerateObject().Select(k => (k.Name, Build(k.Value, $"{path}.kwargs.{k.Name}", leaves)))]));
        if (value.TryGetProperty("l", out JsonElement list)) return new PyList(list.EnumerateArray().Select((a, i) => Build(a, $"{path}.{i}", leaves)), false);
        object? decoded = Values.Decode(value);
        if (decoded is Tensor { requires_grad: true } tensor) leaves.Add((path, tensor));
        return decoded;
    }
}
