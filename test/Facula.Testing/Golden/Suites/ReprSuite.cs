using System.Globalization;
using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>repr</c>: the printed form, character for character.</summary>
internal static class ReprSuite
{
    private static readonly (string, object?)[] s_defaults = [("precision", 4L), ("threshold", 1000L), ("edgeitems", 3L), ("linewidth", 80L), ("sci_mode", null)];

    internal static string? Check(GoldenCase c)
    {
        Options(s_defaults);
        try
        {
            if (c.Has("printoptions"))
                Options([.. c.Get("printoptions").EnumerateObject().Select(p => (p.Name, Values.Decode(p.Value)))]);
            object? value = c.Has("value") ? Values.Decode(c.Get("value")) : Binder.Invoke(new PythonCall(c.Target, c.Arguments(), c.Keywords(), c.ArgumentNames()));
            string repr = Repr(value);
            if (repr != c.Text("repr")) return $"repr is {Quote(repr)}, expected {Quote(c.Text("repr")!)}";
            string format = c.Has("value") && value is Tensor { ndim: 0 } number ? string.Create(CultureInfo.InvariantCulture, $"{number}") : Str(value);
            return format == c.Text("format") ? null : $"format is {Quote(format)}, expected {Quote(c.Text("format")!)}";
        }
        finally
        {
            Options(s_defaults);
        }
    }

    private static void Options((string, object?)[] options) => Binder.Invoke(new PythonCall("torch.set_printoptions", [], options));

    private static string Repr(object? value) => value is Device device ? device.repr() : Str(value);

    private static string Str(object? value) => value?.ToString() ?? "None";

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
