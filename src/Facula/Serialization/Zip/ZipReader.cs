using System.IO.Compression;

namespace Facula.Serialization;

/// <summary>A zip archive whose stored entries are read in place; nothing is ever extracted to a path named by an entry.</summary>
internal sealed class ZipReader
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, ZipEntry> _byName;
    private readonly long _inflatedLimit;
    private long _inflated;

    /// <param name="source">The archive.</param>
    /// <param name="inflatedFloor">How many inflated bytes are fine whatever the size of the file.</param>
    /// <param name="inflatedRatio">How many times its own size the file may inflate to beyond that.</param>
    public ZipReader(ByteSource source, long inflatedFloor, int inflatedRatio)
    {
        _source = source;
        Entries = ZipDirectory.Read(source);
        _byName = Entries.ToDictionary(entry => entry.Name);
        _inflatedLimit = Math.Max(inflatedFloor, source.Length > long.MaxValue / inflatedRatio ? long.MaxValue : source.Length * inflatedRatio);
    }

    public IReadOnlyList<ZipEntry> Entries { get; }

    public string FileName => _source.Name;

    public static bool LooksLikeZip(ByteSource source)
    {
        if (source.Length < 4)
            return false;
        Span<byte> start = stackalloc byte[4];
        source.Read(0, start);
        return start.SequenceEqual("PK\x03\x04"u8) || start.SequenceEqual("PK\x05\x06"u8);
    }

    public ZipEntry? Find(string name) => _byName.GetValueOrDefault(name);

    public InvalidDataException Corrupt(ZipEntry entry, string reason) => _source.Corrupt(entry.HeaderOffset, reason);

    public InvalidDataException Corrupt(string reason) => _source.Corrupt(0, reason);

    /// <summary>The content of an entry: a window on the file when it is stored, inflated memory otherwise.</summary>
    public ByteSource Open(ZipEntry entry) => entry.Deflated
        ? new MemoryByteSource($"{_source.Name} ({entry.Name}, inflated)", Inflate(entry))
        : _source.Slice(entry.DataOffset, entry.Size);

    /// <summary>A small entry as bytes with its checksum verified.</summary>
    public byte[] ReadAll(ZipEntry entry, int longest)
    {
        if (entry.Size > longest)
            throw Corrupt(entry, $"entry '{entry.Name}' has {entry.Size} bytes; at most {longest} are expected");
        byte[] bytes = entry.Deflated ? Inflate(entry) : Open(entry).ToArray();
        CheckCrc(entry, Crc32.Compute(bytes));
        return bytes;
    }

    /// <summary>Compares a checksum with the recorded one; 0 is what PyTorch writes when told not to compute it.</summary>
    public void CheckCrc(ZipEntry entry, uint crc)
    {
        if (entry.Crc != 0 && crc != entry.Crc)
            throw Corrupt(entry, $"the checksum of entry '{entry.Name}' is {crc:x8}, and {entry.Crc:x8} is recorded: the data is damaged");
    }

    private byte[] Inflate(ZipEntry entry)
    {
        // Deflate cannot shrink data more than 1032 times: what claims more lies, and is not given the memory.
        _inflated += entry.Size;
        if (_inflated > _inflatedLimit || entry.Size > Array.MaxLength || entry.Size / 1040 > entry.CompressedSize)
            throw Corrupt(entry, $"entry '{entry.Name}' inflates from {entry.CompressedSize} to {entry.Size} bytes, and the limit for this file is {_inflatedLimit}");
        using var compressed = new ByteSourceStream(_source.Slice(entry.DataOffset, entry.CompressedSize));
        using var inflater = new DeflateStream(compressed, CompressionMode.Decompress);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)entry.Size);
        int read;
        bool more;
        try
        {
            read = inflater.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            more = inflater.ReadByte() >= 0;
        }
        catch (InvalidDataException exception)
        {
            throw Corrupt(entry, $"entry '{entry.Name}' cannot be inflated: {exception.Message}");
        }
        if (read != bytes.Length || more)
            throw Corrupt(entry, $"entry '{entry.Name}' inflates to {(more ? "more than " : "")}{read} bytes, and {entry.Size} are declared");
        return bytes;
    }
}
