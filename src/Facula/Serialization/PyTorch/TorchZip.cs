using System.Text;

namespace Facula.Serialization;

/// <summary>Reads PyTorch's zip checkpoints: a pickle and one stored entry per storage.</summary>
internal static class TorchZip
{
    // torch.save never compresses; archives that somebody packed again may, within reason.
    private const long InflatedFloor = 1 << 20;
    private const int InflatedRatio = 16;

    public static CheckpointContent Read(ByteSource source)
    {
        var archive = new ZipReader(source, InflatedFloor, InflatedRatio);
        string root = FindRoot(archive);
        bool bigEndian = ReadByteOrder(archive, root);
        ZipEntry pickle = archive.Find(root + "data.pkl")!;
        if (pickle.Size > int.MaxValue)
            throw archive.Corrupt(pickle, $"the pickle has {pickle.Size} bytes");
        ByteSource bytes = new MemoryByteSource($"{source.Name} ({pickle.Name})", archive.ReadAll(pickle, int.MaxValue));
        var storages = new StorageTable(bytes, legacy: false);
        var cursor = new ByteCursor(bytes);
        object? value = new PickleReader(cursor, storages.Load).Read();
        if (cursor.Left != 0)
            throw cursor.Corrupt("bytes follow the end of the pickle");
        foreach (StorageRecord storage in storages.ByKey.Values)
            Attach(archive, root, storage, bigEndian);
        return new CheckpointContent(value, [.. storages.ByKey.Values], archive);
    }

    // All entries stand in one folder, whose name torch.save takes from the file's and nobody may rely on.
    private static string FindRoot(ZipReader archive)
    {
        List<string> roots = [];
        foreach (ZipEntry entry in archive.Entries)
        {
            if (entry.Name.EndsWith("/data.pkl", StringComparison.Ordinal) && entry.Name.IndexOf('/') == entry.Name.Length - 9)
                roots.Add(entry.Name[..^8]);
        }
        if (roots.Count != 1)
            throw archive.Corrupt(roots.Count == 0
                ? "the archive has no entry <name>/data.pkl, so it is not a PyTorch checkpoint"
                : $"the archive holds {roots.Count} checkpoints, '{roots[0]}' and '{roots[1]}'");
        if (archive.Find(roots[0] + "constants.pkl") is not null)
            throw archive.Corrupt("this is a TorchScript archive, which holds code. Save the weights in Python and load those:"
                + $"{Environment.NewLine}torch.save(torch.jit.load(\"{Path.GetFileName(archive.FileName)}\").state_dict(), \"state_dict.pt\")");
        return roots[0];
    }

    private static bool ReadByteOrder(ZipReader archive, string root)
    {
        if (archive.Find(root + "byteorder") is not { } entry)
            return false;
        string order = Encoding.Latin1.GetString(archive.ReadAll(entry, 64));
        return order switch
        {
            "little" => false,
            "big" => true,
            _ => throw archive.Corrupt(entry, "the byte order is neither 'little' nor 'big'"),
        };
    }

    // The key comes from the file: it is compared with entry names, never used as a path. A record may be longer than its elements
    // only by part of one, when the storage is seen through a larger type.
    private static void Attach(ZipReader archive, string root, StorageRecord storage, bool bigEndian)
    {
        if (archive.Find($"{root}data/{storage.Key}") is not { } entry)
            throw archive.Corrupt($"there is no entry for the storage '{(storage.Key.Length > 100 ? storage.Key[..100] : storage.Key)}'");
        if (entry.Size < storage.ByteLength || entry.Size - storage.ByteLength >= 16)
            throw archive.Corrupt(entry, $"storage '{storage.Key}' is declared with {storage.ByteLength} bytes, and its entry has {entry.Size}");
        storage.Data = archive.Open(entry);
        storage.Entry = entry;
        storage.BigEndian = bigEndian;
    }
}
