using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>autograd</c>: <c>torch.autograd.functional</c> and chains of <c>torch.func</c>.</summary>
internal static class AutogradSuite
{
    internal static string? Check(GoldenCase c)
    {
        List<object?> arguments = c.Arguments();
        PyFunction function = Function(c.Get("function").GetString()!, arguments.Count);
        object? output;
        if (c.Has("transforms"))
        {
            foreach (JsonElement transform in c.Get("transforms").EnumerateArray().Reverse())
            {
                string target = transform.GetProperty("target").GetString()!;
                List<(string, object?)> keywords = [.. transform.GetProperty("kwargs").EnumerateObject().Select(p => (p.Name, Values.Decode(p.Value)))];
                function = Transformed(target, function, keywords, arguments.Count);
            }
            output = function.Call([.. arguments]);
        }
        else
        {
            object? inputs = arguments.Count > 1 ? new PyList(arguments, true) : arguments[0];
            List<object?> positional = [function, inputs];
            if (c.Has("v")) positional.Add(Values.Decode(c.Get("v")));
            output = Binder.Invoke(new PythonCall(c.Target, positional, c.Keywords()));
        }
        return Comparison.Compare(c.Get("out"), output, c.Number("rtol"), c.Number("atol"));
    }

    private static PyFunction Function(string target, int arity)
    {
        if (target.StartsWith("golden.", StringComparison.Ordinal)) return NamedFunctions.Find(target[7..]);
        // torch.softmax and its like get their dimension from Python's default dim=None with a warning.
        return new PyFunction(target, a => Binder.Invoke(new PythonCall(target, a, [])), arity);
    }

    /// <summary>The transformed function: our transforms answer a delegate, which is called with the arguments that it takes.</summary>
    private static PyFunction Transformed(string target, PyFunction function, List<(string, object?)> keywords, int arity)
    {
        object made = Binder.Invoke(new PythonCall(target, [function], keywords))!;
        bool many = target.EndsWith("grad_and_value", StringComparison.Ordinal) || keywords.Exists(k => k is ("argnums", PyList));
        return new PyFunction(target, a => Binder.InvokeMember(made, "Invoke", a, []), arity, many || function.ManyResults);
    }
}
