using System.Numerics;

namespace Facula.Serialization;

/// <summary>Reads the form that PyTorch wrote before 1.6: five pickles in a row, then for each storage its length and bytes.</summary>
internal static class TorchLegacy
{
    private const long ProtocolVersion = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the file begins with the pickled magic number, whatever the pickle protocol.</summary>
    public static bool LooksLegacy(ByteSource source)
    {
        if (source.Length < 2)
            return false;
        var start = new byte[(int)Math.Min(source.Length, 32)];
        source.Read(0, start);
        return start[0] == (byte)PickleOpcode.Proto && start.AsSpan().IndexOf(Magic.ToByteArray()) >= 0;
    }

    public static CheckpointContent Read(ByteSource source)
    {
        var cursor = new ByteCursor(source);
        if (ReadPlain(cursor) is not BigInteger magic || magic != Magic)
            throw source.Corrupt(0, "the file does not begin with PyTorch's magic number");
        if (ReadPlain(cursor) is not ProtocolVersion)
            throw cursor.Corrupt($"the protocol version is not {ProtocolVersion}");
        if (ReadPlain(cursor) is not PyDict)
            throw cursor.Corrupt("the system information is not a dictionary");
        var storages = new StorageTable(source, legacy: true);
        object? value = new PickleReader(cursor, storages.Load).Read();
        if (ReadPlain(cursor) is not PyList keys)
            throw cursor.Corrupt("the storage keys are not a list");
        ReadStorages(cursor, storages, keys);
        return new CheckpointContent(value, [.. storages.ByKey.Values]);
    }

    private static object? ReadPlain(ByteCursor cursor) =>
        new PickleReader(cursor, _ => throw cursor.Corrupt("a persistent id stands outside the object")).Read();

    private static void ReadStorages(ByteCursor cursor, StorageTable storages, PyList keys)
    {
        foreach (object? item in keys.Items)
        {
            if (item is not string key || !storages.ByKey.TryGetValue(key, out StorageRecord? storage) || storage.Data is not null)
                throw cursor.Corrupt("the list of storages names one that the object does not use, or one twice");
            ulong elements = cursor.ReadUInt64();
            if (elements > long.MaxValue || !Fits((long)elements, storage.ByteLength))
                throw cursor.Corrupt($"storage '{key}' is declared with {storage.ByteLength} bytes, and {elements} elements are stored");
            cursor.CheckLeft((ulong)storage.ByteLength, $"storage '{key}'");
            storage.Data = cursor.Source.Slice(cursor.Position, storage.ByteLength);
            cursor.Skip(storage.ByteLength);
        }
        if (storages.ByKey.Values.FirstOrDefault(storage => storage.Data is null) is { } missing)
            throw cursor.Corrupt($"the data of storage '{missing.Key}' is missing");
        if (cursor.Left != 0)
            throw cursor.Corrupt("bytes follow the last storage");
    }

    private static bool Fits(long elements, long byteLength) =>
        elements == 0 ? byteLength == 0 : byteLength % elements == 0 && byteLength / elements is 1 or 2 or 4 or 8 or 16;
}
