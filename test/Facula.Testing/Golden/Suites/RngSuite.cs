using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>rng</c>: sequences of the CPU generator.</summary>
internal static class RngSuite
{
    internal static string? Check(GoldenCase c)
    {
        GoldenCase.Seed(c.Get("manual_seed"));
        object? generator = null;
        if (c.Has("generator_seed"))
        {
            generator = Binder.Invoke(new PythonCall("torch.Generator", [], []));
            Binder.InvokeMember(generator!, "manual_seed", [c.Get("generator_seed").GetInt64()], []);
        }
        int index = 0;
        foreach (JsonElement json in c.Get("calls").EnumerateArray())
        {
            List<object?> arguments = [.. json.GetProperty("args").EnumerateArray().Select(x => Values.Decode(x))];
            List<(string, object?)> keywords = [.. json.GetProperty("kwargs").EnumerateObject().Select(p => (p.Name, Values.Decode(p.Value)))];
            if (generator is not null) keywords.Add(("generator", generator));
            object? output = Binder.Invoke(new PythonCall(json.GetProperty("target").GetString()!, arguments, keywords));
            if (json.TryGetProperty("kind", out JsonElement kind) && kind.GetString() == "inplace") output = arguments[0];
            if (Comparison.Compare(json.GetProperty("out"), output, c.Number("rtol"), c.Number("atol"), path: $"call {index}") is { } difference) return difference;
            index++;
        }
        return null;
    }
}
