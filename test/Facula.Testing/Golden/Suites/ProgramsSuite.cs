using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>programs</c>: small complete programs as lists of statements.</summary>
internal static class ProgramsSuite
{
    internal static string? Check(GoldenCase c)
    {
        try
        {
            var machine = new Machine(c);
            machine.Run(c.Get("steps"));
            return machine.Wrong ?? (machine.Recorded == c.Get("records").GetArrayLength() ? null : $"{machine.Recorded} records, expected {c.Get("records").GetArrayLength()}");
        }
        finally
        {
            torch.set_default_dtype(torch.float32);
        }
    }

    private sealed class Machine(GoldenCase c)
    {
        private readonly Dictionary<string, object?> _variables = [];

        internal int Recorded { get; private set; }
        internal string? Wrong { get; private set; }

        private object? Variable(string path)
        {
            string[] parts = path.Split('.');
            if (!_variables.TryGetValue(parts[0], out object? value)) throw new ArgumentException($"no variable {parts[0]}");
            foreach (string name in parts.Skip(1)) value = Binder.GetAttribute(value, name);
            return value;
        }

        private object? Value(JsonElement value) => Values.Decode(value, Variable);

        internal void Run(JsonElement steps)
        {
            foreach (JsonElement step in steps.EnumerateArray())
            {
                if (Wrong is not null) return;
                Step(step);
            }
        }

        private void Step(JsonElement step)
        {
            string kind = step.GetProperty("do").GetString()!;
            switch (kind)
            {
                case "seed": GoldenCase.Seed(step.GetProperty("value")); break;
                case "call" or "method" or "apply": Call(kind, step); break;
                case "set": Binder.SetAttribute(Value(step.GetProperty("on"))!, step.GetProperty("name").GetString()!, Value(step.GetProperty("value"))); break;
                case "record": Record(step); break;
                case "repeat":
                    for (int i = 0; i < step.GetProperty("times").GetInt32(); i++) Run(step.GetProperty("body"));
                    break;
                case "with":
                    using ((IDisposable)Binder.Invoke(new PythonCall("torch." + step.GetProperty("context").GetString(), [], []))!) Run(step.GetProperty("body"));
                    break;
                case "raises": Wrong ??= Errors.Check(step.GetProperty("error"), () => Run(step.GetProperty("body"))); break;
                default: throw new UnsupportedException($"statement {kind}");
            }
        }

        private void Call(string kind, JsonElement step)
        {
            List<object?> arguments = [.. step.GetProperty("args").EnumerateArray().Select(Value)];
            List<(string, object?)> keywords = step.TryGetProperty("kwargs", out JsonElement given) ? GoldenCase.Keywords(given, Variable) : [];
            object? result = kind switch
            {
                "call" => Binder.Invoke(new PythonCall(step.GetProperty("fn").GetString()!, arguments, keywords)),
                "method" => Binder.InvokeMember(Value(step.GetProperty("on"))!, step.GetProperty("name").GetString()!, arguments, keywords),
                _ => Binder.CallObject(Value(step.GetProperty("on"))!, arguments, keywords),
            };
            if (!step.TryGetProperty("as", out JsonElement names)) return;
            if (names.ValueKind == JsonValueKind.String)
            {
                _variables[names.GetString()!] = result;
                return;
            }
            foreach ((JsonElement name, object? item) in names.EnumerateArray().Zip(Python.Items(result)!)) _variables[name.GetString()!] = item;
        }

        private void Record(JsonElement step)
        {
            if (Recorded >= c.Get("records").GetArrayLength())
            {
                Wrong ??= "more records than expected";
                return;
            }
            JsonElement expected = c.Get("records")[Recorded];
            Wrong ??= Comparison.Compare(expected[1], Value(step.GetProperty("value")), c.Number("rtol"), c.Number("atol"), path: $"{expected[0].GetString()} [{Recorded}]");
            Recorded++;
        }
    }
}
