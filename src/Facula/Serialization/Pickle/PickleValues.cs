using System.Numerics;

namespace Facula.Serialization;

// The closed set of what a pickle may hold. Simple values are .NET's own: null, bool, long, BigInteger (beyond 64 bits only), double,
// Complex and string. Everything else is one of the types below; nothing else ever comes out of the reader.

internal sealed class PyList(List<object?> items)
{
    public List<object?> Items { get; } = items;
}

internal sealed class PyTuple(object?[] items)
{
    public object?[] Items { get; } = items;

    /// <summary>How many values hashing or comparing the tuple touches, sharing counted every time.</summary>
    public int Weight { get; } = Weigh(items);

    private static int Weigh(object?[] items)
    {
        long weight = 1;
        foreach (object? item in items)
            weight += item is PyTuple inner ? inner.Weight : 1;
        return (int)Math.Min(weight, int.MaxValue);
    }
}

internal enum PyDictKind
{
    Dict,
    OrderedDict,
    Counter,
    DefaultDict,
}

/// <summary>A dictionary in insertion order; <see cref="Attributes"/> holds what Python kept in the object's own <c>__dict__</c>.</summary>
internal sealed class PyDict(PyDictKind kind)
{
    public PyDictKind Kind { get; } = kind;

    public OrderedDictionary<PyKey, object?> Items { get; } = [];

    public PyDict? Attributes { get; set; }
}

internal sealed class PySet(bool frozen)
{
    public bool Frozen { get; } = frozen;

    public OrderedDictionary<PyKey, object?> Items { get; } = [];
}

internal sealed class PyBytes(byte[] data, bool mutable = false)
{
    public byte[] Data { get; } = data;

    /// <summary>A <c>bytearray</c> rather than <c>bytes</c>.</summary>
    public bool Mutable { get; } = mutable;
}

internal sealed class PySize(long[] sizes)
{
    public long[] Sizes { get; } = sizes;
}

internal sealed record PyDevice(string Type, int? Index)
{
    public override string ToString() => Index is { } index ? $"{Type}:{index}" : Type;
}

internal sealed record PyDType(StoredType Type);

/// <summary>A memory layout by PyTorch's name, for example <c>torch.strided</c>.</summary>
internal sealed record PyLayout(string Name);

/// <summary>A named thing that a pickle may call or hand to a call, and that is no value itself.</summary>
internal sealed class PyGlobal(PyGlobalKind kind, string name, StoredType? storage = null)
{
    public PyGlobalKind Kind { get; } = kind;

    public string Name { get; } = name;

    /// <summary>The element type of a storage class; null for the untyped one.</summary>
    public StoredType? Storage { get; } = storage;
}

/// <summary>A value as dictionary key, compared as Python compares: 1, 1.0 and True are one key.</summary>
internal readonly struct PyKey : IEquatable<PyKey>
{
    private const int HeaviestKey = 1000;

    private readonly object? _normal;

    private PyKey(object? value)
    {
        Value = value;
        _normal = Normalize(value);
    }

    /// <summary>The key as it was written.</summary>
    public object? Value { get; }

    /// <summary>False for what Python cannot hash, and for tuples whose comparison would be endless work.</summary>
    public static bool TryCreate(object? value, out PyKey key)
    {
        bool hashable = value switch
        {
            PyList or PyDict or PySet or PyGlobal => false,
            PyBytes bytes => !bytes.Mutable,
            PyTuple tuple => tuple.Weight <= HeaviestKey && Array.TrueForAll(tuple.Items, item => TryCreate(item, out _)),
            _ => true,
        };
        key = hashable ? new PyKey(value) : default;
        return hashable;
    }

    public bool Equals(PyKey other) => Equal(_normal, other._normal);

    public override bool Equals(object? obj) => obj is PyKey other && Equals(other);

    // HashCode is seeded per process, so a file cannot choose keys that collide.
    public override int GetHashCode() => Hash(_normal);

    private static bool Equal(object? left, object? right) => (left, right) switch
    {
        (PyTuple a, PyTuple b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(pair => Equal(Normalize(pair.First), Normalize(pair.Second))),
        (PyBytes a, PyBytes b) => a.Data.AsSpan().SequenceEqual(b.Data),
        (PySize a, PySize b) => a.Sizes.AsSpan().SequenceEqual(b.Sizes),
        _ => Equals(left, right),
    };

    private static int Hash(object? value)
    {
        var hash = new HashCode();
        switch (value)
        {
            case PyTuple tuple:
                foreach (object? item in tuple.Items)
                    hash.Add(Hash(Normalize(item)));
                break;
            case PyBytes bytes:
                hash.AddBytes(bytes.Data);
                break;
            case PySize size:
                foreach (long length in size.Sizes)
                    hash.Add(length);
                break;
            default:
                hash.Add(value);
                break;
        }
        return hash.ToHashCode();
    }

    private static object? Normalize(object? value) => value switch
    {
        bool flag => flag ? 1L : 0L,
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e300 => PyInteger(new BigInteger(number)),
        Complex { Imaginary: 0 } complex => Normalize(complex.Real),
        _ => value,
    };

    /// <summary>An integer in the form that the model uses for its size.</summary>
    public static object PyInteger(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
}
