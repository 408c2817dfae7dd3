namespace Facula.Testing.Binding;

/// <summary>A parameter of a public method; a span parameter has the type of the array that fills it.</summary>
public sealed record BoundParameter(string Name, Type Type, bool AcceptsNull, bool IsParams, bool HasDefault, object? Default);

/// <summary>One public method, property or constructor, callable with boxed arguments (the receiver first); <see cref="Fields"/> names the items of a tuple result.</summary>
public sealed record Overload(bool IsInstance, bool IsProperty, BoundParameter[] Parameters, Func<object?[], object?> Call, string[]? Fields = null)
{
    /// <summary>The parameters' names, as in a signature.</summary>
    public override string ToString() => "(" + string.Join(", ", Parameters.Select(p => p.HasDefault ? p.Name + "=" : p.Name)) + ")";
}

/// <summary>The public surface by PyTorch's names; the entries are generated.</summary>
public static partial class BindingTable
{
    private static readonly Dictionary<string, Func<Overload[]>> s_makers = Make();
    private static readonly Dictionary<string, Overload[]> s_made = [];

    private static Dictionary<string, Func<Overload[]>> Make()
    {
        var table = new Dictionary<string, Func<Overload[]>>();
        Fill(table);
        return table;
    }

    static partial void Fill(Dictionary<string, Func<Overload[]>> table);

    /// <summary>Every name in the table.</summary>
    public static IEnumerable<string> Names => s_makers.Keys;

    /// <summary>The overloads of a name such as <c>torch.linalg.svd</c> or <c>torch.Tensor.view</c>; null when there is none.</summary>
    public static Overload[]? Find(string name)
    {
        lock (s_made)
        {
            if (s_made.TryGetValue(name, out Overload[]? made)) return made;
            if (!s_makers.TryGetValue(name, out Func<Overload[]>? maker)) return null;
            return s_made[name] = maker();
        }
    }
}
