namespace Facula.Serialization;

/// <summary>A checkpoint as read: the object and the storages its tensors point into, whose bytes are still in the file.</summary>
internal sealed class CheckpointContent(object? root, IReadOnlyCollection<StorageRecord> storages, ZipReader? archive = null)
{
    public object? Root { get; } = root;

    public IReadOnlyCollection<StorageRecord> Storages { get; } = storages;

    /// <summary>The archive of zip files, which knows the checksums; null for the other forms.</summary>
    public ZipReader? Archive { get; } = archive;

    /// <summary>Compares the checksum of a storage's bytes with the one in the file, where it has one.</summary>
    public void Verify(StorageRecord storage, uint crc)
    {
        if (storage.Entry is { } entry)
            Archive!.CheckCrc(entry, crc);
    }
}
