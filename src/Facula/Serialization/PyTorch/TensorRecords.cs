namespace Facula.Serialization;

/// <summary>The bytes behind one or several tensors of a checkpoint; views name the same record.</summary>
internal sealed class StorageRecord(string key, string location, long byteLength)
{
    public string Key { get; } = key;

    /// <summary>The device it was saved from, for example <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Location { get; } = location;

    public long ByteLength { get; } = byteLength;

    /// <summary>The raw little-endian data (or big-endian, see <see cref="BigEndian"/>); set once the reader knows where it stands.</summary>
    public ByteSource? Data { get; set; }

    /// <summary>The type of the first tensor over it, which says how big-endian data is turned round.</summary>
    public StoredType? Type { get; set; }

    /// <summary>The archive entry that holds the data, for its checksum.</summary>
    public ZipEntry? Entry { get; set; }

    public bool BigEndian { get; set; }
}

/// <summary>A storage seen as elements of a type; views of one storage may differ in type.</summary>
internal sealed class TypedStorage(StorageRecord storage, StoredType? type, long elements)
{
    public StorageRecord Storage { get; } = storage;

    /// <summary>Null for untyped bytes, whose tensors bring their own type.</summary>
    public StoredType? Type { get; } = type;

    public long Elements { get; } = elements;

    /// <summary>Where the view begins in the storage, in elements; legacy files have views of storages.</summary>
    public long Offset { get; init; }
}

/// <summary>A strided tensor of a checkpoint; sizes, strides and offset are in elements and checked against the storage.</summary>
internal sealed class TensorRecord
{
    public required StorageRecord Storage { get; init; }

    public required StoredType Type { get; init; }

    public required long Offset { get; init; }

    public required long[] Sizes { get; init; }

    public required long[] Strides { get; init; }

    public bool RequiresGrad { get; init; }

    public bool IsParameter { get; init; }

    /// <summary>The values are the conjugates (the negatives) of what the storage holds.</summary>
    public bool Conjugate { get; init; }

    public bool Negative { get; init; }

    /// <summary>The number of elements; the sizes have been checked not to overflow.</summary>
    public long Count => Sizes.Aggregate(1L, (count, size) => count * size);
}

/// <summary>A sparse tensor in coordinate form.</summary>
internal sealed record SparseRecord(TensorRecord Indices, TensorRecord Values, long[] Sizes, bool Coalesced);

/// <summary>A NumPy array inside a pickle, in C or Fortran order and little-endian unless told otherwise.</summary>
internal sealed class NdArrayRecord
{
    public StoredType Type { get; set; }

    public long[] Sizes { get; set; } = [];

    public bool FortranOrder { get; set; }

    public bool BigEndian { get; set; }

    public byte[] Data { get; set; } = [];
}
