namespace Facula;

/// <summary>The state of an optimizer: per parameter (the object itself) its entries by name. Asking for a parameter without state makes an empty entry.</summary>
public sealed class OptimizerState : IEnumerable<KeyValuePair<Tensor, OrderedDict<string, object?>>>
{
    private readonly List<KeyValuePair<Tensor, OrderedDict<string, object?>>> _entries = [];
    private readonly Dictionary<Tensor, OrderedDict<string, object?>> _byTensor = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many parameters have state.</summary>
    public int Count => _entries.Count;

    /// <summary>The entries of a parameter.</summary>
    public OrderedDict<string, object?> this[Tensor parameter]
    {
        get
        {
            if (!_byTensor.TryGetValue(parameter, out OrderedDict<string, object?>? entries)) this[parameter] = entries = [];
            return entries;
        }
        set
        {
            int at = _entries.FindIndex(e => ReferenceEquals(e.Key, parameter));
            var entry = KeyValuePair.Create(parameter, value);
            if (at < 0) _entries.Add(entry);
            else _entries[at] = entry;
            _byTensor[parameter] = value;
        }
    }

    /// <summary>Whether the parameter has state.</summary>
    public bool ContainsKey(Tensor parameter) => _byTensor.ContainsKey(parameter);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _byTensor.Clear();
    }

    public IEnumerator<KeyValuePair<Tensor, OrderedDict<string, object?>>> GetEnumerator() => _entries.GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
