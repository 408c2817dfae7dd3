namespace Facula.Serialization;

/// <summary>Makes the storages that persistent ids name; one key is one storage, however many views name it.</summary>
internal sealed class StorageTable(ByteSource source, bool legacy)
{
    private readonly Dictionary<string, StorageRecord> _byKey = [];

    public IReadOnlyDictionary<string, StorageRecord> ByKey => _byKey;

    /// <summary>('storage', class, key, location, elements), in legacy files followed by None or (view key, offset, elements).</summary>
    public object Load(PyTuple id)
    {
        object?[] parts = id.Items;
        if (parts is ["module", ..])
            throw source.Corrupt(0, "the file holds a pickled module; save its state_dict() in Python and load that");
        if (parts.Length != (legacy ? 6 : 5)
            || parts is not ["storage", PyGlobal { Kind: PyGlobalKind.StorageClass } type, string key, string location, long elements, ..])
            throw source.Corrupt(0, "a persistent id is not ('storage', storage class, key, location, number of elements)");
        int elementSize = type.Storage?.Size() ?? 1;
        if (elements < 0 || elements > long.MaxValue / elementSize)
            throw source.Corrupt(0, $"storage '{Shown(key)}' declares {elements} elements");
        StorageRecord storage = Find(key, location, elements * elementSize, elementSize);
        if (!legacy || parts[5] is null)
            return new TypedStorage(storage, type.Storage, elements);
        if (parts[5] is not PyTuple { Items: [string, long offset, long viewElements] }
            || offset < 0 || viewElements < 0 || offset > elements || viewElements > elements - offset)
            throw source.Corrupt(0, $"a view of storage '{Shown(key)}' leaves it");
        return new TypedStorage(storage, type.Storage, viewElements) { Offset = offset };
    }

    // A view of another type may count in larger elements, so the length may fall short by less than one of them.
    private StorageRecord Find(string key, string location, long length, int elementSize)
    {
        if (_byKey.TryGetValue(key, out StorageRecord? known))
        {
            if (Math.Abs(known.ByteLength - length) >= Math.Max(elementSize, 1) && known.ByteLength != length)
                throw source.Corrupt(0, $"storage '{Shown(key)}' is declared with {known.ByteLength} and with {length} bytes");
            return known;
        }
        return _byKey[key] = new StorageRecord(key, location, length);
    }

    private static string Shown(string key) => key.Length > 100 ? key[..100] : key;
}
