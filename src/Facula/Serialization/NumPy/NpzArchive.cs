using System.IO.Compression;

namespace Facula.Serialization;

/// <summary>A .npz file: a zip archive of .npy files.</summary>
internal sealed class NpzArchive
{
    // savez_compressed is common, and arrays of zeros shrink a thousandfold; beyond this size the ratio must be reasonable.
    private const long InflatedFloor = 64L << 20;
    private const int InflatedRatio = 64;

    private readonly ZipReader _archive;

    public NpzArchive(ByteSource source)
    {
        _archive = new ZipReader(source, InflatedFloor, InflatedRatio);
        foreach (ZipEntry entry in _archive.Entries)
        {
            if (!entry.Name.EndsWith(".npy", StringComparison.Ordinal))
                throw _archive.Corrupt(entry, $"entry '{entry.Name}' is not a .npy array");
        }
    }

    /// <summary>Whether an archive holds NumPy arrays only.</summary>
    public static bool LooksLike(ZipReader archive) =>
        archive.Entries.Count > 0 && archive.Entries.All(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal));

    public IEnumerable<string> Names => _archive.Entries.Select(entry => entry.Name[..^4]);

    /// <summary>One array: its header and its bytes, whose checksum has been compared.</summary>
    public (NpyHeader Header, ByteSource Data) Open(string name)
    {
        ZipEntry entry = _archive.Find(name + ".npy") ?? throw new KeyNotFoundException($"{_archive.FileName}: there is no array '{name}'");
        ByteSource content = _archive.Open(entry);
        uint crc = 0;
        content.Walk(chunk => crc = Crc32.Append(crc, chunk));
        _archive.CheckCrc(entry, crc);
        NpyHeader header = NpyHeader.Read(content);
        return (header, content.Slice(header.DataOffset, header.ByteCount));
    }

    public static void Write(ByteSink sink, IEnumerable<StoredArray> arrays, bool compressed)
    {
        var archive = new ZipWriter(sink);
        foreach (StoredArray array in arrays)
        {
            byte[] header = NpyHeader.Write(array.Type, array.Sizes, fortranOrder: false);
            uint crc = Crc32.Compute(header);
            array.Data.Walk(chunk => crc = Crc32.Append(crc, chunk));
            long size = header.Length + array.Data.Length;
            if (compressed)
            {
                using var deflated = new MemoryStream();
                using (var deflater = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
                {
                    deflater.Write(header);
                    array.Data.Walk(deflater.Write);
                }
                archive.AddDeflated(array.Name + ".npy", deflated.GetBuffer().AsSpan(0, (int)deflated.Length), size, crc);
                continue;
            }
            archive.BeginStored(array.Name + ".npy", size, crc);
            sink.Write(header);
            sink.Write(array.Data);
        }
        archive.Finish();
    }
}
