using System.Collections;
using System.Runtime.CompilerServices;

namespace Facula.Transcripts.Tests;

/// <summary>How Python's prompt shows a value. What PyTorch returns as a tuple is an array or a tuple in C#; a <c>List</c> is a list.</summary>
internal static class Prompt
{
    public static string Show(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => $"'{text}'",
        float or double => ((Scalar)Convert.ToDouble(value)).ToString(),
        Size => value.ToString()!,
        Tensor[] tuple => Tuple(tuple),
        ITuple tuple => Tuple(Enumerable.Range(0, tuple.Length).Select(i => tuple[i])),
        OrderedDict<string, Tensor> dictionary => $"OrderedDict([{string.Join(", ", dictionary.items().Select(i => Show(i)))}])",
        IList list when value is not Array && value.GetType().Namespace!.StartsWith("System", StringComparison.Ordinal) => $"[{Joined(list.Cast<object?>())}]",
        _ => value.ToString()!,
    };

    private static string Tuple(IEnumerable<object?> items) => items.Count() == 1 ? $"({Joined(items)},)" : $"({Joined(items)})";

    private static string Joined(IEnumerable<object?> items) => string.Join(", ", items.Select(Show));

    /// <summary>The last line that Python prints of an error: its Python name and the first line of the message.</summary>
    public static string Show(Exception error, string expected)
    {
        string name = error switch
        {
            TorchException or ObjectDisposedException => "RuntimeError",
            ArgumentException => expected.StartsWith("TypeError", StringComparison.Ordinal) ? "TypeError" : "ValueError",
            IndexOutOfRangeException => "IndexError",
            NotSupportedException => "NotImplementedError",
            _ => error.GetType().Name,
        };
        return $"{name}: {error.Message.Split('\n')[0]}";
    }
}
