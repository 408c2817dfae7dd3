using System.Globalization;

namespace Facula.Serialization;

/// <summary>Gives what a file held the type that the caller asked for.</summary>
internal static class LoadedAs
{
    public static T Convert<T>(object? value)
    {
        if (value is T right)
            return right;
        Type wanted = typeof(T);
        object? converted = null;
        if (value is IEnumerable<KeyValuePair<object, object?>> entries)
            converted = FromEntries(wanted, entries);
        else if (value is IEnumerable<KeyValuePair<string, Tensor>> tensors)
            converted = FromEntries(wanted, tensors.Select(entry => KeyValuePair.Create((object)entry.Key, (object?)entry.Value)));
        else if (value is IReadOnlyList<object?> items)
            converted = FromItems(wanted, items);
        else if (value is IConvertible number && value is not string && wanted.IsPrimitive)
            converted = System.Convert.ChangeType(number, wanted, CultureInfo.InvariantCulture);
        return converted is T made ? made : throw new InvalidCastException(
            $"torch.load: the file holds {Describe(value)}, which is not {Name(wanted)}; torch.load(path) gives it as it is");
    }

    /// <summary>A state dict from anything that <c>torch.load</c> may have given.</summary>
    public static OrderedDict<string, Tensor> StateDict(object? value)
    {
        OrderedDict<string, Tensor> state = value as OrderedDict<string, Tensor> ?? Convert<OrderedDict<string, Tensor>>(value);
        if (value is IStateDict { _metadata: { } metadata })
            state._metadata = metadata;
        return state;
    }

    private static object? FromEntries(Type wanted, IEnumerable<KeyValuePair<object, object?>> entries)
    {
        if (wanted.IsAssignableFrom(typeof(OrderedDict<string, Tensor>)) && TryTyped<Tensor>(entries) is { } tensors)
        {
            if (entries is IStateDict { _metadata: { } metadata })
                tensors._metadata = metadata;
            return tensors;
        }
        if (wanted.IsAssignableFrom(typeof(Dictionary<string, Tensor>)))
            return TryTyped<Tensor>(entries) is { } plain ? new Dictionary<string, Tensor>(plain) : null;
        if (wanted.IsAssignableFrom(typeof(OrderedDict<string, object>)))
            return TryTyped<object>(entries);
        if (wanted.IsAssignableFrom(typeof(Dictionary<string, object>)))
            return TryTyped<object>(entries) is { } plain ? new Dictionary<string, object>(plain) : null;
        return null;
    }

    private static OrderedDict<string, TValue>? TryTyped<TValue>(IEnumerable<KeyValuePair<object, object?>> entries)
    {
        var typed = new OrderedDict<string, TValue>();
        foreach (var (key, value) in entries)
        {
            if (key is not string name || value is not (TValue or null))
                return null;
            typed[name] = (TValue)value!;
        }
        return typed;
    }

    private static object? FromItems(Type wanted, IReadOnlyList<object?> items)
    {
        if (items.All(item => item is Tensor))
        {
            Tensor[] tensors = [.. items.Cast<Tensor>()];
            if (wanted.IsAssignableFrom(typeof(Tensor[])))
                return tensors;
            if (wanted == typeof(List<Tensor>))
                return tensors.ToList();
        }
        if (items.All(item => item is long) && (wanted == typeof(long[]) || wanted == typeof(List<long>)))
            return wanted == typeof(long[]) ? items.Cast<long>().ToArray() : items.Cast<long>().ToList();
        if (items.All(item => item is long or double) && (wanted == typeof(double[]) || wanted == typeof(List<double>)))
        {
            double[] numbers = [.. items.Select(item => System.Convert.ToDouble(item, CultureInfo.InvariantCulture))];
            return wanted == typeof(double[]) ? numbers : numbers.ToList();
        }
        if (items.All(item => item is string) && (wanted == typeof(string[]) || wanted == typeof(List<string>)))
            return wanted == typeof(string[]) ? items.Cast<string>().ToArray() : items.Cast<string>().ToList();
        if (wanted == typeof(object[]))
            return items.ToArray();
        return wanted == typeof(List<object>) ? items.ToList() : null;
    }

    private static string Describe(object? value) => value switch
    {
        null => "None",
        Tensor => "a tensor",
        string => "a string",
        IStateDict => "a dictionary whose keys or values are of other types",
        object?[] => "a tuple",
        List<object?> => "a list",
        _ => $"a value of type {Name(value.GetType())}",
    };

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
