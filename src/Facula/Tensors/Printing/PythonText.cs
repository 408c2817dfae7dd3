using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Facula;

internal static partial class PythonText
{
    /// <summary>What Python's <c>str</c> gives for the value.</summary>
    internal static string Str(object? value) => value is string text ? text : Repr(value);

    /// <summary>What Python's <c>repr</c> gives for the value; sequences of any kind print as lists.</summary>
    internal static string Repr(object? value)
    {
        switch (value)
        {
            case null: return "None";
            case string text: return Quoted(text);
            case bool b: return b ? "True" : "False";
            case double d: return Float(d);
            case float f: return Float(double.Parse(f.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            case Half h: return Float((double)h);
            case System.Numerics.Complex c: return Complex(c.Real, c.Imaginary);
            case Tensor or Size or Scalar: return value.ToString()!;
            case ITuple tuple:
                string items = string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Repr(tuple[i])));
                return tuple.Length == 1 ? $"({items},)" : $"({items})";
            case IDictionary dictionary:
                return "{" + string.Join(", ", dictionary.Keys.Cast<object?>().Select(k => $"{Repr(k)}: {Repr(dictionary[k!])}")) + "}";
            // Collections of ours have a printed form of their own; .NET's give only their type's name.
            case IEnumerable sequence when value is Array || value.GetType().Namespace?.StartsWith("System", StringComparison.Ordinal) == true:
                return "[" + string.Join(", ", sequence.Cast<object?>().Select(Repr)) + "]";
            case IFormattable number: return number.ToString(null, CultureInfo.InvariantCulture);
            default: return value.ToString() ?? "";
        }
    }

    private static string Quoted(string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (char c in text)
        {
            if (c == quote || c == '\\') result.Append('\\').Append(c);
            else if (c == '\n') result.Append("\\n");
            else if (c == '\t') result.Append("\\t");
            else if (c == '\r') result.Append("\\r");
            else if (c < ' ' || c == 127) result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else result.Append(c);
        }
        return result.Append(quote).ToString();
    }
}
