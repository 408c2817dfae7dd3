using System.Collections.Generic;

namespace Facula;

/// <summary>Python's OrderedDict: keeps the order of insertion and enumerates as (key, value).</summary>
public class OrderedDict<TKey, TValue> : OrderedDictionary<TKey, TValue>, IStateDict
    where TKey : notnull
{
    // Keys of any type compare as in Python, where 1, 1L and 1.0 are one key.
    private static readonly IEqualityComparer<TKey>? s_comparer = typeof(TKey) == typeof(object) ? (IEqualityComparer<TKey>)(object)PythonKeys.Instance : null;

    public OrderedDict() : base(s_comparer) { }

    public OrderedDict(IEnumerable<KeyValuePair<TKey, TValue>> items) : base(items, s_comparer) { }

    /// <summary>The keys in order.</summary>
    public IEnumerable<TKey> keys() => Keys;

    /// <summary>The values in order.</summary>
    public IEnumerable<TValue> values() => Values;

    /// <summary>The pairs in order.</summary>
    public IEnumerable<(TKey key, TValue value)> items()
    {
        foreach ((TKey key, TValue value) in this) yield return (key, value);
    }

    /// <summary>What PyTorch keeps beside a state dict: per module path its attributes, of which <c>version</c> is the one in use.</summary>
    public OrderedDict<string, OrderedDict<string, object>>? _metadata { get; set; }
}

/// <summary>A dictionary that may carry a state dict's <c>_metadata</c>, whatever its types.</summary>
internal interface IStateDict
{
    OrderedDict<string, OrderedDict<string, object>>? _metadata { get; }
}
