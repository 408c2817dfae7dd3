using System.Collections.Generic;

namespace Facula;

/// <summary>Python's OrderedDict: keeps the order of insertion and enumerates as (key, value).</summary>
public class OrderedDict<TKey, TValue> : OrderedDictionary<TKey, TValue>
    where TKey : notnull
{
    public OrderedDict() { }

    public OrderedDict(IEnumerable<KeyValuePair<TKey, TValue>> items) : base(items) { }

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
