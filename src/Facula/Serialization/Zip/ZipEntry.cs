namespace Facula.Serialization;

/// <summary>One member of a zip archive, its place checked against the file.</summary>
internal sealed class ZipEntry
{
    public required string Name { get; init; }

    public required bool Deflated { get; init; }

    public required uint Crc { get; init; }

    public required long CompressedSize { get; init; }

    public required long Size { get; init; }

    public required long HeaderOffset { get; init; }

    /// <summary>Where the stored bytes begin, behind the local header.</summary>
    public long DataOffset { get; set; }
}
