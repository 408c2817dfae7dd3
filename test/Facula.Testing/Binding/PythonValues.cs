using System.Runtime.CompilerServices;

namespace Facula.Testing.Binding;

/// <summary>The API that a case names does not exist (yet).</summary>
public sealed class UnsupportedException(string message) : Exception(message);

/// <summary>The API exists, but takes no such arguments.</summary>
public sealed class BindingException(string message) : Exception(message);

/// <summary>A Python list or tuple.</summary>
public sealed class PyList(IEnumerable<object?> items, bool isTuple) : List<object?>(items)
{
    /// <summary>Whether it is a tuple.</summary>
    public bool IsTuple => isTuple;

    /// <summary>Names of the items of a named tuple.</summary>
    public string[]? Fields { get; init; }
}

/// <summary>A Python dictionary, in order.</summary>
public sealed class PyDict(IEnumerable<(object? Key, object? Value)> items) : List<(object? Key, object? Value)>(items);

/// <summary>Python's <c>slice(start, stop, step)</c>.</summary>
public sealed record PySlice(object? Start, object? Stop, object? Step);

/// <summary>Python's <c>...</c>.</summary>
public sealed class PyEllipsis
{
    /// <summary>The only one.</summary>
    public static readonly PyEllipsis Instance = new();
}

/// <summary>A function that takes and gives Python values.</summary>
public sealed class PyFunction(string name, Func<object?[], object?> call, int arity = -1, bool manyResults = false)
{
    /// <summary>Its name in the cases.</summary>
    public string Name => name;

    /// <summary>How many arguments it takes; -1 when that is not known.</summary>
    public int Arity => arity;

    /// <summary>Whether it gives a tuple.</summary>
    public bool ManyResults => manyResults;

    /// <summary>Calls it.</summary>
    public object? Call(params object?[] arguments) => call(arguments);
}

/// <summary>Views of .NET results as Python values.</summary>
public static class Python
{
    /// <summary>The items of anything that Python would call a sequence; null for other values.</summary>
    public static IReadOnlyList<object?>? Items(object? value)
    {
        switch (value)
        {
            case null or string or Tensor or PyDict: return null;
            case PyList list: return list;
            case ITuple tuple: return [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])];
            case Array { Rank: > 1 }: return null;
            case System.Collections.IDictionary: return null;
            case System.Collections.IEnumerable sequence when !IsMapping(sequence): return [.. sequence.Cast<object?>()];
            default: return null;
        }
    }

    /// <summary>The entries of a dictionary of any kind; null for other values.</summary>
    public static IReadOnlyList<(object? Key, object? Value)>? Entries(object? value)
    {
        if (value is PyDict dictionary) return dictionary;
        if (value is not System.Collections.IEnumerable sequence || !IsMapping(sequence)) return null;
        var entries = new List<(object?, object?)>();
        foreach (object? item in sequence)
        {
            if (item is ITuple { Length: 2 } pair) entries.Add((pair[0], pair[1]));
            else if (item is System.Collections.DictionaryEntry entry) entries.Add((entry.Key, entry.Value));
            else entries.Add((item!.GetType().GetProperty("Key")!.GetValue(item), item.GetType().GetProperty("Value")!.GetValue(item)));
        }
        return entries;
    }

    internal static bool IsSequenceType(Type type) => type == typeof(TensorList) || type.IsArray
        || (type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type));

    private static bool IsMapping(object value) => value is System.Collections.IDictionary || value.GetType().GetInterfaces().Any(i =>
        i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    /// <summary>All tensors of a nested value, depth first, with their paths.</summary>
    public static IEnumerable<(string Path, Tensor Tensor)> Tensors(object? value, string path)
    {
        if (value is Tensor tensor) return [(path, tensor)];
        if (Entries(value) is { } entries) return entries.SelectMany(e => Tensors(e.Value, $"{path}.{e.Key}"));
        if (Items(value) is { } items) return items.SelectMany((x, i) => Tensors(x, $"{path}.{i}"));
        return [];
    }
}
